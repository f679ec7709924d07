import Forecast
import Store

/// How a query walks over a ``StreamedTable``. SQLite keeps it as text between planning and walking.
struct StreamPlan: Hashable {
  /// A column that rows are brought together by.
  struct Group: Hashable {
    let column: Int
    let isDescending: Bool
  }

  /// What the values that come with a walk limit, in their order.
  var limits: [StreamLimit] = []
  /// What rows are grouped and sorted by; empty: rows come in the order of the store.
  var groups: [Group] = []

  init() {}

  init(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    limits = (parts.first ?? "").compactMap { StreamLimit(rawValue: $0) }
    groups = (parts.count > 1 ? parts[1] : "").split(separator: ",").compactMap { part in
      Int(part.drop { $0 == "-" }).map { Group(column: $0, isDescending: part.hasPrefix("-")) }
    }
  }

  var text: String {
    String(limits.map(\.rawValue)) + "/"
      + groups.map { ($0.isDescending ? "-" : "") + String($0.column) }.joined(separator: ",")
  }
}

/// What a query says of a submission, and the store can judge without opening it.
enum StreamLimit: Character {
  case day = "="
  case afterDay = ">"
  case fromDay = "g"
  case beforeDay = "<"
  case throughDay = "l"
  case office = "o"

  /// A comparison of SQL.
  enum Comparison { case equal, above, from, below, through }

  /// Nil where a submission would have to be opened.
  init?(_ column: String, _ comparison: Comparison) {
    switch (column, comparison) {
    case ("dt", .equal): self = .day
    case ("dt", .above): self = .afterDay
    case ("dt", .from): self = .fromDay
    case ("dt", .below): self = .beforeDay
    case ("dt", .through): self = .throughDay
    case ("office", .equal): self = .office
    default: return nil
    }
  }

  /// Narrows a filter; SQLite looks at every row again, so what is not understood is left to it.
  func narrow(_ filter: inout SubmissionFilter, _ value: SQLValue) {
    guard case .text(let text) = value else { return }
    if self == .office {
      if filter.office == nil, !text.isEmpty { filter.office = text }
      return
    }
    guard let day = Day(text) else { return }
    let since: Day? =
      switch self {
      case .day, .fromDay: day
      case .afterDay: day + 1
      default: nil
      }
    let before: Day? =
      switch self {
      case .day, .throughDay: day + 1
      case .beforeDay: day
      default: nil
      }
    if let since { filter.since = max(filter.since ?? .min, since.milliseconds) }
    if let before { filter.before = min(filter.before ?? .max, before.milliseconds) }
  }
}
