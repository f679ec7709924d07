import Analytics
import ArgumentParser
import Forecast
import Foundation
import Messages
import Store

/// `acogida forecast`: how many people will come, and how many of us they need.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: Help.text("help.forecast"),
    discussion: Help.text("help.forecast.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.forecast.type", "name")) var type: String?
  @Option(help: Help.of("help.periodOptions.office", "code")) var office: String?
  @Option(help: Help.of("help.forecast.from", "yyyy-mm-dd")) var from: Forecast.Day?
  @Option(help: Help.of("help.forecast.to", "yyyy-mm-dd")) var to: Forecast.Day?
  @Option(help: Help.of("help.forecast.horizon", "days")) var horizon: Int?
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Option(help: Help.of("help.sql.format")) var format: AnswerFormat = .table

  func run() throws {
    let context = try StoreContext(common)
    let settings = context.configuration.forecast
    let calendar = try settings.calendar(context.locations)
    let data = try context.open(.reading)
    let definition = try context.form(form)
    try settings.check(definition)
    let source = AnalyticsSource(data.submissions, form: definition)
    let counts = try DemandCounts(source)
    let series = try ForecastSeries(type, counts, settings, office: office)
    let days = try asked(counts)
    let plan: DemandPlan
    do throws(ForecastRefusal) {
      plan = try DemandPlan(
        counts, series.selection, office: office, before: ForecastSeries.today, calendar: calendar,
        staff: series.staff, days: days, horizon: try horizonAsked(settings))
    } catch {
      throw Failure(error)
    }
    let report = ForecastReport(plan, series: series.name, office: office)
    switch format {
    case .json: try Output.json(report)
    case .csv: try Output.write(report.csv)
    case .table: try Output.line(report.text(context.catalogue))
    }
    if !plan.model.isRecommended {
      StandardError.write(context.catalogue.text("forecast.notRecommended") + "\n")
    }
  }

  private func horizonAsked(_ settings: ForecastConfiguration) throws(ForecastRefusal) -> Int {
    min(max(horizon ?? settings.horizon, 1), DemandModel.longestHorizon)
  }

  /// The days that `--from` and `--to` name; nil where neither does.
  private func asked(_ counts: DemandCounts) throws -> ClosedRange<Forecast.Day>? {
    if let horizon, !(1...DemandModel.longestHorizon).contains(horizon) {
      throw Failure(
        key: "error.range",
        ["option": "--horizon", "range": "1...\(DemandModel.longestHorizon)"], exitCode: 64)
    }
    guard from != nil || to != nil else { return nil }
    let first = from ?? ForecastSeries.today
    let last = to ?? first + ((horizon ?? 14) - 1)
    guard first <= last else { throw Failure(key: "error.dayOrder", exitCode: 64) }
    return first...last
  }
}

extension Forecast.Day: ExpressibleByArgument {
  /// Reads `2026-11-21`.
  public init?(argument: String) { self.init(argument) }
}

/// Which series a planner asks for: everybody, a need, or what a kind of staff has to serve.
struct ForecastSeries {
  let name: String
  let selection: DemandCounts.Selection
  let staff: [StaffKind]

  /// Today in UTC, as the days of the lake are.
  static var today: Forecast.Day { Forecast.Day(milliseconds: Clock.now) }

  init(
    _ type: String?, _ counts: DemandCounts, _ settings: ForecastConfiguration, office: String?
  ) throws {
    if let office, !counts.offices.contains(office), counts.count > 0 {
      throw Failure(
        key: "error.noOffice",
        ["name": office, "known": counts.offices.filter { !$0.isEmpty }.joined(separator: ", ")],
        exitCode: 64)
    }
    let asked = type ?? "all"
    name = asked
    if asked == "all" {
      selection = .all
      staff = settings.staff.filter { $0.needs.isEmpty }
    } else if let kind = settings.staff.first(where: { $0.name == type }) {
      selection = kind.selection
      staff = [kind]
    } else if counts.needs.contains(asked) {
      selection = .needs([asked])
      staff = settings.staff.filter { $0.needs == [asked] }
    } else {
      let known = ["all"] + settings.staff.map(\.name) + counts.needs
      throw Failure(
        key: "error.noSeries", ["name": asked, "known": known.joined(separator: ", ")], exitCode: 64
      )
    }
  }
}

extension Failure {
  /// Why there is no forecast.
  init(_ refusal: ForecastRefusal) {
    switch refusal {
    case .empty: self.init(key: "error.forecastEmpty", exitCode: 2)
    case .allZero(let days):
      self.init(key: "error.forecastZero", ["days": String(days)], exitCode: 2)
    case .tooShort(let days, let needed):
      self.init(
        key: "error.forecastShort", ["days": String(days), "needed": String(needed)], exitCode: 2)
    case .outOfReach(let after, let until):
      self.init(
        key: "error.forecastReach", ["after": after.description, "until": until.description],
        exitCode: 64)
    }
  }
}
