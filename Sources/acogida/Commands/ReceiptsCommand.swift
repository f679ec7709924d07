import ArgumentParser
import Messages
import Store

/// `acogida receipts`: where submissions are, and since when.
struct ReceiptsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipts",
    abstract: "Show where submissions were sent: place, time, checksum, the server's answer.",
    discussion: """
      Shows no personal data. Receipts stay when a submission is erased here, so that the copies at
      the target can be found and erased there.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "A submission's number or its beginning; without it, all.") var id: String?
  @Flag(help: "Print JSON Lines.") var json = false

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
