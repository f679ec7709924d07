/// How far forecasts were from what came, over the days that were counted.
public struct ForecastError: Hashable, Sendable, Codable {
  /// Days compared.
  public internal(set) var days = 0
  /// Mean absolute error.
  public internal(set) var mae = 0.0
  /// Mean absolute error divided by that of "as a week before" inside the history (Hyndman and Koehler, 2006).
  public internal(set) var mase = 0.0
  /// Sum of absolute errors divided by the sum of what came.
  public internal(set) var wape = 0.0
  /// Mean of `2 |y - f| / (|y| + |f|)`, 0 to 2, where 0 and 0 count as no error.
  public internal(set) var smape = 0.0
  /// Mean quantile loss at 0.1, 0.5 and 0.9, divided as ``mase`` is.
  public internal(set) var scaledPinball = 0.0
  /// Share of days within the band from the 0.1 to the 0.9 quantile.
  public internal(set) var coverage = 0.0
}

/// Collects errors day by day.
struct ErrorSum {
  private var sum = ForecastError()
  private var actual = 0.0

  /// Adds a day.
  ///
  /// - Parameter scale: mean absolute difference to the week before, in the history that the forecast knew.
  mutating func add(_ value: Double, _ forecast: DayForecast, scale: Double) {
    let error = abs(value - forecast.likely)
    sum.days += 1
    sum.mae += error
    sum.mase += error / scale
    actual += value
    if value + forecast.likely > 0 { sum.smape += 2 * error / (value + forecast.likely) }
    let losses = [(0.1, forecast.low), (0.5, forecast.likely), (0.9, forecast.high)].map {
      max($0.0 * (value - $0.1), ($0.0 - 1) * (value - $0.1)) * 2
    }
    sum.scaledPinball += Statistics.mean(losses) / scale
    if value >= forecast.low, value <= forecast.high { sum.coverage += 1 }
  }

  /// The means.
  var result: ForecastError {
    var result = sum
    let count = Double(max(1, sum.days))
    result.wape = actual > 0 ? sum.mae / actual : 0
    result.mae /= count
    result.mase /= count
    result.smape /= count
    result.scaledPinball /= count
    result.coverage /= count
    return result
  }

  /// Mean absolute difference to a week before, of counted days; 1 where nothing ever differs.
  static func scale(_ values: [Double], _ isCounted: [Bool]) -> Double {
    var sum = 0.0
    var count = 0.0
    for index in values.indices.dropFirst(week) where isCounted[index] && isCounted[index - week] {
      sum += abs(values[index] - values[index - week])
      count += 1
    }
    return count > 0 && sum > 0 ? sum / count : 1
  }
}
