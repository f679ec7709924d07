import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// Interviews that were interrupted: found, gone on with, erased.
@Suite struct DraftTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  /// Types a name and a document, then the program is killed.
  private func leaveDraft(_ program: Program) throws -> String {
    let desk = try program.typedInterview()
    desk.send("eAna\r")
    try desk.wait(for: "✎ a Nombre")
    desk.send("enie\r")
    try desk.wait(for: "✎ b")
    desk.signal(SIGKILL)
    _ = desk.waitForEnd()
    let list = try program.run(["recover"])
    #expect(list.code == 0)
    return String(list.output.prefix(36))
  }

  @Test func anInterruptedInterviewCanBeErased() throws {
    try inFolder { program in
      let id = try leaveDraft(program)
      let erased = try program.run(["erase", String(id.prefix(8)), "--yes"])
      #expect(erased.code == 0)
      #expect(erased.errors.contains("borrador \(id) borrado"))
      #expect(try program.run(["recover"]).output.isEmpty)
      let journals = try FileManager.default.contentsOfDirectory(atPath: program.data + "/journal")
      #expect(journals.isEmpty)
      #expect(try program.run(["erase", id, "--yes"]).code == 1)
    }
  }

  @Test func aDamagedJournalIsSaidByRecoverAndByTheDesk() throws {
    try inFolder { program in
      let id = try leaveDraft(program)
      let path = program.data + "/journal/\(id).journal"
      var journal = try bytes(path)
      journal.removeLast(5)
      try replace(path, with: journal)
      let cut = try program.run(["recover"]).output
      #expect(cut.contains("el diario está dañado al final"))
      for index in 700..<704 { journal[index] ^= 0xFF }
      try replace(path, with: journal)
      let list = try program.run(["recover"]).output
      #expect(list != cut && list.contains("el diario está dañado"), "\(list)")
      let desk = try program.desk(["--typing", "--resume", id])
      try desk.wait(for: "el diario está dañado")
    }
  }

  /// Even without its first record an interview goes on.
  @Test func aDraftWithoutItsBeginningGoesOn() throws {
    try inFolder { program in
      let id = try leaveDraft(program)
      let path = program.data + "/journal/\(id).journal"
      var journal = try bytes(path)
      journal[60] ^= 1
      try replace(path, with: journal)
      let desk = try program.desk(["--typing", "--resume", id])
      try desk.wait(for: "falta al menos 1 cambio")
      try desk.wait(for: "✎ a Nombre")
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada")
      #expect(try program.run(["list"]).output.hasPrefix(id))
    }
  }

  @Test func aResumedInterviewSaysThatItDoesNotRecordAndRecordsWhenAsked() throws {
    try inFolder { program in
      let desk = try program.desk(["--from", Program.demo])
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.waitForRecording(seconds: 3)
      desk.signal(SIGKILL)
      _ = desk.waitForEnd()
      let id = String(try program.run(["recover"]).output.prefix(36))
      let first = try audio(program)
      #expect(first.count == 1)

      let again = try program.desk(["--from", Program.demo, "--resume", id])
      try again.wait(for: "F5 graba")
      try again.wait(for: "GRABACIÓN TERMINADA 00:0")
      again.send("\u{1B}[15~")
      try again.waitForRecording(seconds: 6)
      // What was kept stays, and what is new is behind it in a file of its own.
      let second = try audio(program)
      #expect(second.count == 2)
      #expect(second.filter { first[$0.key] == $0.value }.count == 1)
      #expect(second.values.allSatisfy { $0 > 16_000 })
      again.signal(SIGTERM)
      #expect(again.waitForEnd() == 128 + SIGTERM)
    }
  }

  /// Files of sound and their sizes.
  private func audio(_ program: Program) throws -> [String: Int] {
    let folder = program.data + "/audio"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try bytes(folder + "/" + $0).count) })
  }

  /// ALSA's `null` gives sound as fast as it is taken.
  @Test(arguments: [SIGHUP, SIGTERM])
  func aSignalEndsARecordingFromAnEndlessDevice(number: Int32) throws {
    try inFolder { program in
      try replace(program.folder + "/.asoundrc", with: Array("pcm.void { type null }\n".utf8))
      let desk = try program.desk(["--device", "void"])
      try desk.wait(for: "n empieza una")
      desk.send("n")
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.waitForRecording(seconds: 3)
      desk.signal(number)
      #expect(desk.waitForEnd() == 128 + number)
      #expect(desk.isCooked)
    }
  }
}
