import Analytics
import ArgumentParser
import Forecast
import Messages
import Reports
import Store

/// `acogida report demand`: how many people came, by week, office and need.
struct ReportDemand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demand", abstract: Help.text("help.report.demand"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: AnalyticsOptions
  @Option(help: Help.of("help.sql.format")) var format: AnswerFormat = .table
  @Option(help: Help.of("help.report.minimum", "n")) var minimum = 5

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    let counts = try DemandCounts(try options.source(context, data))
    let report = DemandReport(counts, minimum: minimum)
    switch format {
    case .json: try Output.json(report)
    case .csv: try Output.write(report.csv)
    case .table:
      var table = TextTable(
        [
          context.catalogue.text("report.demand.week"),
          context.catalogue.text("report.demand.kind"),
          context.catalogue.text("report.demand.name"),
          context.catalogue.text("report.demand.people"),
        ], numbers: [3])
      for row in report.rows {
        table.add([row.week, row.kind, row.name, row.people.map(String.init) ?? "<\(minimum)"])
      }
      try Output.line(table.lines().joined(separator: "\n"))
      if report.rows.isEmpty {
        StandardError.write(context.catalogue.text("report.demand.none") + "\n")
      }
    }
    try context.requireAllRead(in: data)
  }
}
