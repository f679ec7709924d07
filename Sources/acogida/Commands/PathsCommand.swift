import ArgumentParser
import Foundation

/// `acogida paths`: where everything is.
struct PathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths", abstract: Help.text("help.paths"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.json")) var json = false

  func run() throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let rows = [
      ("config", Configuration.configurationFile(common, locations).path),
      ("data", locations.data.appendingPathComponent(configuration.stage).path),
      ("state", locations.state.path),
      ("cache", locations.cache.path),
      ("assets", locations.assets.path),
      ("model", locations.bundledModel.path),
      ("models", locations.models.path),
    ]
    if json {
      try Output.json(Dictionary(uniqueKeysWithValues: rows))
    } else {
      for (name, path) in rows {
        try Output.line(name.padding(toLength: 8, withPad: " ", startingAt: 0) + path)
      }
    }
  }
}
