/// Times as ISO 8601 in UTC, `2026-11-21T09:30:00Z`, written digit by digit: exports have millions of them.
package enum Timestamp {
  private static let secondsPerDay: Int64 = 86_400

  /// The time of so many milliseconds since 1970-01-01 UTC; the fraction is left out.
  package static func text(_ milliseconds: Int64) -> String {
    var buffer: [UInt8] = []
    append(milliseconds, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  /// Appends the time of so many milliseconds since 1970-01-01 UTC; the fraction is left out.
  static func append(_ milliseconds: Int64, to buffer: inout [UInt8]) {
    let seconds = milliseconds.floorDivided(by: 1_000)
    let days = seconds.floorDivided(by: secondsPerDay)
    let time = Int(seconds - days * secondsPerDay)
    let (year, month, day) = date(daysSince1970: days)
    append(year, 4, to: &buffer)
    buffer.append(UInt8(ascii: "-"))
    append(month, 2, to: &buffer)
    buffer.append(UInt8(ascii: "-"))
    append(day, 2, to: &buffer)
    buffer.append(UInt8(ascii: "T"))
    append(time / 3_600, 2, to: &buffer)
    buffer.append(UInt8(ascii: ":"))
    append(time / 60 % 60, 2, to: &buffer)
    buffer.append(UInt8(ascii: ":"))
    append(time % 60, 2, to: &buffer)
    buffer.append(UInt8(ascii: "Z"))
  }

  /// The civil date of a day, by counting years from March so that the leap day comes last.
  private static func date(daysSince1970 days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5) + 1
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }

  private static func append(_ number: Int, _ digits: Int, to buffer: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      buffer.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    self / divisor - (self % divisor < 0 ? 1 : 0)
  }
}
