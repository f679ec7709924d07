/// Croston's method with the bias correction of Syntetos and Boylan (International Journal of Forecasting 21, 2005):
/// size and interval of demands smoothed apart, their quotient times 1 - α/2.
struct Croston: Sendable {
  /// Smoothing of sizes and intervals.
  static let smoothing = 0.1
  /// The forecast after every position.
  private let levels: [Double]

  init(_ values: [Double]) {
    var levels: [Double] = [0]
    levels.reserveCapacity(values.count + 1)
    var size: Double?
    var interval = 0.0
    var since = 0.0
    for value in values {
      since += 1
      if value > 0 {
        if let old = size {
          size = old + Self.smoothing * (value - old)
          interval += Self.smoothing * (since - interval)
        } else {
          size = value
          interval = since
        }
        since = 0
      }
      levels.append(size.map { (1 - Self.smoothing / 2) * $0 / max(interval, 1) } ?? 0)
    }
    self.levels = levels
  }

  func forecast(from origin: Int) -> Double { levels[min(origin, levels.count - 1)] }
}
