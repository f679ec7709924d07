import Forecast
import Forms
import Interview
import Store

/// How many people were served, by day, office and need: numbers without anybody behind them.
public struct DemandCounts: Hashable, Sendable {
  /// One cell of the counts.
  public struct Key: Hashable, Sendable, Comparable {
    /// The day of submission in UTC.
    public let day: Day
    /// The office's code; empty where none was set.
    public let office: String
    /// By day, then office.
    public static func < (a: Key, b: Key) -> Bool { (a.day, a.office) < (b.day, b.office) }
  }

  /// Submissions by day and office.
  public private(set) var totals: [Key: Int] = [:]
  /// Submissions by the sets of needs that they name; what one person needs is counted once for a group of needs.
  private var combinations: [Key: [Set<String>: Int]] = [:]

  /// Which submissions a series counts.
  public enum Selection: Hashable, Sendable {
    /// All.
    case all
    /// Those that name any of these needs.
    case needs(Set<String>)
  }

  /// The field that holds needs.
  public static let needsField = FieldName("needs")

  /// No counts.
  public init() {}

  /// Counts the submissions of a source. Values that nobody decided about are not counted as needs.
  ///
  /// - Throws: ``StoreError``.
  public init(_ source: AnalyticsSource) throws {
    let needs = Array(Self.needsField.rawValue.utf8)
    try source.forEachRow { row in
      var named: Set<String> = []
      for cell in row.cells
      where cell.status.isDecided && row.bytes[cell.name].elementsEqual(needs) {
        if case .list(let items) = row.value(cell) { named = Set(items) }
      }
      add(Day(milliseconds: row.submitted), row.office, named)
    }
  }

  /// Counts one submission.
  public mutating func add(_ day: Day, _ office: String, _ needs: Set<String>) {
    let key = Key(day: day, office: office)
    totals[key, default: 0] += 1
    combinations[key, default: [:]][needs, default: 0] += 1
  }

  /// The offices, in order.
  public var offices: [String] { Set(totals.keys.map(\.office)).sorted() }

  /// The needs that were named, in order.
  public var needs: [String] {
    combinations.values.reduce(into: Set<String>()) { all, sets in
      for set in sets.keys { all.formUnion(set) }
    }.sorted()
  }

  /// How many there are.
  public var count: Int { totals.values.reduce(0, +) }

  /// The first and the last day on which anybody was served.
  public var days: ClosedRange<Day>? {
    guard let first = totals.keys.map(\.day).min(), let last = totals.keys.map(\.day).max() else {
      return nil
    }
    return first...last
  }

  /// Counts by day.
  ///
  /// - Parameters:
  ///   - office: nil for all offices.
  ///   - before: days from this one on are left out: today is not over.
  public func byDay(
    _ selection: Selection = .all, office: String? = nil, before: Day? = nil
  ) -> [Day: Int] {
    var counts: [Day: Int] = [:]
    for (key, sets) in combinations
    where (office == nil || key.office == office) && before.map({ key.day < $0 }) ?? true {
      for (set, count) in sets where selection.matches(set) { counts[key.day, default: 0] += count }
    }
    return counts
  }

  /// A series from the first day to the last on which anybody at all was served; days without are zero.
  ///
  /// Nil when there are no days.
  public func series(
    _ selection: Selection = .all, office: String? = nil, before: Day? = nil
  ) -> DailySeries? {
    var counts = byDay(selection, office: office, before: before)
    let all = byDay(office: office, before: before)
    for edge in [all.keys.min(), all.keys.max()].compactMap(\.self) {
      counts[edge, default: 0] += 0
    }
    return DailySeries(counts: counts)
  }
}

extension DemandCounts.Selection {
  fileprivate func matches(_ needs: Set<String>) -> Bool {
    switch self {
    case .all: true
    case .needs(let wanted): !wanted.isDisjoint(with: needs)
    }
  }
}
