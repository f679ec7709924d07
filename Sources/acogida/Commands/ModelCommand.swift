import ArgumentParser
import Foundation
import Messages
import Recognizer
import Transcription

/// `acogida model`: recognition models on this machine.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: Help.text("help.model"),
    subcommands: [List.self, Install.self, Use.self])

  /// `acogida model list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.model.list"))

    @OptionGroup var common: CommonOptions
    @Flag(help: Help.of("help.jsonLines")) var json = false

    private struct Row: Encodable {
      enum State: String, Encodable { case installed, available, damaged }

      let name: String
      let family: String?
      let state: State
      let inUse: Bool
      var folder: String?
      var url: String?
      var bytes: Int64?
      var sha256: String?
    }

    func run() throws {
      let locations = Locations()
      let configuration = try Configuration.load(common, locations)
      let catalogue = Catalogue.current(locations)
      for row in rows(locations, used: configuration.model) {
        if json {
          try Output.json(row)
          continue
        }
        var state = catalogue.text("model.state.\(row.state.rawValue)")
        if let bytes = row.bytes { state += ", \((bytes + 500_000) / 1_000_000) MB" }
        let place = row.folder ?? row.url ?? ""
        try Output.line(
          "\(row.inUse ? "*" : " ") \(row.name)\t\(row.family ?? "—")\t\(state)\t\(place)")
      }
      if !json { StandardError.write(catalogue.text("model.more") + "\n") }
    }

    /// What is on this machine, then what can be had.
    private func rows(_ locations: Locations, used: String) -> [Row] {
      let used = used.isEmpty ? "whisper-base" : used
      let own = (try? FileManager.default.contentsOfDirectory(atPath: locations.models.path)) ?? []
      let installed = ["whisper-base"] + own.filter { !$0.hasPrefix(".") }.sorted()
      let here = installed.map { name in
        let folder = locations.model(name).path
        let family = (try? ModelFiles(folder: folder))?.family.rawValue
        return Row(
          name: name, family: family, state: family == nil ? .damaged : .installed,
          inUse: name == used, folder: folder)
      }
      let there = KnownModel.all.filter { !installed.contains($0.name) }.map { model in
        Row(
          name: model.name, family: model.family.rawValue, state: .available, inUse: false,
          url: model.url(), bytes: model.bytes, sha256: model.sha256)
      }
      return here + there
    }
  }

  /// `acogida model install FOLDER`.
  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.model.install"),
      discussion: Help.text("help.model.install.about"))

    @Argument(help: Help.of("help.model.install.path"))
    var path: String
    @Flag(help: Help.of("help.model.install.download")) var download = false
    @Option(help: Help.of("help.model.install.mirror", "url"))
    var mirror = KnownModel.release
    @Option(help: Help.of("help.model.install.sha256", "hex"))
    var sha256: String?
    @Option(help: Help.of("help.model.install.name", "name")) var name: String?

    func validate() throws {
      if let sha256, sha256.count != 64 || !sha256.allSatisfy(\.isHexDigit) {
        throw ValidationError(Help.text("help.model.install.noChecksum"))
      }
    }

    func run() throws {
      let locations = Locations()
      let installer = ModelInstaller(models: locations.models)
      let installed =
        download
        ? try fetch(installer) : try installer.install(path, name: name, sha256: sha256)
      let catalogue = Catalogue.current(locations)
      try Output.line(catalogue.text("model.installed", ["name": installed]))
    }

    private func fetch(_ installer: ModelInstaller) throws -> String {
      guard let model = KnownModel.named(path) else {
        throw Failure(key: "error.modelUnknown", ["name": path], exitCode: 64)
      }
      guard let sum = sha256?.lowercased() ?? model.sha256 else {
        throw Failure(key: "error.modelChecksum", ["name": path], exitCode: 64)
      }
      _ = try installer.target(name ?? model.name)
      let download = ModelDownload(models: installer.models, base: mirror)
      return try download.fetch(model, sha256: sum) { archive in
        try installer.install(archive, name: name, sha256: nil)
      }
    }
  }

  /// `acogida model use NAME`.
  struct Use: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.model.use"))

    @OptionGroup var common: CommonOptions
    @Argument(help: Help.of("help.model.use.name")) var name: String

    func run() throws {
      let locations = Locations()
      _ = try Configuration.load(common, locations)
      _ = try ModelFiles(folder: locations.model(name).path)
      let file = Configuration.configurationFile(common, locations)
      try ConfigurationFile.set("model", to: name, section: "recognition", in: file)
      let catalogue = Catalogue.current(locations)
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
      if KnownModel.named(path) != nil {
        throw Failure(key: "error.modelNotHere", ["name": path], exitCode: 2)
      }
      throw Failure(key: "error.file", ["path": path, "reason": "ENOENT"])
    }
    if let sha256, !isFolder.boolValue, ModelIntegrity.digest(path) != sha256.lowercased() {
      throw Failure(key: "error.checksum", ["path": path])
    }
    let stem = (path as NSString).lastPathComponent.replacingOccurrences(of: ".tar.bz2", with: "")
    let name = name ?? stem
    let target = try target(name)
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
    do throws(EngineFailure) {
      try ModelIntegrity.check(try ModelFiles(folder: work.path), cacheFolder: nil)
    } catch {
      // Its place among the models is no concern of whoever brought it.
      guard case .modelMissing(let file) = error else {
        throw EngineFailure.modelCorrupt(path: path)
      }
      let missing = (file as NSString).lastPathComponent
      throw Failure(key: "error.noModel", ["path": path, "file": missing])
    }
    try FileManager.default.moveItem(at: work, to: target)
    return name
  }

  /// Where a model of that name goes; the name must be one, and free.
  func target(_ name: String) throws -> URL {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), name != "whisper-base" else {
      throw Failure(key: "error.modelName", ["name": name], exitCode: 64)
    }
    let target = models.appendingPathComponent(name)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw Failure(key: "error.modelExists", ["name": name])
    }
    return target
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
