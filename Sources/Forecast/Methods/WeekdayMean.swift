/// The mean of the same weekday in the weeks before; of one week it is the seasonal naive forecast.
struct WeekdayMean: Sendable {
  private let values: [Double]
  private let weeks: Int

  init(_ values: [Double], weeks: Int) {
    self.values = values
    self.weeks = weeks
  }

  func forecast(from origin: Int, step: Int) -> Double {
    var index = origin - week + step % week
    var sum = 0.0
    var count = 0.0
    for _ in 0..<weeks where index >= 0 {
      sum += values[index]
      count += 1
      index -= week
    }
    return count > 0 ? sum / count : values.prefix(origin).last ?? 0
  }
}
