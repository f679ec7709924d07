import Foundation
import Store
import TestSupport
import Testing

/// `acogida export` as a person runs it.
@Suite struct ExportTests {
  private struct Validation: Decodable {
    let valid: Bool
    let errors: [String]
    let rows: [String: Int]
  }

  @Test(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"))
  func theDictionaryIsValidByTheStandardsOwnTool() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(40)
      let out = folder + "/out"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
      for (name, options) in [
        ("people.csv", []), ("states.csv", ["--states", "--bom"]), ("shared.csv", ["--hxl"]),
        ("redacted.csv", ["--redact"]), ("all.jsonl", ["--format", "jsonl"]),
      ] as [(String, [String])] {
        let result = try program.run(["export", "--out", out + "/" + name] + options)
        #expect(result.code == 0, "\(result.errors)")
      }
      let validation = try HelperProcess.ask(
        "package.py", [out + "/datapackage.json"], Validation.self)
      #expect(validation.valid, "\(validation.errors)")
      #expect(
        validation.rows == [
          "people.csv": 40, "states.csv": 40, "shared.csv": 40, "redacted.csv": 40,
        ])
      let text = String(decoding: try bytes(out + "/datapackage.json"), as: UTF8.self)
      #expect(text.contains("\"stage\" : \"test\"") && !text.contains("Sentinela"))
      #expect(try mode(out + "/datapackage.json") == 0o600)
    }
  }

  @Test func anotherProgramsDictionaryIsLeftAlone() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(1)
      try "{}".write(toFile: folder + "/datapackage.json", atomically: true, encoding: .utf8)
      #expect(try program.run(["export", "--out", folder + "/x.csv"]).code == 0)
      #expect(try bytes(folder + "/datapackage.json") == Array("{}".utf8))
      #expect(FileManager.default.fileExists(atPath: folder + "/x.csv.datapackage.json"))
    }
  }

  @Test func filtersChoose() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      let data = try program.fill(10, offices: ["es-md-01", "es-bcn-02"])
      try FileManager.default.createDirectory(
        atPath: folder + "/config/acogida", withIntermediateDirectories: true)
      let target = """
        [[sync.target]]
        name = "hq"
        stage = "test"
        kind = "s3"
        bucket = "b"
        endpoint = "https://s3.example.org"
        formats = ["jsonl"]
        datasets = ["submissions"]
        """
      try target.write(
        toFile: folder + "/config/acogida/config.toml", atomically: true, encoding: .utf8)
      for (number, isSent) in [(1, true), (2, true), (3, false)] {
        let draft = ParcelDraft(
          name: "\(number)", payload: [1], submissions: [identifier(number)])
        let parcel = try #require(try data.outbox.freeze(draft, channel: "hq/jsonl", at: 0))
        if isSent {
          try data.outbox.noteSent(parcel, place: "x", status: 200, at: 0)
        } else {
          try data.outbox.noteRefused(parcel, place: "x", status: 409, reason: "differs", at: 0)
        }
      }
      let rows = { (options: [String]) in
        let result = try program.run(["export", "--format", "jsonl"] + options)
        return result.code == 0 ? result.output.split(separator: "\n").count : -1
      }
      #expect(try rows([]) == 10)
      #expect(try rows(["--office", "es-bcn-02"]) == 5)
      #expect(try rows(["--state", "sent"]) == 2)
      #expect(try rows(["--state", "refused"]) == 1)
      #expect(try rows(["--state", "unsent"]) == 7)
      #expect(try rows(["--state", "unsent", "--office", "es-md-01"]) == 4)
      #expect(try rows(["--since", "2023-11-14", "--before", "2023-11-15"]) == 10)
      #expect(try rows(["--before", "2023-11-14"]) == 0)
      #expect(
        try program.run(["list", "--state", "sent"]).output.split(separator: "\n").count == 2)
      #expect(try program.run(["export", "--state", "lost"]).code == 64)
    }
  }

  @Test func aKilledExportLeavesNothing() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3_000)
      let out = folder + "/out"
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
      for _ in 0..<8 {
        let run = try program.start(["export", "--out", out + "/x.csv"]).process
        kill(run.processIdentifier, SIGKILL)
        run.waitUntilExit()
        let names = try FileManager.default.contentsOfDirectory(atPath: out)
        #expect(names.isEmpty || names.contains("x.csv"), "\(names)")
      }
    }
  }
}
