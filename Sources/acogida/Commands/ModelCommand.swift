import ArgumentParser
import Foundation
import Messages
import Recognizer
import Transcription

/// `acogida model`: recognition models on this machine.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "List, install or choose recognition models.",
    subcommands: [List.self, Install.self, Use.self])

  /// `acogida model list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the models that are installed and where more are found.")

    @OptionGroup var common: CommonOptions
    @Flag(help: "Print JSON Lines.") var json = false

    private struct Row: Encodable {
      let name: String
      let family: String?
      let folder: String
      let inUse: Bool
    }

    func run() throws {
      let locations = Locations()
      let configuration = try Configuration.load(common, locations)
      let catalogue = Catalogue(environment: locations.environment)
      let used = configuration.model.isEmpty ? "whisper-base" : configuration.model
      let own = (try? FileManager.default.contentsOfDirectory(atPath: locations.models.path)) ?? []
      for name in ["whisper-base"] + own.sorted() where !name.hasPrefix(".") {
        let folder = locations.model(name).path
        let family = (try? ModelFiles(folder: folder))?.family.rawValue
        let row = Row(name: name, family: family, folder: folder, inUse: name == used)
        if json {
          try Output.json(row)
        } else {
          try Output.line("\(row.inUse ? "*" : " ") \(name)\t\(family ?? "—")\t\(folder)")
        }
      }
      if !json { StandardError.write(catalogue.text("model.more") + "\n") }
    }
  }

  /// `acogida model install FOLDER`.
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Install a model from a folder or a .tar.bz2 archive of sherpa-onnx.",
      discussion: """
        Archives are found on sherpa-onnx's release page; download one where there is a network and
        bring it here. With --sha256 the archive is compared with its published checksum first.
        """)

    @Argument(help: "A folder with the model's files, or an archive.") var path: String
    @Option(help: ArgumentHelp("The archive's published checksum.", valueName: "hex"))
    var sha256: String?
    @Option(help: ArgumentHelp("Another name for the model.", valueName: "name")) var name: String?

    func run() throws {
      let locations = Locations()
      let installed = try ModelInstaller(models: locations.models).install(
        path, name: name, sha256: sha256)
      let catalogue = Catalogue(environment: locations.environment)
      try Output.line(catalogue.text("model.installed", ["name": installed]))
    }
  }

  /// `acogida model use NAME`.
  struct Use: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Use a model from now on (written to the configuration).")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The model's name.") var name: String

    func run() throws {
      let locations = Locations()
      _ = try Configuration.load(common, locations)
      _ = try ModelFiles(folder: locations.model(name).path)
      let file = Configuration.configurationFile(common, locations)
      try ConfigurationFile.set("model", to: name, section: "recognition", in: file)
      let catalogue = Catalogue(environment: locations.environment)
      try Output.line(catalogue.text("model.used", ["name": name]))
    }
  }
}

/// Puts a model in place, whole or not at all.
struct ModelInstaller {
  let models: URL

  /// Installs from a folder or an archive; returns the model's name.
  func install(_ path: String, name: String?, sha256: String?) throws -> String {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(key: "error.file", ["path": path, "reason": "ENOENT"])
    }
    if let sha256, !isFolder.boolValue, ModelIntegrity.digest(path) != sha256.lowercased() {
      throw Failure(key: "error.checksum", ["path": path])
    }
    let stem = (path as NSString).lastPathComponent.replacingOccurrences(of: ".tar.bz2", with: "")
    let name = name ?? stem
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), name != "whisper-base" else {
      throw Failure(key: "error.modelName", ["name": name], exitCode: 64)
    }
    let target = models.appendingPathComponent(name)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw Failure(key: "error.modelExists", ["name": name])
    }
    let work = models.appendingPathComponent(".\(name).\(getpid())")
    defer { try? FileManager.default.removeItem(at: work) }
    do {
      try FileManager.default.createDirectory(
        at: models, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      if isFolder.boolValue {
        try FileManager.default.copyItem(at: URL(fileURLWithPath: path), to: work)
      } else {
        try unpack(path, to: work)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(key: "error.output", ["path": work.path, "reason": Failure.reason(error)])
    }
    let files = try ModelFiles(folder: work.path)
    try ModelIntegrity.check(files, cacheFolder: nil)
    try FileManager.default.moveItem(at: work, to: target)
    return name
  }

  private func unpack(_ archive: String, to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = [
      "tar", "--extract", "--file", archive, "--directory", folder.path, "--strip-components=1",
      "--no-same-owner",
    ]
    tar.standardError = FileHandle.nullDevice
    try tar.run()
    tar.waitUntilExit()
    guard tar.terminationStatus == 0 else {
      throw Failure(key: "error.archive", ["path": archive])
    }
  }
}
