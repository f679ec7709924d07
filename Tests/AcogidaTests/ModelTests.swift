import Foundation
import Recognizer
import TestSupport
import Testing

/// Models that can be had, and how they get here.
@Suite struct ModelTests {
  private static let name = "sherpa-onnx-nemo-fast-conformer-ctc-be-de-en-es-fr-hr-it-pl-ru-uk-20k"
  private static let whisper = "sherpa-onnx-whisper-tiny"

  /// A folder that stands for the release page, with an archive that looks like a model.
  private func withMirror(
    _ archive: String = name, _ body: (Program, [String], String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let model = folder + "/\(archive)"
      try FileManager.default.createDirectory(
        atPath: folder + "/mirror", withIntermediateDirectories: true)
      try FileManager.default.createDirectory(atPath: model, withIntermediateDirectories: true)
      for file in ["model.onnx", "tiny-encoder.onnx", "tiny-decoder.onnx", "tokens.txt"] {
        try replace(model + "/" + file, with: "x".utf8)
      }
      let file = folder + "/mirror/\(archive).tar.bz2"
      let tar = Process()
      tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      tar.arguments = ["tar", "-cjf", file, "-C", folder, archive]
      try tar.run()
      tar.waitUntilExit()
      let sum = try #require(ModelIntegrity.digest(file))
      try body(
        Program(folder: folder), ["--download", "--mirror", "file://\(folder)/mirror"], sum)
    }
  }

  @Test func theListNamesWhatCanBeHad() throws {
    try withMirror { program, mirror, sum in
      let list = try program.run(["model", "list"]).output
      #expect(list.contains("\(Self.name)\tnemo_ctc\tdisponible"))
      #expect(list.contains("sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8\ttransducer\tdisponible"))
      #expect(list.contains("whisper-base\twhisper\tinstalado"))
      let install = ["model", "install", Self.name, "--sha256", sum]
      #expect(try program.run(install + mirror).code == 0)
      let lines = try program.run(["model", "list", "--json"]).output.split(separator: "\n")
      let own = lines.filter { $0.contains("\"name\":\"\(Self.name)\"") }
      #expect(own.count == 1)
      #expect(own.first?.contains("\"state\":\"installed\"") == true)
      let other = try #require(lines.first { $0.contains("\"name\":\"\(Self.whisper)\"") })
      #expect(other.contains("\"state\":\"available\""))
      #expect(
        other.contains(
          "\"url\":\"https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models/\(Self.whisper).tar.bz2\""
        ))
    }
  }

  @Test func nothingIsFetchedUnlessAsked() throws {
    try withMirror { program, _, _ in
      let result = try program.run(["model", "install", Self.name])
      #expect(result.code == 2)
      #expect(result.errors.contains("--download"))
    }
  }

  @Test func withoutAChecksumNothingIsFetched() throws {
    try withMirror { program, mirror, _ in
      let result = try program.run(["model", "install", Self.name] + mirror)
      #expect(result.code == 64)
      #expect(result.errors.contains("--sha256"))
      let short = try program.run(["model", "install", Self.name, "--sha256", "abc"] + mirror)
      #expect(short.code == 64)
      #expect(!FileManager.default.fileExists(atPath: program.folder + "/data/acogida/models"))
    }
  }

  @Test func aDownloadWithAnotherChecksumIsNotInstalled() throws {
    for archive in [Self.name, Self.whisper] {
      try withMirror(archive) { program, mirror, _ in
        // The table has the checksum of the real archive of one of them.
        let sum =
          archive == Self.name ? ["--sha256", String(repeating: "a", count: 64)] : []
        let result = try program.run(["model", "install", archive] + sum + mirror)
        #expect(result.code == 1)
        #expect(result.errors.contains("no coincide"))
        #expect(
          try FileManager.default.subpathsOfDirectory(
            atPath: program.folder + "/data/acogida/models"
          ).isEmpty)
      }
    }
  }

  @Test func whatWasFetchedBeforeAnInterruptionIsNotFetchedAgain() throws {
    try withMirror { program, mirror, sum in
      let models = program.folder + "/data/acogida/models"
      let archive = try bytes(program.folder + "/mirror/\(Self.name).tar.bz2")
      try FileManager.default.createDirectory(
        atPath: models + "/.download", withIntermediateDirectories: true)
      try replace(
        models + "/.download/\(Self.name).tar.bz2", with: archive.prefix(archive.count / 2))
      let install = ["model", "install", Self.name, "--sha256", sum.uppercased()]
      #expect(try program.run(install + mirror).code == 0)
      #expect(!FileManager.default.fileExists(atPath: models + "/.download"))
      let again = try program.run(install + mirror)
      #expect(again.code == 1)
      #expect(again.errors.contains("ya hay un modelo"))
    }
  }

  @Test func anUnknownNameAndAMirrorWithoutTheArchive() throws {
    try withMirror { program, mirror, sum in
      let unknown = try program.run(["model", "install", "nosuch"] + mirror)
      #expect(unknown.code == 64)
      #expect(unknown.errors.contains("acogida model list"))
      let gone = try program.run(["model", "install", Self.whisper, "--sha256", sum] + mirror)
      #expect(gone.code == 1)
      #expect(gone.errors.contains("no se puede descargar"))
    }
  }
}
