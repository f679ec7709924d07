/// What a method would have said in the past: from several days, each time with what was known then.
public struct Backtest: Hashable, Sendable {
  /// The method that was tried.
  public let method: ForecastMethod
  /// Its error.
  public let error: ForecastError
  /// That of "as a week before" on the same days.
  public let floor: ForecastError
  /// How many days in the past were asked from.
  public let origins: Int
  /// Days ahead that were asked for each time.
  public let horizon: Int

  /// Most days to ask from.
  static let mostOrigins = 6

  /// Whether the method did better than the floor, in the middle and in its quantiles.
  public var beatsFloor: Bool {
    error.mase < floor.mase && error.scaledPinball < floor.scaledPinball
  }

  /// Asks from up to six days, `horizon` apart, the last ones first; nil where the history is too short for two.
  init?(
    _ series: DailySeries, calendar: DemandCalendar, closures: Closures, method: ForecastMethod,
    horizon: Int
  ) {
    let count = series.values.count
    let room = (count - DemandModel.shortestHistory) / horizon
    guard room >= 2 else { return nil }
    origins = min(room, Self.mostOrigins)
    self.method = method
    self.horizon = horizon
    var sum = ErrorSum()
    var floorSum = ErrorSum()
    for number in (1...origins).reversed() {
      let known = series.prefix(count - number * horizon)
      let past = PreparedSeries(known, calendar, closures)
      let scale = ErrorSum.scale(past.values, past.isCounted)
      let all = [method, .seasonalNaive].map {
        DemandModel(known, calendar, closures, horizon: horizon, method: $0)
      }
      let gaps = closures.gaps
      for step in 0..<horizon {
        let index = known.values.count + step
        guard let value = series.values[index], !gaps.contains(where: { $0.contains(index) }),
          let forecasts = try? all.map({
            try $0.forecast(from: series.day(index), to: series.day(index))
          }), !forecasts[0][0].isClosed
        else { continue }
        sum.add(value, forecasts[0][0], scale: scale)
        floorSum.add(value, forecasts[1][0], scale: scale)
      }
    }
    error = sum.result
    floor = floorSum.result
    guard error.days > 0 else { return nil }
  }
}
