/// Days on which nothing is counted for a reason: closed weekdays, closed holidays, and gaps in the data.
public struct Closures: Hashable, Sendable {
  /// Weekdays (0 is Monday) on which nobody is served.
  public let weekdays: Set<Int>
  /// Whether nobody is served on holidays.
  public let onHolidays: Bool
  /// Stretches of days without any data that no closed day explains, as positions of the series.
  public let gaps: [Range<Int>]

  /// Open days in a row without anything before they pass for a gap in the data.
  static let shortestGap = 7

  /// Looks at what the whole organisation (or office) counted.
  ///
  /// A weekday or the holidays are closed when at most one of twenty of them has anything, of at least four. A gap
  /// is at least ``shortestGap`` open days long and would be improbable by chance: the series has more than one
  /// count a day on the open days around it.
  public init(_ series: DailySeries, calendar: DemandCalendar) {
    var counted = Array(repeating: 0, count: 8)
    var busy = Array(repeating: 0, count: 8)
    let kinds = series.values.indices.map { calendar.kind(series.day($0)) }
    for (index, value) in series.values.enumerated() {
      guard let value else { continue }
      let place = kinds[index] == .holiday ? 7 : series.day(index).weekday
      if kinds[index] == .closed { continue }
      counted[place] += 1
      if value > 0 { busy[place] += 1 }
    }
    let isClosed = { (place: Int) in counted[place] >= 4 && busy[place] * 20 <= counted[place] }
    let weekdays = Set((0..<7).filter(isClosed))
    // A series of zeros is not closed on every day of the week; it is just empty.
    let isEmpty = !series.values.contains { ($0 ?? 0) > 0 }
    self.weekdays = isEmpty ? [] : weekdays
    let holidaysClosed = !isEmpty && isClosed(7)
    onHolidays = holidaysClosed
    let open = series.values.indices.map { index in
      kinds[index] != .closed && !(kinds[index] == .holiday && holidaysClosed)
        && (isEmpty || !weekdays.contains(series.day(index).weekday))
    }
    gaps = isEmpty ? [] : Self.gaps(series, open)
  }

  /// None.
  public init() {
    weekdays = []
    onHolidays = false
    gaps = []
  }

  /// Whether nobody is served on a day.
  public func isClosed(_ day: Day, _ calendar: DemandCalendar) -> Bool {
    switch calendar.kind(day) {
    case .closed: true
    case .holiday where onHolidays: true
    case .campaign: false
    default: weekdays.contains(day.weekday)
    }
  }

  private static func gaps(_ series: DailySeries, _ open: [Bool]) -> [Range<Int>] {
    var gaps: [Range<Int>] = []
    var start: Int?
    var length = 0
    let openDays = open.count { $0 }
    let total = series.values.reduce(0) { $0 + ($1 ?? 0) }
    let mean = openDays > 0 ? total / Double(openDays) : 0
    for index in series.values.indices {
      if (series.values[index] ?? 0) > 0 {
        if let begin = start, length >= shortestGap, mean * Double(length) > 12 {
          gaps.append(begin..<index)
        }
        start = nil
        length = 0
      } else {
        if start == nil { start = index }
        if open[index] { length += 1 }
      }
    }
    return gaps
  }
}
