import Analytics
import ArgumentParser
import Exchange
import Forms
import Messages
import Reports
import Store

/// `acogida report fields`: how often each field is heard, right at once and corrected, and by which words.
struct ReportFields: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: Help.text("help.report.fields"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: AnalyticsOptions
  @Option(help: Help.of("help.sql.format")) var format: AnswerFormat = .table
  @Option(help: Help.of("help.report.minimum", "n")) var minimum = 5

  func run() throws {
    let context = try StoreContext(common)
    guard minimum >= 1 else {
      throw Failure(key: "error.range", ["option": "--minimum", "range": "1..."], exitCode: 64)
    }
    let data = try context.open(.reading)
    let source = try options.source(context, data)
    let report = try FieldReport(source, minimum: minimum)
    switch format {
    case .json: try Output.json(report)
    case .csv: try Output.write(Self.csv(report))
    case .table: try Output.line(Self.text(report, context.catalogue))
    }
    try context.requireAllRead(in: data)
  }

  private static func csv(_ report: FieldReport) -> String {
    let head =
      "field,interviews,heard,accepted,corrected,rejected,unreviewed,typed,absent,invalid,"
      + "confidence,extraction_ms,recogniser_ms\r\n"
    return head
      + report.rows.map { row in
        let counts = [
          row.interviews, row.heard, row.accepted, row.corrected, row.rejected, row.unreviewed,
          row.typed, row.absent, row.invalid,
        ].map(String.init)
        let means = [row.confidence, row.extractionMilliseconds, row.recogniserMilliseconds].map {
          $0.map { Figure.fixed($0, 3) } ?? ""
        }
        return ([row.field] + counts + means).joined(separator: ",") + "\r\n"
      }.joined()
  }

  private static func text(_ report: FieldReport, _ catalogue: Catalogue) -> String {
    var table = TextTable(
      ["field", "heard", "right", "corrected", "rejected", "typed", "confidence"].map {
        catalogue.text("report.fields.\($0)")
      }, numbers: Set(1...6))
    for row in report.rows {
      let share = { (count: Int, all: Int) in
        Figure.percent(all > 0 ? Double(count) / Double(all) : nil)
      }
      table.add([
        row.field, share(row.heard, row.interviews), Figure.percent(row.rightAtOnce),
        share(row.corrected, row.heard), share(row.rejected, row.heard),
        share(row.typed, row.interviews), row.confidence.map { Figure.fixed($0, 2) } ?? "-",
      ])
    }
    var lines = [catalogue.plural("report.fields.title", report.interviews)] + table.lines()
    if !report.synonyms.isEmpty {
      var words = TextTable(
        ["field", "value", "said", "count"].map { catalogue.text("report.fields.\($0)") },
        numbers: [3])
      for synonym in report.synonyms.prefix(40) {
        words.add([synonym.field, synonym.value, synonym.said, String(synonym.count)])
      }
      lines += [""] + words.lines()
    }
    if report.suppressed > 0 {
      lines += [
        "",
        catalogue.plural(
          "report.fields.suppressed", report.suppressed, ["minimum": String(report.minimum)]),
      ]
    }
    return lines.joined(separator: "\n")
  }
}
