/// Public holidays of Spain, computed.
///
/// National ones by article 45.1 of Royal Decree 2001/1983 as it stands; of a region the days that it keeps every
/// year. What a year's own decree moves or adds, and local feasts, belong into the ``DemandCalendar`` file.
public enum SpanishHolidays {
  /// Codes of the regions (ISO 3166-2:ES without the country), sorted.
  public static var regions: [String] { regional.keys.sorted() }

  /// Easter Sunday in the Gregorian calendar (anonymous algorithm, Meeus, Astronomical Algorithms, chapter 8).
  public static func easter(_ year: Int) -> Day {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let sum = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114
    return Day(year: year, month: sum / 31, day: sum % 31 + 1) ?? Day(number: 0)
  }

  /// The holidays of a year, in order.
  ///
  /// - Parameter region: for example `MD` for Madrid; nil or unknown: the national ones alone.
  public static func days(_ year: Int, region: String? = nil) -> [Day] {
    let rules = national + (region.flatMap { regional[$0] } ?? [])
    return Set(rules.compactMap { $0.day(in: year) }).sorted()
  }

  /// Whether the day is a holiday.
  public static func contains(_ day: Day, region: String? = nil) -> Bool {
    let (year, month, inMonth) = day.parts
    let rules = national + (region.flatMap { regional[$0] } ?? [])
    return rules.contains { rule in
      switch rule {
      case .fixed(let m, let d): m == month && d == inMonth
      case .easter(let offset): day == easter(year) + offset
      }
    }
  }

  private enum Rule {
    case fixed(Int, Int)
    /// Days after Easter Sunday.
    case easter(Int)

    func day(in year: Int) -> Day? {
      switch self {
      case .fixed(let month, let day): Day(year: year, month: month, day: day)
      case .easter(let offset): SpanishHolidays.easter(year) + offset
      }
    }
  }

  private static let national: [Rule] = [
    .fixed(1, 1), .fixed(1, 6), .easter(-2), .fixed(5, 1), .fixed(8, 15), .fixed(10, 12),
    .fixed(11, 1), .fixed(12, 6), .fixed(12, 8), .fixed(12, 25),
  ]

  private static let maundyThursday = Rule.easter(-3)
  private static let easterMonday = Rule.easter(1)

  private static let regional: [String: [Rule]] = [
    "AN": [maundyThursday, .fixed(2, 28)],
    "AR": [maundyThursday, .fixed(4, 23)],
    "AS": [maundyThursday, .fixed(9, 8)],
    "CB": [maundyThursday, .fixed(7, 28), .fixed(9, 15)],
    "CE": [maundyThursday, .fixed(9, 2)],
    "CL": [maundyThursday, .fixed(4, 23)],
    "CM": [maundyThursday, .fixed(5, 31)],
    "CN": [maundyThursday, .fixed(5, 30)],
    "CT": [easterMonday, .fixed(6, 24), .fixed(9, 11), .fixed(12, 26)],
    "EX": [maundyThursday, .fixed(9, 8)],
    "GA": [maundyThursday, .fixed(5, 17), .fixed(7, 25)],
    "IB": [maundyThursday, easterMonday, .fixed(3, 1)],
    "MC": [maundyThursday, .fixed(6, 9)],
    "MD": [maundyThursday, .fixed(5, 2)],
    "ML": [maundyThursday, .fixed(9, 17)],
    "NC": [maundyThursday, easterMonday, .fixed(12, 3)],
    "PV": [maundyThursday, easterMonday, .fixed(7, 25)],
    "RI": [maundyThursday, easterMonday, .fixed(6, 9)],
    "VC": [easterMonday, .fixed(3, 19), .fixed(6, 24), .fixed(10, 9)],
  ]
}
