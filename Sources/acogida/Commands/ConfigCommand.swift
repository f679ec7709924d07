import ArgumentParser
import Forms
import Foundation
import Messages

/// `acogida config`: check or show the configuration.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check or show the configuration.",
    subcommands: [Check.self, Show.self])

  /// `acogida config check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the configuration file and name the line of the first mistake.")

    @OptionGroup var common: CommonOptions

    func run() throws {
      let locations = Locations()
      let configuration = try Configuration.load(common, locations)
      let file = Configuration.configurationFile(common, locations)
      let exists = FileManager.default.fileExists(atPath: file.path)
      if exists {
        try Configuration.reading(file) { text throws(DefinitionError) in
          try Configuration.checkNames(toml: text, locations)
        }
        _ = try FormFile.load(locations.form(configuration.form))
      }
      let catalogue = Catalogue(environment: locations.environment)
      try Output.line(catalogue.text(exists ? "config.valid" : "config.none", ["path": file.path]))
    }
  }

  /// `acogida config show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the configuration that the program runs with.")

    @OptionGroup var common: CommonOptions

    func run() throws {
      try Output.write(try Configuration.load(common, Locations()).toml)
    }
  }
}

extension Configuration {
  /// The configuration as a file.
  var toml: String {
    func quote(_ text: String) -> String {
      "\""
        + text.replacingOccurrences(of: "\\", with: "\\\\")
        .replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }
    return """
      stage = \(quote(stage))
      technician = \(quote(technician))
      form = \(quote(form))

      [audio]
      device = \(quote(device))
      playback_device = \(quote(playbackDevice))

      [recognition]
      model = \(quote(model))
      languages = [\(languages.map(quote).joined(separator: ", "))]
      threads = \(threads)

      [retention]
      keep_audio = \(keepAudio)

      """
  }
}
