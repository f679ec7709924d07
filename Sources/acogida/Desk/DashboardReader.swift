import Analytics
import Desk
import Forecast
import Forms
import Store

/// Reads what a dashboard shows, for the desk and the report. Blocks until the store is read.
struct DashboardReader: Sendable {
  let data: StageData
  let form: FormDefinition
  let configuration: Configuration
  let locations: Locations

  /// Days of interviews that the quality of fields is judged by: they have to be opened whole.
  private static let recent = 28
  /// Weeks of the desk's table.
  private static let weeks = 8

  /// - Parameter minimum: the fewest people that are told.
  /// - Throws: ``Failure`` for a wrong calendar, `StoreError`, `CancellationError`.
  func read(minimum: Int = 5, withQuality: Bool = true) throws -> Dashboard {
    let settings = configuration.forecast
    let calendar = try settings.calendar(locations)
    let today = ForecastSeries.today
    let counts = try DemandCounts(AnalyticsSource(data.submissions, form: form))
    let plan = try? DemandPlan(
      counts, .all, office: nil, before: today, calendar: calendar, staff: settings.staff,
      days: nil, horizon: settings.horizon)
    let recent = AnalyticsSource(
      data.submissions, form: form,
      filter: SubmissionFilter(since: (today + (1 - Self.recent)).milliseconds))
    let unsent = try configuration.channelNames.map { try data.outbox.counts($0).unsent }
    return Dashboard(
      counts, today: today, quality: withQuality ? try FieldReport(recent, minimum: minimum) : nil,
      plan: plan,
      waiting: .init(drafts: try data.drafts.list().count, unsent: unsent.max() ?? 0),
      minimum: minimum)
  }

  /// The same as the desk shows it: in weeks, and with the form's own words.
  ///
  /// - Parameter language: ISO 639-1 code.
  func desk(_ language: String) throws -> DashboardState {
    let dashboard = try read()
    return DashboardState(
      figures: dashboard.tiles.map { .init(title: $0.title, value: $0.value) },
      weeks: weeks(dashboard),
      charts: dashboard.charts.filter { $0.name != "days" }.map { chart in
        .init(
          title: chart.title,
          bars: chart.points.map {
            .init(label($0.label, of: chart.name, language), $0.value, band: $0.band)
          }, full: chart.name == "quality" ? 100 : nil)
      }, minimum: dashboard.minimum)
  }

  private func weeks(_ dashboard: Dashboard) -> [DashboardState.Week] {
    let points = dashboard.charts.first { $0.name == "days" }?.points ?? []
    var weeks: [Forecast.Day: [Int]] = [:]
    for point in points {
      guard let day = Forecast.Day(point.label) else { continue }
      weeks[day + -day.weekday, default: []].append(Int(point.value ?? 0))
    }
    // The first week may have begun before the first day.
    return weeks.sorted { $1.key < $0.key }.filter {
      $0.value.count == 7 || $0.key == weeks.keys.max()
    }
    .prefix(Self.weeks).map { .init(monday: $0.key.description, days: $0.value) }
  }

  private func label(_ label: String, of chart: String, _ language: String) -> String {
    switch chart {
    case "needs":
      let field = form.field(DemandCounts.needsField)
      let entry = field.flatMap { form.vocabulary(of: $0)?.entry(label) }
      return entry?.label.text(language) ?? label
    case "quality":
      return form.field(FieldName(rawValue: label))?.label.text(language) ?? label
    default: return label
    }
  }
}
