import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// The main job on real speech, through the program as a user runs it.
@Suite(.serialized) struct MainJobTests {
  private let expected = ["Carmen López García", "12345678Z", "Zaragoza", "+34612345678"]

  @Test func aRecordingFillsTheFormAndComesOutAsCSV() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let desk = try program.desk(["--from", Program.demo, "--pace", "fast"])
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      for text in expected { try desk.wait(for: text, seconds: 120) }
      try desk.wait(for: "Muchas gracias", seconds: 120)
      desk.send("\r")
      try desk.save()
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      // Enter accepted the name; what nobody looked at is no fact.
      let facts = try program.run(["export"])
      #expect(facts.code == 0)
      #expect(facts.output.contains(expected[0]) && !facts.output.contains(expected[1]))
      #expect(facts.errors.contains("valores sin confirmar"))
      let csv = try program.run(["export", "--unconfirmed"])
      #expect(csv.code == 0)
      for text in expected { #expect(csv.output.contains(text)) }
      let id = try program.run(["list"]).output.prefix(8)
      let show = try program.run(["show", String(id), "--json"])
      #expect(show.output.contains("\"status\":\"confirmed\""))
      #expect(show.output.contains(#""tones":["#))
      try expectNothingReadable(in: folder)
    }
  }

  /// No file of the data folder holds a value in clear.
  private func expectNothingReadable(in folder: String) throws {
    let data = folder + "/data"
    for name in try FileManager.default.subpathsOfDirectory(atPath: data) {
      guard let content = FileManager.default.contents(atPath: data + "/" + name) else { continue }
      for word in ["12345678Z", "Carmen", "Zaragoza", "612345678"] {
        #expect(content.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
      #expect(try mode(data + "/" + name).map { $0 & 0o077 } == 0, "\(name)")
    }
  }

  @Test func transcribeAndExtractAgreeWithTheDesk() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let transcript = try program.run(["transcribe", Program.demo, "--format", "json"])
      #expect(transcript.code == 0)
      let fields = try program.run(["extract", "-", "--json"], input: transcript.output)
      for text in expected { #expect(fields.output.contains(text)) }
      #expect(fields.output.hasPrefix(#"{"fields":{"#))
      #expect(fields.output.contains(#""schema":"acogida.extraction/1""#))
    }
  }

  @Test func aKilledRecogniserLosesNothing() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let (process, output, errors) = try program.start([
        "listen", "--from", Program.demo, "--pace", "fast", "--json",
      ])
      var text = ""
      var killed = 0
      while true {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { break }
        text += String(decoding: data, as: UTF8.self)
        // Twice, in the middle of what it is doing.
        let settled = text.components(separatedBy: #""type":"settled""#).count - 1
        if settled >= 3 * (killed + 1), killed < 2, let child = child(of: process.processIdentifier)
        {
          kill(child, SIGKILL)
          killed += 1
        }
      }
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(killed == 2)
      _ = errors.fileHandleForReading.availableData
      let settled = text.split(separator: "\n").filter { $0.contains(#""type":"settled""#) }
      for words in [
        "López García", "letra Z", "Zaragoza", "612, 34, 56, 78", "comida y ropa",
      ] {
        #expect(settled.filter { $0.contains(words) }.count == 1, "\(words)")
      }
    }
  }

  private func child(of parent: Int32) -> Int32? {
    let list = try? String(
      contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(parent)/task")) ?? []
    let texts =
      [list]
      + all.map {
        try? String(contentsOfFile: "/proc/\(parent)/task/\($0)/children", encoding: .utf8)
      }
    return texts.compactMap { $0 }.flatMap { $0.split(separator: " ") }.compactMap { Int32($0) }
      .first
  }
}
