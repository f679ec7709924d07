/// A series as the methods want it: no day missing, the effects of the calendar taken out.
struct PreparedSeries: Sendable {
  /// One value a day.
  let values: [Double]
  /// Whether the value of a day was counted, and not put in for one that is unknown or closed.
  let isCounted: [Bool]
  let effects: CalendarEffects
  let start: Day

  init(_ series: DailySeries, _ calendar: DemandCalendar, _ closures: Closures) {
    start = series.start
    let days = series.values.indices.map(series.day)
    var known = series.values
    for gap in closures.gaps { for index in gap where index < known.count { known[index] = nil } }
    for (index, day) in days.enumerated() where calendar.kind(day) != nil {
      if closures.isClosed(day, calendar) { known[index] = nil }
    }
    // The days around the holidays themselves are no measure of an ordinary day either.
    let marks = CalendarEffects.marks(days, calendar, closures)
    let ordinary = known.indices.map { marks[$0] == nil ? known[$0] : nil }
    let expected = { (index: Int) in Self.neighbours(ordinary, index) ?? 0 }
    let effects = CalendarEffects(
      known.indices.compactMap { index in
        guard let mark = marks[index], let value = known[index] else { return nil }
        return (mark, value, expected(index))
      })
    self.effects = effects
    isCounted = known.map { $0 != nil }
    values = known.indices.map { index in
      guard let value = known[index] else { return expected(index) }
      let factor = effects.factor(marks[index])
      return factor >= 0.2 ? value / factor : expected(index)
    }
  }

  /// The mean of the same weekday's values nearest to a position, two on each side.
  private static func neighbours(_ values: [Double?], _ index: Int) -> Double? {
    var found: [Double] = []
    for direction in [-week, week] {
      var place = index + direction
      var wanted = 2
      while wanted > 0, values.indices.contains(place) {
        if let value = values[place] {
          found.append(value)
          wanted -= 1
        }
        place += direction
      }
    }
    return found.isEmpty ? nil : Statistics.mean(found)
  }
}

/// By how much single days differ from ordinary ones of their weekday: factors learned from the series itself.
struct CalendarEffects: Hashable, Sendable {
  private let factors: [String: Double]

  /// Days' worth of ordinary demand that speak against every effect, so that one odd day proves little.
  private static let doubt = 3.0

  init(_ days: [(mark: String, value: Double, expected: Double)]) {
    var sums: [String: (value: Double, expected: Double, count: Double)] = [:]
    for day in days {
      let sum = sums[day.mark] ?? (0, 0, 0)
      sums[day.mark] = (sum.value + day.value, sum.expected + day.expected, sum.count + 1)
    }
    factors = sums.mapValues { sum in
      let prior = Self.doubt * sum.expected / sum.count
      let below = sum.expected + prior
      return below > 0 ? min(5, (sum.value + prior) / below) : 1
    }
  }

  /// The factor of a day's mark.
  func factor(_ mark: String?) -> Double { mark.flatMap { factors[$0] } ?? 1 }

  /// The factor of a day. A campaign that was never held before says nothing: what else is special about the day stands.
  func factor(_ day: Day, _ calendar: DemandCalendar, _ closures: Closures) -> Double {
    let mark = Self.mark(day, calendar, closures)
    if case .campaign = calendar.kind(day), let mark, factors[mark] == nil {
      return factor(Self.ordinaryMark(day, calendar, closures))
    }
    return factor(mark)
  }

  /// What is special about each of consecutive days; nil for an ordinary one.
  static func marks(
    _ days: [Day], _ calendar: DemandCalendar, _ closures: Closures
  ) -> [String?] {
    days.map { mark($0, calendar, closures) }
  }

  static func mark(_ day: Day, _ calendar: DemandCalendar, _ closures: Closures) -> String? {
    if let kind = calendar.kind(day) { return kind.name }
    return ordinaryMark(day, calendar, closures)
  }

  /// What is special about a day that the calendar says nothing of: people come more on the first days of a month.
  private static func ordinaryMark(
    _ day: Day, _ calendar: DemandCalendar, _ closures: Closures
  ) -> String? {
    if day.parts.day <= 2 { return "month_start" }
    return afterHoliday(day, calendar, closures) ? "after_holiday" : nil
  }

  /// Whether it is the first open day behind a holiday.
  private static func afterHoliday(
    _ day: Day, _ calendar: DemandCalendar, _ closures: Closures
  ) -> Bool {
    var before = day + -1
    for _ in 0..<week {
      switch calendar.kind(before) {
      case .holiday, .closed: return true
      case .campaign: return false
      case nil:
        guard closures.weekdays.contains(before.weekday) else { return false }
        before = before + -1
      }
    }
    return false
  }
}
