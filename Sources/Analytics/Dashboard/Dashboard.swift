import Forecast
import Forms
import Interview
import Store

/// What a dashboard shows: counts in which nobody can be found. Groups that are smaller than a minimum are not told.
public struct Dashboard: Hashable, Sendable {
  /// A number with the catalogue key of what it is.
  public struct Tile: Hashable, Sendable {
    /// The key.
    public let title: String
    /// The number; nil where it is not told.
    public let value: Int?
  }

  /// What is not sent or not finished, as the store knows it.
  public struct Waiting: Hashable, Sendable {
    let drafts: Int
    let unsent: Int

    /// Makes it from its parts.
    public init(drafts: Int, unsent: Int) {
      self.drafts = drafts
      self.unsent = unsent
    }
  }

  /// Numbers at the top.
  public let tiles: [Tile]
  /// Charts in order.
  public let charts: [Chart]
  /// The fewest people that are told.
  public let minimum: Int

  /// Days that the chart of days goes back.
  private static let recent = 56

  /// - Parameters:
  ///   - quality: nil where it was not asked for.
  ///   - plan: nil where there is no forecast.
  public init(
    _ counts: DemandCounts, today: Day, quality: FieldReport?, plan: DemandPlan?, waiting: Waiting,
    minimum: Int = 5
  ) {
    self.minimum = minimum
    let days = counts.byDay()
    let told = { (count: Int) -> Int? in count == 0 || count >= minimum ? count : nil }
    let within = { (days: [Day: Int], range: Range<Day>) in
      days.reduce(0) { range.contains($1.key) ? $0 + $1.value : $0 }
    }
    let monday = today + -today.weekday
    tiles = [
      Tile(title: "dashboard.today", value: days[today] ?? 0),
      Tile(title: "dashboard.week", value: within(days, monday..<(today + 1))),
      Tile(title: "dashboard.lastWeek", value: within(days, (monday + -7)..<monday)),
      Tile(title: "dashboard.drafts", value: waiting.drafts),
      Tile(title: "dashboard.unsent", value: waiting.unsent),
    ]
    let month = (today + -27)..<(today + 1)
    var charts = [
      Chart(
        name: "days", title: "dashboard.days", shape: .line,
        points: (0..<Self.recent).map { offset in
          let day = today + (offset - Self.recent + 1)
          return Chart.Point(day.description, Double(days[day] ?? 0))
        })
    ]
    let bars = { (name: String, rows: [(String, Int)], told: (String, Int) -> Int?) in
      Chart(
        name: name, title: "dashboard.\(name)", shape: .bars,
        points: rows.filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map {
          Chart.Point($0.0, told($0.0, $0.1).map(Double.init))
        })
    }
    let offices = counts.offices.map {
      (name: $0.isEmpty ? "-" : $0, people: within(counts.byDay(office: $0), month))
    }
    let toldOffices = SmallGroups.told(offices, minimum: minimum)
    charts.append(
      bars("offices", offices.map { ($0.name, $0.people) }) { name, count in
        toldOffices.contains(name) ? count : nil
      })
    charts.append(
      bars("needs", counts.needs.map { ($0, within(counts.byDay(.needs([$0])), month)) }) {
        told($1)
      })
    if let quality {
      charts.append(
        Chart(
          name: "quality", title: "dashboard.quality", shape: .bars,
          points: quality.rows.filter { $0.accepted + $0.corrected + $0.rejected >= minimum }
            .map { row in
              Chart.Point(row.field, row.rightAtOnce.map { ($0 * 1_000).rounded() / 10 })
            }))
    }
    if let plan {
      charts.append(
        Chart(
          name: "forecast", title: "dashboard.forecast", shape: .line,
          points: plan.rows.map {
            Chart.Point(
              $0.forecast.day.description, $0.forecast.likely,
              band: $0.forecast.low...$0.forecast.high)
          }))
    }
    self.charts = charts
  }
}
