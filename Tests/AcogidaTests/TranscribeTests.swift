import Foundation
import TestSupport
import Testing

/// Recordings with little, nothing or half of what they should hold.
@Suite(.serialized) struct TranscribeTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  /// What stands in a folder besides the ledger.
  private func transcripts(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0 != ".acogida.jsonl" }
  }

  private func truncatedDemo(_ program: Program) throws -> String {
    let path = program.folder + "/trunc.flac"
    try replace(path, with: try bytes(Program.demo).prefix(150_000))
    return path
  }

  @Test func aTruncatedRecordingIsNamedAndItsTextKept() throws {
    try inFolder { program in
      let path = try truncatedDemo(program)
      let result = try program.run(["transcribe", path])
      #expect(result.code == 1)
      #expect(!result.output.isEmpty)
      #expect(result.errors.contains("«\(path)» está incompleta"))
    }
  }

  @Test func aTruncatedRecordingDoesNotCountAsDone() throws {
    try inFolder { program in
      let path = try truncatedDemo(program)
      let out = program.folder + "/out"
      for _ in 0..<2 {
        let result = try program.run(["transcribe", path, "--out", out])
        #expect(result.code == 1)
        #expect(result.errors.contains("«\(path)» está incompleta"))
        #expect(try bytes(out + "/trunc.flac.incomplete.txt").count > 10)
        #expect(!FileManager.default.fileExists(atPath: out + "/trunc.flac.txt"))
      }
      // The whole recording arrives: what was heard of its beginning is replaced.
      try replace(path, with: try bytes(try program.makeSilence("whole.wav")))
      #expect(try program.run(["transcribe", path, "--out", out]).code == 0)
      #expect(try transcripts(out) == ["trunc.flac.txt"])
    }
  }

  @Test func listeningToATruncatedRecordingSaysSo() throws {
    try inFolder { program in
      let path = try truncatedDemo(program)
      let result = try program.run(["listen", "--from", path, "--pace", "fast"])
      #expect(result.code == 1)
      #expect(!result.output.isEmpty)
      #expect(result.errors.contains("«\(path)» está incompleta"))
    }
  }

  @Test func silenceIsSaidAndNoFailure() throws {
    try inFolder { program in
      let path = try program.makeSilence("silence.wav")
      let result = try program.run(["transcribe", path])
      #expect(result.code == 0)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("\(path): no se ha oído ninguna palabra"))
    }
  }

  @Test func aFolderWithSilenceIsDoneAndTheSummaryNamesIt() throws {
    try inFolder { program in
      let silent = try program.makeSilence("in/silence.wav")
      let other = try program.makeSilence("in/sub/other.wav")
      try replace(program.folder + "/in/junk.wav", with: "junk".utf8)
      let out = program.folder + "/out"
      let result = try program.run(["transcribe", program.folder + "/in", "--out", out])
      #expect(result.code == 1)
      #expect(try bytes(out + "/silence.wav.txt").isEmpty)
      #expect(result.errors.contains("0 con texto, 2 sin palabras, 0 ya hechas, 1 sin hacer"))
      #expect(result.errors.contains("sin palabras: \(silent), \(other)"))
      try FileManager.default.removeItem(atPath: program.folder + "/in/junk.wav")
      let again = try program.run(["transcribe", program.folder + "/in", "--out", out])
      #expect(again.code == 0)
      #expect(again.errors.contains("0 con texto, 0 sin palabras, 2 ya hechas, 0 sin hacer"))
    }
  }

  @Test func hiddenFilesAreLeftAlone() throws {
    try inFolder { program in
      for name in ["in/.hidden.wav", "in/.trash/deep/a.wav", "in/seen.wav"] {
        _ = try program.makeSilence(name)
      }
      let out = program.folder + "/out"
      #expect(try program.run(["transcribe", program.folder + "/in", "--out", out]).code == 0)
      #expect(try transcripts(out) == ["seen.wav.txt"])
      // Named outright it is meant.
      #expect(try program.run(["transcribe", program.folder + "/in/.hidden.wav"]).code == 0)
    }
  }

  @Test func whatIsNoRecordingIsExplained() throws {
    try inFolder { program in
      let path = program.folder + "/junk.wav"
      try replace(path, with: (0..<4_000).map { UInt8($0 * 7 % 251) })
      let result = try program.run(["transcribe", path])
      #expect(result.code == 1)
      #expect(result.errors.contains("su formato no se reconoce"))
      #expect(!result.errors.contains("ffmpeg: 1"))
    }
  }
}
