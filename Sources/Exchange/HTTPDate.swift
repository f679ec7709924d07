/// Times as protocols write them, all in UTC and by digits: no locale has a say.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  /// `20150830T123600Z`.
  static func compact(_ seconds: Int64) -> String {
    iso(seconds).filter { $0 != "-" && $0 != ":" }
  }

  /// `2015-08-30T12:36:00Z`.
  static func iso(_ seconds: Int64) -> String { Timestamp.text(seconds * 1_000) }

  /// `Sun, 30 Aug 2015 12:36:00 GMT` (RFC 9110, 5.6.7).
  static func http(_ seconds: Int64) -> String {
    let text = iso(seconds)
    let parts = text.split { "-T:Z".contains($0) }
    let day = days[Int(((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400 % 7 + 7) % 7)]
    let month = months[(Int(parts[1]) ?? 1) - 1]
    return "\(day), \(parts[2]) \(month) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
  }

  /// Seconds since 1970-01-01 UTC of a date like the one of ``http(_:)``; nil for anything else.
  static func seconds(_ text: String) -> Int64? {
    let parts = text.split { " ,:".contains($0) }
    guard parts.count == 8, parts[7] == "GMT", let day = Int64(parts[1]),
      let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
      let hour = Int64(parts[4]), let minute = Int64(parts[5]), let second = Int64(parts[6]),
      (1970...9999).contains(year), (1...31).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    // Days before the year's first of March, then days of whole months from March on.
    let shifted = month < 2 ? year - 1 : year
    let fromMarch = Int64(month < 2 ? month + 10 : month - 2)
    let days =
      shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (153 * fromMarch + 2) / 5
      + day - 1 - 719_468
    return ((days * 24 + hour) * 60 + minute) * 60 + second
  }
}
