/// What was counted on consecutive days.
public struct DailySeries: Hashable, Sendable {
  /// The first day.
  public let start: Day
  /// One number a day, zero or more; nil where nothing is known.
  public private(set) var values: [Double?]

  /// Makes a series.
  public init(start: Day, values: [Double?]) {
    self.start = start
    self.values = values
  }

  /// Makes a series of counts by day; days between the first and the last without a count are zero.
  ///
  /// Nil when there are none, or when the days lie further apart than 50 years: one of them is wrong then.
  public init?(counts: [Day: Int]) {
    guard let first = counts.keys.min(), let last = counts.keys.max(),
      last - first < Self.longest
    else { return nil }
    start = first
    values = Array(repeating: 0, count: last - first + 1)
    for (day, count) in counts { values[day - first] = Double(max(0, count)) }
  }

  /// The most days a series has.
  public static let longest = 18_263

  /// The last day.
  public var end: Day { start + (values.count - 1) }

  /// The day at a position.
  public func day(_ index: Int) -> Day { start + index }

  /// How many days are known.
  public var known: Int { values.count { $0 != nil } }

  /// The series up to a position, without it.
  public func prefix(_ count: Int) -> DailySeries {
    DailySeries(start: start, values: Array(values.prefix(count)))
  }

  /// The series with nothing known of the days at these positions.
  public func leavingOut(_ positions: Range<Int>) -> DailySeries {
    var series = self
    for index in positions { series.values[index] = nil }
    return series
  }
}
