/// A calendar date without a time zone.
public struct CalendarDate: Hashable, Sendable, Comparable {
  /// Year of the Gregorian calendar.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// Makes a date; nil when the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.days(year: year, month: month)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  private init(firstDayOf year: Int) {
    self.year = year
    month = 1
    day = 1
  }

  /// 1 January 2000.
  public static let first = CalendarDate(firstDayOf: 2000)

  /// Reads `YYYY-MM-DD`.
  public init?(iso text: String) {
    let parts = text.split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// ISO 8601, `YYYY-MM-DD`.
  public var iso: String { CalendarDate.iso(year: year, month: month, day: day) }

  /// The same for numbers that may be no date.
  static func iso(year: Int, month: Int, day: Int) -> String {
    let pad = { (number: Int, width: Int) in
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
  }

  /// Earlier dates first.
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool {
    (a.year, a.month, a.day) < (b.year, b.month, b.day)
  }

  /// Days of a month.
  public static func days(year: Int, month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
