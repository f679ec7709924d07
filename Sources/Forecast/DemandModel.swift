/// What may be counted on a day.
public struct DayForecast: Hashable, Sendable {
  /// The day.
  public let day: Day
  /// With a probability of 0.1 there are fewer.
  public let low: Double
  /// As many as fewer days as more.
  public let likely: Double
  /// With a probability of 0.1 there are more.
  public let high: Double
  /// What is special about it; nil for an ordinary day.
  public let kind: DemandCalendar.Kind?
  /// Whether nobody is served on that day; all numbers are zero then.
  public let isClosed: Bool
}

/// Why there is no forecast.
public enum ForecastRefusal: Error, Hashable, Sendable {
  /// Nothing was ever counted.
  case empty
  /// Days were counted, and nobody came on any of them.
  case allZero(days: Int)
  /// Fewer days are known than are needed.
  case tooShort(days: Int, needed: Int)
  /// Days are asked for that are not behind the last known one, or more than a year behind it.
  case outOfReach(after: Day, until: Day)
}

/// A forecast of a daily series, with what is needed to judge it.
public struct DemandModel: Sendable {
  /// The fewest days that anything can be said from.
  public static let shortestHistory = 28
  /// The most days ahead.
  public static let longestHorizon = 366

  /// The way it forecasts.
  public let method: ForecastMethod
  /// How the methods did before; nil where there are too few days to tell.
  public let backtest: Backtest?
  /// The last known day.
  public let end: Day
  /// Closed days and gaps that were found.
  public let closures: Closures

  private let calendar: DemandCalendar
  private let prepared: PreparedSeries
  private let fitted: FittedMethod
  private let band: ResidualBand

  /// Whether there is proof that it does better than "as a week before".
  public var isRecommended: Bool { backtest?.beatsFloor ?? false }

  /// Finds the method and its parameters.
  ///
  /// What does not beat the floor in the backtest is not used: the model is then the floor itself.
  /// - Parameters:
  ///   - closures: those of the whole organisation; nil: those of the series itself.
  ///   - horizon: days ahead that the backtest and the band are made for, 1 to 28.
  /// - Throws: ``ForecastRefusal``.
  public init(
    _ series: DailySeries, calendar: DemandCalendar = .init(), closures: Closures? = nil,
    horizon: Int = 14
  ) throws(ForecastRefusal) {
    let closures = closures ?? Closures(series, calendar: calendar)
    try Self.refuse(series, closures)
    let isSparse = Self.isSparse(series, closures)
    let candidate = isSparse ? ForecastMethod.sparse : .middle
    let backtest = Backtest(
      series, calendar: calendar, closures: closures, method: candidate, horizon: horizon)
    self.init(
      series, calendar, closures, horizon: horizon, backtest: backtest,
      method: backtest?.beatsFloor ?? true ? candidate : .seasonalNaive)
  }

  /// A method without the backtest; closed days are those of the series itself.
  ///
  /// - Parameter method: nil: the default one, or that for sparse series.
  /// - Throws: ``ForecastRefusal``.
  public init(
    fixed series: DailySeries, calendar: DemandCalendar, horizon: Int,
    method: ForecastMethod? = nil
  ) throws(ForecastRefusal) {
    let closures = Closures(series, calendar: calendar)
    try Self.refuse(series, closures)
    self.init(
      series, calendar, closures, horizon: horizon,
      method: method ?? (Self.isSparse(series, closures) ? .sparse : .middle))
  }

  /// A model with this method, without asking whether it is any good.
  init(
    _ series: DailySeries, _ calendar: DemandCalendar, _ closures: Closures, horizon: Int,
    backtest: Backtest? = nil, method: ForecastMethod
  ) {
    self.method = method
    self.calendar = calendar
    self.closures = closures
    self.backtest = backtest
    end = series.end
    prepared = PreparedSeries(series, calendar, closures)
    fitted = method.fit(prepared.values)
    band = ResidualBand(fitted, prepared.values, prepared.isCounted, horizon: horizon)
  }

  /// The forecasts from one day to another, both included.
  ///
  /// - Throws: ``ForecastRefusal/outOfReach(after:until:)``.
  public func forecast(from first: Day, to last: Day) throws(ForecastRefusal) -> [DayForecast] {
    let limit = end + Self.longestHorizon
    guard first > end, first <= last, last <= limit else {
      throw .outOfReach(after: end, until: limit)
    }
    let means = fitted.forecast(from: prepared.values.count, horizon: last - end)
    return (first.number...last.number).map { forecast(Day(number: $0), means) }
  }

  private func forecast(_ day: Day, _ means: [Double]) -> DayForecast {
    let kind = calendar.kind(day)
    guard !closures.isClosed(day, calendar) else {
      return DayForecast(day: day, low: 0, likely: 0, high: 0, kind: kind, isClosed: true)
    }
    let step = day - end - 1
    let index = prepared.values.count + step
    let factor = prepared.effects.factor(day, calendar, closures)
    let quantile = { (share: Double) in
      band.quantile(share, index: index, step: step, forecast: means[step]) * factor
    }
    let likely = means[step] * factor
    return DayForecast(
      day: day, low: min(quantile(0.1), likely), likely: likely, high: max(quantile(0.9), likely),
      kind: kind, isClosed: false)
  }

  private static func refuse(
    _ series: DailySeries, _ closures: Closures
  ) throws(ForecastRefusal) {
    guard series.known > 0 else { throw .empty }
    let missing = closures.gaps.reduce(0) { $0 + $1.count }
    let days = series.known - missing
    guard series.values.contains(where: { ($0 ?? 0) > 0 }) else { throw .allZero(days: days) }
    guard days >= shortestHistory else { throw .tooShort(days: days, needed: shortestHistory) }
  }

  /// Whether more than half of the open days have nothing, and the weekday doesn't explain it.
  private static func isSparse(_ series: DailySeries, _ closures: Closures) -> Bool {
    let open = series.values.indices.filter {
      !closures.weekdays.contains(series.day($0).weekday)
    }
    let values = open.compactMap { series.values[$0] }
    let zeros = values.count { $0 == 0 }
    return zeros * 2 > values.count && !Theta.isSeasonal(series.values.map { $0 ?? 0 })
  }
}
