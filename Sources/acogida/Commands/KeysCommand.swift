import ArgumentParser
import Desk
import Foundation
import Messages

/// `acogida keys`: the desk's keys, from the table that the desk itself uses.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "List the desk's keys.")

  @Flag(help: "Print JSON Lines.") var json = false

  private struct Row: Encodable {
    let command: String
    let keys: [String]
    let text: String
  }

  func run() throws {
    let catalogue = Catalogue(environment: ProcessInfo.processInfo.environment)
    for command in Command.table {
      let row = Row(
        command: command.id.rawValue, keys: command.keys.map(Command.name),
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
