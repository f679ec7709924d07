import ArgumentParser
import Desk
import Forms
import Foundation
import Messages
import Terminal

/// `acogida config`: check or show the configuration.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: Help.text("help.config"),
    subcommands: [Check.self, Show.self, Keys.self])

  /// `acogida config check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.config.check"))

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
      let catalogue = Catalogue.current(locations)
      try Output.line(catalogue.text(exists ? "config.valid" : "config.none", ["path": file.path]))
    }
  }

  /// `acogida config show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.config.show"))

    @OptionGroup var common: CommonOptions

    func run() throws {
      let locations = Locations()
      let configuration = try Configuration.load(common, locations)
      try Output.write(configuration.toml(configuration.catalogue(locations)))
    }
  }
}

extension ConfigCommand {
  /// `acogida config keys`.
  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: Help.text("help.config.keys"))

    @Flag(help: Help.of("help.jsonLines")) var json = false

    private struct Row: Encodable {
      let section: String
      let name: String
      let kind: ConfigurationKey.Kind
      let choices: [String]
      let value: String
      let text: String
    }

    func run() throws {
      let catalogue = Catalogue.current()
      let rows = ConfigurationKey.table.map { key in
        Row(
          section: key.section, name: key.name, kind: key.kind, choices: key.choices,
          value: key.show(Configuration()), text: catalogue.text(key.meaning))
      }
      let targets = TargetKey.table.map { key in
        Row(
          section: "[sync.target]", name: key.name, kind: key.kind, choices: key.choices,
          value: "", text: catalogue.text(key.meaning))
      }
      let staff = ForecastConfiguration.staffKeys.map { key in
        Row(
          section: "[forecast.staff]", name: key.name, kind: key.kind, choices: [], value: "",
          text: catalogue.text("configuration.forecast.staff.\(key.name)"))
      }
      for row in rows + targets + staff {
        guard !json else {
          try Output.json(row)
          continue
        }
        let name = row.section.isEmpty ? row.name : row.section + "." + row.name
        try Output.line("\(name) = \(row.value)\n    \(row.text)")
      }
    }
  }
}

extension Configuration {
  /// The configuration as a file that explains itself; what a comment says is in the catalogue's language.
  func toml(_ catalogue: Catalogue) -> String {
    var lines: [String] = []
    for section in ConfigurationKey.sections {
      if !section.isEmpty { lines += ["", "[\(section)]"] }
      for key in ConfigurationKey.table where key.section == section {
        lines += ["# " + catalogue.text(key.meaning), "\(key.name) = \(key.show(self))"]
      }
    }
    for target in sync.targets { lines += ["", target.toml] }
    lines += forecast.staffTOML.flatMap { ["", $0] }
    lines += ["", "# " + catalogue.text("configuration.keys"), "[keys]"]
    for command in Command.table {
      lines.append("# " + catalogue.text("command.\(command.id.rawValue)"))
      let names = keys.keys(command.id).map(\.configurationName)
      lines.append("\(command.id.rawValue) = \(TOMLText.list(names))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
