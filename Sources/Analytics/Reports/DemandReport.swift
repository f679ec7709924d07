import Forecast

/// People by week: all, by office and by need. Groups that are smaller than a minimum are not told.
public struct DemandReport: Hashable, Sendable, Codable {
  /// One count.
  public struct Row: Hashable, Sendable, Codable {
    /// The week's Monday, ISO 8601.
    public let week: String
    /// `all`, `office` or `need`.
    public let kind: String
    /// The office or need; empty for all.
    public let name: String
    /// How many; nil where they are fewer than the minimum, or where fewer would follow from it.
    public let people: Int?
  }

  /// Schema of the report.
  public private(set) var schema = "acogida.report.demand/1"
  /// Counts in the order of weeks.
  public let rows: [Row]
  /// The fewest people that are told.
  public let minimum: Int

  /// Sums up counts.
  public init(_ counts: DemandCounts, minimum: Int = 5) {
    self.minimum = minimum
    var rows: [Row] = []
    let weeks = { (days: [Day: Int]) in
      days.reduce(into: [Day: Int]()) { $0[$1.key + -$1.key.weekday, default: 0] += $1.value }
    }
    let add = { (kind: String, name: String, weeks: [Day: Int], isTold: (Day, Int) -> Bool) in
      for (week, count) in weeks where count > 0 {
        rows.append(
          Row(
            week: week.description, kind: kind, name: name,
            people: isTold(week, count) ? count : nil))
      }
    }
    let isEnough = { (_: Day, count: Int) in count >= minimum }
    add("all", "", weeks(counts.byDay()), isEnough)
    let offices = counts.offices.map { (name: $0, weeks: weeks(counts.byDay(office: $0))) }
    var told: [Day: Set<String>] = [:]
    for week in Set(offices.flatMap(\.weeks.keys)) {
      let groups = offices.map { (name: $0.name, people: $0.weeks[week] ?? 0) }
      told[week] = SmallGroups.told(groups, minimum: minimum)
    }
    for office in offices where !office.name.isEmpty {
      add("office", office.name, office.weeks) { week, _ in
        told[week]?.contains(office.name) ?? false
      }
    }
    for need in counts.needs { add("need", need, weeks(counts.byDay(.needs([need]))), isEnough) }
    self.rows = rows.sorted { ($0.week, $0.kind, $0.name) < ($1.week, $1.kind, $1.name) }
  }

  /// The counts as CSV; what is not told is empty.
  public var csv: String {
    "week,kind,name,people\r\n"
      + rows.map { "\($0.week),\($0.kind),\($0.name),\($0.people.map(String.init) ?? "")\r\n" }
      .joined()
  }
}
