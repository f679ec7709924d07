import Messages
import Terminal
import Testing

@testable import Desk

@Suite struct CommandTests {
  /// A search takes keys of the interview on purpose.
  static let contexts: [Command.Context] = [
    .home, .consent, .interview, .editing, .question, .reading,
  ]

  @Test(arguments: contexts)
  func noKeyMeansTwoThings(context: Command.Context) {
    let keys = Command.available(in: context).flatMap { command in
      command.keys.filter { context != .editing || $0.typed == nil }
    }
    #expect(keys.count == Set(keys).count)
  }

  @Test(arguments: contexts)
  func offTheRecordAndRepaintAreEverywhere(context: Command.Context) {
    #expect(Command.find(.function(4), in: context) == .pause)
    #expect(Command.find(.alt("4"), in: context) == .pause)
    #expect(Command.find(.control("l"), in: context) == .repaint)
    #expect(Command.find(.control("z"), in: context) == .suspend)
  }

  @Test(arguments: Catalogue.languages)
  func everyCommandHasItsTexts(language: String) {
    let catalogue = Catalogue(language: language)
    for command in Command.table {
      #expect(catalogue.has("command.\(command.id.rawValue)"))
      #expect(command.bar == nil || catalogue.has("bar.\(command.id.rawValue)"))
    }
  }

  @Test func everyCommandIsInTheTableAndCanBeReached() {
    #expect(Set(Command.table.map(\.id)) == Set(Command.ID.allCases))
    for command in Command.table {
      #expect(
        Command.Context.allCases.contains { context in
          command.keys.contains { Command.find($0, in: context) == command.id }
        })
    }
  }
}
