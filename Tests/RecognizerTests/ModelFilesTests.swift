import Foundation
import TestSupport
import Testing
import Transcription

@testable import Recognizer

@Suite struct ModelFilesTests {
  private func folder(_ name: String, _ files: [String], in root: String) throws -> String {
    let folder = "\(root)/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in files { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)")) }
    return folder
  }

  @Test(arguments: [
    ("m", ["base-encoder.onnx", "base-decoder.onnx", "base-tokens.txt"], ModelFamily.whisper),
    (
      "sherpa-onnx-streaming-zipformer-es",
      ["encoder.int8.onnx", "decoder.onnx", "joiner.int8.onnx", "tokens.txt"], .streamingTransducer
    ),
    (
      "zip-es",
      ["encoder-epoch-9.onnx", "decoder-epoch-9.onnx", "joiner-epoch-9.onnx", "tokens.txt"],
      .transducer
    ),
    ("sherpa-onnx-nemo-ctc-es", ["model.int8.onnx", "tokens.txt"], .nemoCTC),
    ("sherpa-onnx-sense-voice", ["model.onnx", "tokens.txt"], .senseVoice),
    ("canary-es", ["encoder.onnx", "decoder.onnx", "tokens.txt"], .canary),
  ])
  func familyFollowsFromTheNames(name: String, files: [String], family: ModelFamily) throws {
    try withTemporaryFolder { root in
      let path = try folder(name, files, in: root)
      let found = try ModelFiles(folder: path)
      #expect(found.family == family)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    try withTemporaryFolder { root in
      let path = try folder("m", ["base-encoder.onnx", "base-tokens.txt"], in: root)
      #expect(throws: EngineFailure.modelMissing(path: "\(path)/decoder.onnx")) {
        try ModelFiles(folder: path)
      }
      #expect(throws: EngineFailure.modelMissing(path: "\(root)/none")) {
        try ModelFiles(folder: "\(root)/none")
      }
    }
  }

  @Test func aChangedByteIsFound() throws {
    try withTemporaryFolder { root in
      let names = ["base-encoder.onnx", "base-decoder.onnx", "base-tokens.txt"]
      let path = try folder("m", names, in: root)
      // SHA-256 of "x".
      let sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
      try Data(names.map { "\(sum)  \($0)\n" }.joined().utf8)
        .write(to: URL(fileURLWithPath: "\(path)/SHA256SUMS"))
      let files = try ModelFiles(folder: path)
      try ModelIntegrity.check(files, cacheFolder: "\(root)/cache")
      try ModelIntegrity.check(files, cacheFolder: "\(root)/cache")
      try Data("yy".utf8).write(to: URL(fileURLWithPath: "\(path)/base-decoder.onnx"))
      #expect(throws: EngineFailure.modelCorrupt(path: "\(path)/base-decoder.onnx")) {
        try ModelIntegrity.check(files, cacheFolder: "\(root)/cache")
      }
      try Data().write(to: URL(fileURLWithPath: "\(path)/base-decoder.onnx"))
      #expect(throws: EngineFailure.modelCorrupt(path: "\(path)/base-decoder.onnx")) {
        try ModelIntegrity.check(files, cacheFolder: nil)
      }
    }
  }
}
