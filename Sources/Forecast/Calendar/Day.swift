/// A day of the Gregorian calendar.
public struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before.
  public let number: Int

  /// Makes a day from its number.
  public init(number: Int) { self.number = number }

  /// The day of a year, month and day of the month; nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    self.init(number: Self.number(year, month, day))
    guard parts == (year, month, day) else { return nil }
  }

  /// Reads ISO 8601, `2026-11-21`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let digits = text.utf8.map { Int($0) - 48 }
    guard digits.count == 10, digits[4] == -3, digits[7] == -3 else { return nil }
    let number = { (range: Range<Int>) -> Int? in
      digits[range].reduce(Optional(0)) { sum, digit in
        (0...9).contains(digit) ? sum.map { $0 * 10 + digit } : nil
      }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// The day in UTC of a moment, milliseconds since 1970-01-01 UTC.
  public init(milliseconds: Int64) {
    let day: Int64 = 86_400_000
    number = Int((milliseconds >= 0 ? milliseconds : milliseconds - day + 1) / day)
  }

  /// When the day begins in UTC, milliseconds since 1970-01-01 UTC.
  public var milliseconds: Int64 { Int64(number) * 86_400_000 }

  /// 0 is Monday, 6 is Sunday.
  public var weekday: Int { ((number + 3) % 7 + 7) % 7 }

  /// Year, month (1 to 12) and day of the month (from 1).
  public var parts: (year: Int, month: Int, day: Int) {
    // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let inEra = shifted - era * 146_097
    let year = (inEra - inEra / 1_460 + inEra / 36_524 - inEra / 146_096) / 365
    let inYear = inEra - (365 * year + year / 4 - year / 100)
    let month = (5 * inYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return (
      year + era * 400 + (civil <= 2 ? 1 : 0), civil, inYear - (153 * month + 2) / 5 + 1
    )
  }

  /// ISO 8601, `2026-11-21`.
  public var description: String {
    let (year, month, day) = parts
    return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
  }

  /// By time.
  public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  /// The day that many days later.
  public static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }

  /// Days from `b` to `a`.
  public static func - (a: Day, b: Day) -> Int { a.number - b.number }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let inEra = year - era * 400
    let inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + inEra * 365 + inEra / 4 - inEra / 100 + inYear - 719_468
  }
}
