/// The quantiles of what may come, from how far the same method was off before.
///
/// Errors are collected from every position of the last half year at which the method could have been asked, apart
/// for near and far days, and measured in what the weekday is usually off by: busy weekdays get wider bands.
struct ResidualBand: Sendable {
  /// Sorted errors in units of ``usual``, by week ahead.
  private let groups: [[Double]]
  /// The mean absolute error by weekday, counted from the first day of the series.
  private let usual: [Double]
  /// The parameters were found on the same days, so the errors are a little too small; the more so the fewer days.
  private let inflation: Double

  private static let history = 182
  private static let shortestHistory = 28
  /// Weeks ahead that have errors of their own.
  private static let weeksAhead = 4
  /// Days of the overall mean that every weekday's own mean begins with.
  private static let prior = 12.0

  private struct Miss {
    let index: Int
    let step: Int
    let error: Double
  }

  init(_ fitted: FittedMethod, _ values: [Double], _ isCounted: [Bool], horizon: Int) {
    let horizon = max(1, min(horizon, Self.weeksAhead * week))
    inflation = 1.04 + 12 / Double(max(values.count, 1))
    let misses = Self.misses(fitted, values, isCounted, horizon)
    let overall = Statistics.mean(misses.map { abs($0.error) })
    var sums = Array(repeating: overall * Self.prior, count: week)
    var counts = Array(repeating: Self.prior, count: week)
    for miss in misses {
      sums[miss.index % week] += abs(miss.error)
      counts[miss.index % week] += 1
    }
    let usual = overall > 0 ? zip(sums, counts).map { $0 / $1 } : Array(repeating: 1, count: week)
    self.usual = usual
    groups = (0..<(horizon + week - 1) / week).map { group in
      let own = misses.filter { $0.step / week == group }
      return (own.count >= 2 * week ? own : misses).map { $0.error / usual[$0.index % week] }
        .sorted()
    }
  }

  /// The quantile for a day, never below zero.
  ///
  /// - Parameters:
  ///   - index: its position, counted from the first of the series.
  ///   - step: days between the last known day and it, from 0.
  func quantile(_ share: Double, index: Int, step: Int, forecast: Double) -> Double {
    let error = Statistics.quantile(sorted: groups[min(step / week, groups.count - 1)], share)
    return max(0, forecast + error * inflation * usual[index % week])
  }

  private static func misses(
    _ fitted: FittedMethod, _ values: [Double], _ isCounted: [Bool], _ horizon: Int
  ) -> [Miss] {
    let count = values.count
    let first = max(min(shortestHistory, count - week), count - history, week)
    var misses: [Miss] = []
    for origin in first..<max(first, count) {
      let steps = min(horizon, count - origin)
      let forecast = fitted.forecast(from: origin, horizon: steps)
      for step in 0..<steps where isCounted[origin + step] {
        let index = origin + step
        misses.append(Miss(index: index, step: step, error: values[index] - forecast[step]))
      }
    }
    return misses
  }
}
