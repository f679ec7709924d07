import Foundation

/// Where everything is, by the XDG base directory rules and where the program itself is.
struct Locations: Sendable {
  /// Environment variables.
  let environment: [String: String]
  /// The folder of the running binary.
  let binaryFolder: URL

  init(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    binary: URL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  ) {
    self.environment = environment
    binaryFolder = binary.deletingLastPathComponent()
  }

  /// `config.toml` and own forms.
  var configuration: URL { base("XDG_CONFIG_HOME", ".config") }
  /// Databases, keys, journals, sound: one folder a stage.
  var data: URL { base("XDG_DATA_HOME", ".local/share") }
  /// Logs and crash reports, without personal data.
  var state: URL { base("XDG_STATE_HOME", ".local/state") }
  /// What can be made again.
  var cache: URL { base("XDG_CACHE_HOME", ".cache") }

  /// Forms, gazetteers and the demo: `ACOGIDA_ASSETS`, an installation's share folder, or the checkout.
  var assets: URL {
    if let folder = environment["ACOGIDA_ASSETS"], !folder.isEmpty {
      return URL(fileURLWithPath: folder)
    }
    return first(["../share/acogida", "../../../assets"], holding: "forms")
  }

  /// The model that comes with the program: an installation's, or the checkout's.
  var bundledModel: URL {
    first(["../share/acogida/model", "../../../.deps/model"], holding: "base-tokens.txt")
  }

  /// Models installed by the user.
  var models: URL { data.appendingPathComponent("models") }

  /// The form of that name (`acogida`), or the file itself when a path is given.
  func form(_ nameOrPath: String) -> URL {
    if nameOrPath.contains("/") || nameOrPath.hasSuffix(".toml") {
      return URL(fileURLWithPath: nameOrPath)
    }
    let own = configuration.appendingPathComponent("forms/\(nameOrPath).toml")
    if FileManager.default.fileExists(atPath: own.path) { return own }
    return assets.appendingPathComponent("forms/\(nameOrPath).toml")
  }

  private func base(_ variable: String, _ fallback: String) -> URL {
    // The XDG rules say that a relative path in the variable is to be ignored.
    if let folder = environment[variable], folder.hasPrefix("/") {
      return URL(fileURLWithPath: folder).appendingPathComponent("acogida")
    }
    let home = environment["HOME"].map { URL(fileURLWithPath: $0) } ?? URL(fileURLWithPath: "/")
    return home.appendingPathComponent(fallback).appendingPathComponent("acogida")
  }

  private func first(_ candidates: [String], holding name: String) -> URL {
    let folders = candidates.map { binaryFolder.appendingPathComponent($0).standardizedFileURL }
    let found = folders.first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent(name).path)
    }
    return found ?? folders[0]
  }
}
