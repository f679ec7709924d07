/// The mean, or the median, of the same weekday in the weeks before; the mean of one week is the seasonal naive forecast.
///
/// The median of four weeks is the mean of the middle two: one day that was unlike all others (a holiday, a closed
/// office, a rush) does not move it, where it would move the mean by a quarter of itself.
struct WeekdayMean: Sendable {
  private let values: [Double]
  private let weeks: Int
  private let isMedian: Bool

  init(_ values: [Double], weeks: Int, isMedian: Bool = false) {
    self.values = values
    self.weeks = weeks
    self.isMedian = isMedian
  }

  func forecast(from origin: Int, step: Int) -> Double {
    let last = origin - week + step % week
    let same = (0..<weeks).map { last - $0 * week }.filter { $0 >= 0 }.map { values[$0] }
    guard !same.isEmpty else { return values.prefix(origin).last ?? 0 }
    return isMedian ? Statistics.quantile(sorted: same.sorted(), 0.5) : Statistics.mean(same)
  }
}
