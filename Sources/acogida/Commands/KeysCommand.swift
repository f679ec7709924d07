import ArgumentParser
import Desk
import Foundation
import Messages
import Terminal

/// `acogida keys`: the desk's keys, from the table that the desk itself uses.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: Help.text("help.keys"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.jsonLines")) var json = false
  @Argument(
    help: Help.of("help.keys.commands"), completion: .list(Command.ID.allCases.map(\.rawValue)))
  var commands: [String] = []

  private struct Row: Encodable {
    let command: String
    let context: String
    let keys: [String]
    let names: [String]
    let word: String
    let text: String
  }

  func validate() throws {
    if let stranger = commands.first(where: { Command.ID(rawValue: $0) == nil }) {
      throw ValidationError(Help.text("help.keys.unknown", ["name": stranger]))
    }
  }

  func run() throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let catalogue = configuration.catalogue(locations)
    let wanted = Command.table.filter { commands.isEmpty || commands.contains($0.id.rawValue) }
    for command in wanted {
      let keys = configuration.keys.keys(command.id)
      let row = Row(
        command: command.id.rawValue, context: command.context.rawValue,
        keys: keys.map(Command.name), names: keys.map(\.configurationName),
        word: catalogue.text("bar.\(command.id.rawValue)"),
        text: catalogue.text("command.\(command.id.rawValue)"))
      if json {
        try Output.json(row)
      } else {
        let keys = row.keys.joined(separator: " ")
        try Output.line(keys + String(repeating: " ", count: max(1, 16 - keys.count)) + row.text)
      }
    }
  }
}
