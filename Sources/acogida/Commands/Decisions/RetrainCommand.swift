import Analytics
import ArgumentParser
import Exchange
import Forecast
import Foundation
import Messages
import Reports
import Store

/// `acogida retrain`: forecasts every series anew and writes the model card; for a timer.
struct RetrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retrain", abstract: Help.text("help.retrain"),
    discussion: Help.text("help.retrain.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Flag(help: Help.of("help.json")) var json = false

  func run() throws {
    let context = try StoreContext(common)
    let settings = context.configuration.forecast
    let calendar = try settings.calendar(context.locations)
    let data = try context.open(.reading)
    let definition = try context.form(form)
    try settings.check(definition)
    let counts = try DemandCounts(AnalyticsSource(data.submissions, form: definition))
    let old = ModelCard.read(context)
    let card = ModelCard(
      counts, calendar: calendar, staff: settings.staff, before: ForecastSeries.today,
      horizon: settings.horizon, made: Clock.universal)
    try card.write(context)
    let isDone = card.series.contains { $0.refusal == nil }
    Notice(
      event: .retrain, stage: context.configuration.stage, succeeded: isDone,
      numbers: [
        "series": card.series.count, "recommended": card.series.count { $0.recommended },
        "submissions": counts.count,
      ]
    ).send(context.configuration.notify, context.catalogue)
    if json {
      try Output.json(card)
    } else {
      try Output.line(card.text(context.catalogue, before: old))
    }
    if counts.count == 0 { throw Failure(ForecastRefusal.empty) }
  }
}

/// What a retraining found: for whom, from when to when, how wrong, and when it was made. Numbers alone.
struct ModelCard: Codable {
  struct Series: Codable {
    let name: String
    let office: String?
    let from: String?
    let to: String?
    /// Submissions behind it; nil where there is no forecast.
    let people: Int?
    let method: String?
    let recommended: Bool
    let backtest: BacktestReport?
    /// Why there is no forecast; nil where there is one.
    let refusal: String?
  }

  private(set) var schema = "acogida.forecast.card/1"
  let made: String
  let horizon: Int
  let series: [Series]

  init(
    _ counts: DemandCounts, calendar: DemandCalendar, staff: [StaffKind], before: Forecast.Day,
    horizon: Int, made: String
  ) {
    self.made = made
    self.horizon = horizon
    let offices = counts.offices.filter { !$0.isEmpty }
    let selections =
      [("all", DemandCounts.Selection.all)] + counts.needs.map { ($0, .needs([$0])) }
      + staff.filter { !$0.needs.isEmpty }.map { ($0.name, $0.selection) }
    var series: [Series] = []
    for office in [nil] + offices.map(Optional.some) {
      for (name, selection) in selections {
        series.append(
          Self.series(
            name, selection, office, counts, calendar: calendar, before: before, horizon: horizon))
      }
    }
    self.series = series
  }

  private static func series(
    _ name: String, _ selection: DemandCounts.Selection, _ office: String?, _ counts: DemandCounts,
    calendar: DemandCalendar, before: Forecast.Day, horizon: Int
  ) -> Series {
    do throws(ForecastRefusal) {
      let plan = try DemandPlan(
        counts, selection, office: office, before: before, calendar: calendar, staff: [], days: nil,
        horizon: horizon)
      return Series(
        name: name, office: office, from: plan.history.lowerBound.description,
        to: plan.history.upperBound.description, people: plan.people,
        method: plan.model.method.rawValue, recommended: plan.model.isRecommended,
        backtest: plan.model.backtest.map(BacktestReport.init), refusal: nil)
    } catch {
      return Series(
        name: name, office: office, from: nil, to: nil, people: nil, method: nil,
        recommended: false,
        backtest: nil, refusal: Failure(error).key)
    }
  }

  private static func path(_ context: StoreContext) throws -> String {
    try context.directory().path + "/forecast/card.json"
  }

  /// The card of the last time; nil where there is none.
  static func read(_ context: StoreContext) -> ModelCard? {
    guard let path = try? path(context),
      let data = try? Data(contentsOf: URL(fileURLWithPath: path))
    else { return nil }
    return try? JSONDecoder().decode(ModelCard.self, from: data)
  }

  func write(_ context: StoreContext) throws {
    let path = try Self.path(context)
    do {
      try ExportDestination.file(path).replaceContents(with: Array(Output.encode(self).utf8))
    } catch let error as ExportError {
      throw Failure(error, path: path)
    }
  }

  func text(_ catalogue: Catalogue, before old: ModelCard?) -> String {
    var table = TextTable(
      ["series", "office", "people", "from", "to", "mase", "floor", "coverage", "verdict"].map {
        catalogue.text("card.\($0)")
      }, numbers: [2, 5, 6, 7])
    for one in series {
      let past = old?.series.first { $0.name == one.name && $0.office == one.office }
      let change = past?.backtest.map { " (\(Figure.fixed($0.error.mase, 2)))" } ?? ""
      let verdict =
        one.refusal.map { catalogue.text("card.\($0)") }
        ?? catalogue.text(one.recommended ? "card.recommended" : "card.notRecommended")
      table.add([
        one.name, one.office ?? "-", one.people.map(String.init) ?? "-", one.from ?? "-",
        one.to ?? "-",
        one.backtest.map { Figure.fixed($0.error.mase, 2) + change } ?? "-",
        one.backtest.map { Figure.fixed($0.floor.mase, 2) } ?? "-",
        Figure.percent(one.backtest?.error.coverage), verdict,
      ])
    }
    return
      ([catalogue.text("card.title", ["made": made, "horizon": String(horizon)])]
      + table.lines()).joined(separator: "\n")
  }
}
