import ArgumentParser
import Messages
import Store

/// `acogida receipts`: where submissions are, and since when.
struct ReceiptsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipts",
    abstract: Help.text("help.receipts"),
    discussion: Help.text("help.receipts.about"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.receipts.id")) var id: String?
  @Flag(help: Help.of("help.jsonLines")) var json = false

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    for receipt in try data.outbox.receipts(id?.lowercased()) {
      if json {
        try Output.json(receipt)
        continue
      }
      let state = context.catalogue.text("receipt.\(receipt.state.rawValue)")
      try Output.line(
        "\(receipt.submission)  \(Clock.minute(receipt.time))  \(receipt.channel)  \(state)  "
          + receipt.place)
    }
  }
}
