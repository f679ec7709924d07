import Foundation
import Speakers
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// Recordings in bulk: a folder that is watched, the technician's voice, who speaks how much.
@Suite(.serialized) struct BulkTests {
  @Test func newRecordingsAreTakenAsTheyArrive() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let inbox = folder + "/inbox"
      _ = try program.makeSilence("inbox/first.wav")
      let command = ["transcribe", inbox, "--out", folder + "/out", "--watch", "--language", "es"]
      let run = try PseudoTerminal(
        [Program.path] + command, size: Size(rows: 30, columns: 150),
        environment: program.environment)
      try run.wait(for: "first.wav: no se ha oído")
      try run.wait(for: "esperando grabaciones nuevas")
      // One that is put there whole, in a folder of its own; one that is still empty waits.
      try replace(inbox + "/later.wav", with: [])
      let silence = try program.makeSilence("week2/second.wav")
      try FileManager.default.createDirectory(
        atPath: inbox + "/week2", withIntermediateDirectories: true)
      try FileManager.default.moveItem(atPath: silence, toPath: inbox + "/week2/second.wav")
      try run.wait(for: "second.wav: no se ha oído")
      #expect(FileManager.default.fileExists(atPath: folder + "/out/week2/second.wav.txt"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out/later.wav.txt"))
      try replace(inbox + "/later.wav", with: bytes(inbox + "/first.wav"))
      try run.wait(for: "later.wav: no se ha oído")
      run.signal(SIGTERM)
      #expect(run.waitForEnd() != nil)
      // What was taken is not taken again.
      let again = try program.run(
        ["transcribe", inbox, "--out", folder + "/out", "--language", "es"])
      #expect(again.errors.contains("3 "))
      #expect(again.code == 0)
    }
  }

  @Test func theTechniciansVoiceOutlivesANewKeyAndIsRemoved() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      try program.makeStage()
      #expect(try program.run(["voice", "status"]).output.contains("no hay ninguna voz"))
      let enrolled = try program.run(["voice", "enrol", Program.demo])
      try #require(enrolled.code == 0, "\(enrolled.errors)")
      let sealed = try bytes(program.data + "/voice")
      #expect(try program.run(["key", "rotate"]).code == 0)
      #expect(try bytes(program.data + "/voice") != sealed)
      #expect(try program.run(["voice", "status"]).output.contains("hay una voz registrada"))
      #expect(try program.run(["voice", "remove"]).code == 0)
      #expect(try program.run(["voice", "status"]).output.contains("no hay ninguna voz"))
      #expect(!FileManager.default.fileExists(atPath: program.data + "/voice"))
      let short = try program.makeSilence("short.wav")
      #expect(try program.run(["voice", "enrol", short]).code != 0)
    }
  }

  /// A folder of meetings as `transcribe --speakers` leaves it, with the pitch of voices noted.
  private func meetings(_ count: Int, in folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var ledger = ""
    for index in 0..<count {
      let name = "week/meeting\(index).wav"
      ledger +=
        #"{"recording":"\#(name)","sha256":"0","settings":"x","seconds":60,"segments":2,"#
        + #""recorded":"2026-01-02T10:00:00Z","analysed":"2026-01-02T10:00:00Z","#
        + #""pitch":{"S1":"higher"}}"# + "\n"
      let spans = [
        SpeakerSpan(start: 0, end: 30, speaker: "S1"),
        SpeakerSpan(start: 30, end: 40, speaker: "S2"),
      ]
      try FileManager.default.createDirectory(
        atPath: folder + "/week", withIntermediateDirectories: true)
      try RTTM.text(spans, name: name).write(
        toFile: folder + "/\(name).rttm", atomically: true, encoding: .utf8)
    }
    try ledger.write(toFile: folder + "/.acogida.jsonl", atomically: true, encoding: .utf8)
  }

  @Test func pitchIsToldOfManyAloneWithItsError() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let few = folder + "/few"
      let many = folder + "/many"
      try meetings(9, in: few)
      try meetings(12, in: many)
      let suppressed = try program.run(["report", "talk", few, "--by", "pitch", "--least", "1"])
      #expect(suppressed.output.contains("<10") && !suppressed.output.contains("75"))
      let shown = try program.run(["report", "talk", many, "--by", "pitch"]).output
      #expect(shown.contains("voz más aguda") && shown.contains("75"))
      #expect(shown.contains("12 de 24") && shown.contains("28 %"))
      #expect(!shown.contains("S1"))
      let one = try program.run(["report", "talk", many, "--list"]).output
      #expect(!one.contains("aguda"))
    }
  }
}
