import Forecast

/// A kind of staff, and how many people one of them serves in a day.
public struct StaffKind: Hashable, Sendable {
  /// Its name, a code.
  public let name: String
  /// The needs it answers; empty for everybody who comes.
  public let needs: [String]
  /// People that one of them serves in a day, more than zero.
  public let perDay: Double

  /// Makes a kind.
  public init(name: String, needs: [String], perDay: Double) {
    self.name = name
    self.needs = needs
    self.perDay = perDay
  }

  /// The series that it has to serve.
  public var selection: DemandCounts.Selection { needs.isEmpty ? .all : .needs(Set(needs)) }

  /// How many of them are needed for so many people.
  public func needed(for people: Double) -> Int {
    // The last tenth of a person is no reason to call another one in.
    max(0, Int(((people - 0.1) / perDay).rounded(.up)))
  }
}

/// A forecast of one series of an organisation, with the staff it asks for.
public struct DemandPlan: Sendable {
  /// One day.
  public struct Row: Hashable, Sendable {
    /// The forecast.
    public let forecast: DayForecast
    /// Staff by kind for the high quantile, in the order of the kinds.
    public let staff: [Int]
  }

  /// The model behind it.
  public let model: DemandModel
  /// The days.
  public let rows: [Row]
  /// The kinds of staff.
  public let staff: [StaffKind]
  /// First and last day of the history.
  public let history: ClosedRange<Day>
  /// Submissions that the series counts.
  public let people: Int

  /// Forecasts a series.
  ///
  /// - Parameters:
  ///   - before: what is counted from this day on is left out: today is not over.
  ///   - days: the days asked for; nil: so many as `horizon` says, behind the last known one.
  /// - Throws: ``ForecastRefusal``.
  public init(
    _ counts: DemandCounts, _ selection: DemandCounts.Selection, office: String?, before: Day,
    calendar: DemandCalendar, staff: [StaffKind], days: ClosedRange<Day>?, horizon: Int
  ) throws(ForecastRefusal) {
    guard let series = counts.series(selection, office: office, before: before),
      let whole = counts.series(office: office, before: before)
    else { throw .empty }
    let closures = Closures(whole, calendar: calendar)
    model = try DemandModel(
      series, calendar: calendar, closures: closures, horizon: min(max(horizon, 7), 28))
    let asked = days ?? (model.end + 1)...(model.end + max(1, horizon))
    rows = try model.forecast(from: asked.lowerBound, to: asked.upperBound).map { day in
      Row(forecast: day, staff: staff.map { $0.needed(for: day.high) })
    }
    self.staff = staff
    history = series.start...series.end
    people = counts.byDay(selection, office: office, before: before).values.reduce(0, +)
  }
}
