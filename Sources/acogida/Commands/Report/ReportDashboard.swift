import Analytics
import ArgumentParser
import Exchange
import Forecast
import Foundation
import Messages
import Reports
import Store

/// `acogida report dashboard`: the numbers of the day on the terminal, or as a page.
struct ReportDashboard: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dashboard", abstract: Help.text("help.report.dashboard"),
    discussion: Help.text("help.report.dashboard.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Option(help: Help.of("help.report.minimum", "n")) var minimum = 5
  @Option(help: Help.of("help.report.html", "file")) var html: String?
  @Option(help: Help.of("help.report.chart", "name")) var chart: String?
  @Option(help: Help.of("help.report.chartFormat")) var format: AnswerFormat = .table
  @Flag(help: Help.of("help.report.noQuality")) var noQuality = false

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    let reader = DashboardReader(
      data: data, form: try context.form(form),
      configuration: context.configuration, locations: context.locations)
    let dashboard = try reader.read(minimum: minimum, withQuality: !noQuality)
    if let html {
      let catalogue = context.catalogue
      let page = DashboardPage(
        dashboard, language: catalogue.language,
        subtitle: catalogue.text(
          "dashboard.subtitle", ["stage": context.configuration.stage, "time": Clock.universal])
      ) { catalogue.text($0) }
      do throws(ExportError) {
        let place = html == "-" ? ExportDestination.standardOutput : .file(html)
        try place.replaceContents(with: Array(page.html.utf8))
      } catch { throw Failure(error, path: html) }
      return try context.requireAllRead(in: data)
    }
    var charts = dashboard.charts
    if let chart {
      charts = charts.filter { $0.name == chart }
      if charts.isEmpty {
        let known = dashboard.charts.map(\.name).joined(separator: ", ")
        throw Failure(key: "error.noChart", ["name": chart, "known": known], exitCode: 64)
      }
    }
    try write(charts, dashboard, context.catalogue)
    try context.requireAllRead(in: data)
  }

  private func write(_ charts: [Chart], _ dashboard: Dashboard, _ catalogue: Catalogue) throws {
    switch format {
    case .csv: for chart in charts { try Output.write(chart.csv) }
    case .json:
      let charts = charts.map { "\"\($0.name)\":\($0.json.trimmingCharacters(in: .newlines))" }
      try Output.write("{" + charts.joined(separator: ",\n") + "}\n")
    case .table:
      if chart == nil {
        for tile in dashboard.tiles {
          try Output.line("\(catalogue.text(tile.title)): \(tile.value.map(String.init) ?? "-")")
        }
      }
      for chart in charts {
        try Output.line("\n\(catalogue.text(chart.title))")
        try Output.line(ChartText.lines(chart, minimum: minimum).joined(separator: "\n"))
      }
    }
  }
}

/// Charts in a terminal: labels, bars and numbers.
enum ChartText {
  static func lines(_ chart: Chart, minimum: Int) -> [String] {
    let most = max(chart.points.map { max($0.value ?? 0, $0.band?.upperBound ?? 0) }.max() ?? 0, 1)
    var table = TextTable(["", "", ""], numbers: [1])
    for point in chart.points {
      let bar = String(repeating: "#", count: Int((point.value ?? 0) / most * 40))
      let rest = point.band.map {
        String(repeating: "·", count: max(0, Int($0.upperBound / most * 40) - bar.count))
      }
      table.add([
        point.label, point.value.map { Figure.short($0) } ?? "<\(minimum)", bar + (rest ?? ""),
      ])
    }
    return Array(table.lines().dropFirst(2))
  }
}
