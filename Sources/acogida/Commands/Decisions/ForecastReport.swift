import Analytics
import Forecast
import Messages
import Reports

/// A forecast as it is written.
struct ForecastReport: Encodable {
  struct Row: Encodable {
    let date: String
    let low: Double
    let likely: Double
    let high: Double
    let closed: Bool
    let kind: String?
    let staff: [String: Int]
  }

  let schema = "acogida.forecast/1"
  let series: String
  let office: String?
  let people: Int
  let from: String
  let to: String
  let method: String
  let recommended: Bool
  let backtest: BacktestReport?
  let gaps: [String]
  let closedWeekdays: [Int]
  let days: [Row]
  private let staff: [String]

  private enum CodingKeys: String, CodingKey {
    case schema, series, office, people, from, to, method, recommended, backtest, gaps
    case closedWeekdays, days
  }

  init(_ plan: DemandPlan, series: String, office: String?) {
    self.series = series
    self.office = office
    people = plan.people
    from = plan.history.lowerBound.description
    to = plan.history.upperBound.description
    method = plan.model.method.rawValue
    recommended = plan.model.isRecommended
    backtest = plan.model.backtest.map(BacktestReport.init)
    gaps = plan.model.closures.gaps.map {
      "\(plan.history.lowerBound + $0.lowerBound)/\(plan.history.lowerBound + ($0.upperBound - 1))"
    }
    closedWeekdays = plan.model.closures.weekdays.sorted().map { $0 + 1 }
    staff = plan.staff.map(\.name)
    days = plan.rows.map { row in
      let round = { (value: Double) in (value * 100).rounded() / 100 }
      return Row(
        date: row.forecast.day.description, low: round(row.forecast.low),
        likely: round(row.forecast.likely), high: round(row.forecast.high),
        closed: row.forecast.isClosed, kind: row.forecast.kind?.name,
        staff: Dictionary(
          zip(plan.staff.map(\.name), row.staff), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// The days alone.
  var csv: String {
    let head = ["date", "low", "likely", "high", "closed", "kind"] + staff.map { "staff_" + $0 }
    let lines = days.map { row in
      [
        row.date, "\(row.low)", "\(row.likely)", "\(row.high)", "\(row.closed)",
        // The calendar's names are the organisation's own words.
        (row.kind ?? "").replacing(",", with: " "),
      ] + staff.map { String(row.staff[$0] ?? 0) }
    }
    return ([head] + lines).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  func text(_ catalogue: Catalogue) -> String {
    var table = TextTable(
      [
        catalogue.text("forecast.day"), "", catalogue.text("forecast.low"),
        catalogue.text("forecast.likely"), catalogue.text("forecast.high"),
      ] + staff + [""], numbers: Set(2..<(5 + staff.count)))
    for row in days {
      let weekday = Forecast.Day(row.date).map { catalogue.text("weekday.\($0.weekday)") }
      table.add(
        [row.date, weekday ?? ""] + [row.low, row.likely, row.high].map(Figure.short)
          + staff.map { String(row.staff[$0] ?? 0) } + [note(row, catalogue)])
    }
    return ([title(catalogue)] + table.lines() + [""] + judgement(catalogue)).joined(
      separator: "\n")
  }

  private func note(_ row: Row, _ catalogue: Catalogue) -> String {
    let kind = row.kind.map {
      $0.hasPrefix("campaign:")
        ? String($0.dropFirst("campaign:".count)) : catalogue.text("forecast.kind.\($0)")
    }
    return [
      kind, row.closed && row.kind != "closed" ? catalogue.text("forecast.kind.closed") : nil,
    ]
    .compactMap(\.self).joined(separator: ", ")
  }

  private func title(_ catalogue: Catalogue) -> String {
    catalogue.plural(
      "forecast.title", people,
      [
        "series": series, "from": from, "to": to,
        "office": office ?? catalogue.text("forecast.allOffices"),
      ])
  }

  private func judgement(_ catalogue: Catalogue) -> [String] {
    var lines: [String] = []
    if let backtest {
      lines.append(catalogue.text("forecast.backtest", backtest.words))
      lines.append(catalogue.text("forecast.floor", backtest.floorWords))
    } else {
      lines.append(catalogue.text("forecast.noBacktest"))
    }
    lines.append(
      catalogue.text("forecast.method", ["method": catalogue.text("forecast.method.\(method)")]))
    if !closedWeekdays.isEmpty {
      let names = closedWeekdays.map { catalogue.text("weekday.\($0 - 1)") }
      lines.append(
        catalogue.text("forecast.closedDays", ["days": names.joined(separator: ", ")]))
    }
    lines += gaps.map {
      catalogue.text("forecast.gap", ["days": $0.replacing("/", with: " – ")])
    }
    return lines
  }
}

/// A backtest as it is written.
struct BacktestReport: Codable {
  let origins: Int
  let horizon: Int
  let method: String
  let error: ForecastError
  let floor: ForecastError

  init(_ backtest: Backtest) {
    origins = backtest.origins
    horizon = backtest.horizon
    method = backtest.method.rawValue
    error = backtest.error
    floor = backtest.floor
  }

  /// Values for texts.
  var words: [String: String] {
    [
      "origins": String(origins), "horizon": String(horizon), "mae": Figure.short(error.mae),
      "mase": Figure.fixed(error.mase, 2), "wape": Figure.percent(error.wape),
      "coverage": Figure.percent(error.coverage), "pinball": Figure.fixed(error.scaledPinball, 2),
    ]
  }

  var floorWords: [String: String] {
    [
      "mae": Figure.short(floor.mae), "mase": Figure.fixed(floor.mase, 2),
      "pinball": Figure.fixed(floor.scaledPinball, 2),
    ]
  }
}
