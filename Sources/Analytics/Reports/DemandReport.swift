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
    /// How many; nil where they are fewer than the minimum and not nobody.
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
    let add = { (kind: String, name: String, days: [Day: Int]) in
      var weeks: [Day: Int] = [:]
      for (day, count) in days { weeks[day + -day.weekday, default: 0] += count }
      for (week, count) in weeks where count > 0 {
        rows.append(
          Row(
            week: week.description, kind: kind, name: name,
            people: count >= minimum || kind == "all" ? count : nil))
      }
    }
    add("all", "", counts.byDay())
    for office in counts.offices where !office.isEmpty {
      add("office", office, counts.byDay(office: office))
    }
    for need in counts.needs { add("need", need, counts.byDay(.needs([need]))) }
    self.rows = rows.sorted { ($0.week, $0.kind, $0.name) < ($1.week, $1.kind, $1.name) }
  }

  /// The counts as CSV; what is not told is empty.
  public var csv: String {
    "week,kind,name,people\r\n"
      + rows.map { "\($0.week),\($0.kind),\($0.name),\($0.people.map(String.init) ?? "")\r\n" }
      .joined()
  }
}
