import Foundation

/// The Theta method (Assimakopoulos and Nikolopoulos, 2000) in the form of Hyndman and Billah (2003): simple
/// exponential smoothing with half the linear trend as drift, on values without their weekly pattern.
struct Theta: Sendable {
  private let season: [Double]
  private let isMultiplicative: Bool
  private let alpha: Double
  private let drift: Double
  /// The level before every position.
  private let levels: [Double]

  init(_ values: [Double]) {
    isMultiplicative = (values.min() ?? 0) > 0
    season = Self.isSeasonal(values) ? Self.season(values, isMultiplicative) : []
    var adjusted = values
    if !season.isEmpty {
      for index in adjusted.indices {
        let part = season[index % week]
        adjusted[index] = isMultiplicative ? adjusted[index] / part : adjusted[index] - part
      }
    }
    drift = Self.slope(adjusted) / 2
    let found = NelderMead.minimum(start: [-1], step: 1, iterations: 40) { point in
      Self.smooth(adjusted, Self.alpha(point)).error
    }
    alpha = Self.alpha(found)
    levels = Self.smooth(adjusted, alpha).levels
  }

  func forecast(from origin: Int, step: Int) -> Double {
    let fade = (1 - pow(1 - alpha, Double(origin))) / alpha
    let level = levels[origin] + drift * (Double(step) + fade)
    guard !season.isEmpty else { return level }
    let part = season[(origin + step) % week]
    return isMultiplicative ? level * part : level + part
  }

  private static func alpha(_ point: [Double]) -> Double {
    0.01 + 0.98 * Logistic.value(point[0])
  }

  private static func smooth(
    _ values: [Double], _ alpha: Double
  ) -> (levels: [Double], error: Double) {
    var level = values.prefix(week).reduce(0, +) / Double(max(1, min(week, values.count)))
    var levels = [level]
    levels.reserveCapacity(values.count + 1)
    var error = 0.0
    for value in values {
      error += (value - level) * (value - level)
      level += alpha * (value - level)
      levels.append(level)
    }
    return (levels, error)
  }

  private static func slope(_ values: [Double]) -> Double {
    let count = Double(values.count)
    guard count > 1 else { return 0 }
    let middle = (count - 1) / 2
    let mean = values.reduce(0, +) / count
    var above = 0.0
    for (index, value) in values.enumerated() { above += (Double(index) - middle) * (value - mean) }
    return above / (count * (count * count - 1) / 12)
  }

  /// Whether the correlation at a lag of a week is more than chance at 90 % (the test of the M competitions).
  static func isSeasonal(_ values: [Double]) -> Bool {
    guard values.count >= 3 * week else { return false }
    let correlations = (1...week).map { Statistics.autocorrelation(values, lag: $0) }
    let sum = correlations.dropLast().reduce(0) { $0 + $1 * $1 }
    let limit = 1.645 * ((1 + 2 * sum) / Double(values.count)).squareRoot()
    return abs(correlations[week - 1]) > limit
  }

  /// The weekly pattern by classical decomposition: means of what is left beside a centred mean of a week.
  private static func season(_ values: [Double], _ isMultiplicative: Bool) -> [Double] {
    var sums = Array(repeating: 0.0, count: week)
    var counts = Array(repeating: 0.0, count: week)
    for index in 3..<values.count - 3 {
      let mean = values[index - 3...index + 3].reduce(0, +) / Double(week)
      sums[index % week] += isMultiplicative ? values[index] / mean : values[index] - mean
      counts[index % week] += 1
    }
    let means = zip(sums, counts).map { $1 > 0 ? $0 / $1 : (isMultiplicative ? 1 : 0) }
    let centre = means.reduce(0, +) / Double(week)
    return means.map { isMultiplicative ? max($0 / centre, 0.01) : $0 - centre }
  }
}
