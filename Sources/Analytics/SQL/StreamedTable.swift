import Store

/// The rows of a table while a query walks over them: some submissions at a time are opened, and forgotten.
///
/// A query that reads the table once, from its beginning to its end, so needs no room for it.
final class StreamedTable {
  /// Why a walk ended before its end.
  enum Interruption: Error {
    /// The query walks a second time: the rows should rather be kept.
    case walkedAgain
  }

  /// Submissions that are open together.
  private static let window: Int64 = 256

  private let source: AnalyticsSource
  let table: AnalyticsTable
  /// Which columns are wanted; others are null.
  let places: [Bool]
  private var walks = 0
  /// Whether a second walk may be told to stop: nothing was answered yet.
  var canInterrupt = true
  /// What went wrong, for whoever runs the query: SQLite passes on numbers only.
  var failure: (any Error)?

  init(_ source: AnalyticsSource, _ table: AnalyticsTable, columns: Set<String>) {
    self.source = source
    self.table = table
    places = table.columns.map { columns.contains($0.name) }
  }

  /// Begins to walk as a plan says, with the values that the query compares with.
  func begin(_ plan: StreamPlan, _ values: [SQLValue]) throws -> any RowCursor {
    walks += 1
    if walks > 1, canInterrupt { throw Interruption.walkedAgain }
    var filter = source.filter
    for (limit, value) in zip(plan.limits, values) { limit.narrow(&filter, value) }
    let last = try source.submissions.lastNumber()
    var walk = Walk(source.with(filter), table, places, window: Self.window, last: last)
    try walk.open()
    return plan.groups.isEmpty ? walk : try GroupedRows(walk, by: plan.groups, places)
  }

  /// One walk over the submissions.
  private struct Walk: RowCursor {
    let source: AnalyticsSource
    let table: AnalyticsTable
    let places: [Bool]
    let window: Int64
    /// The number of the last submission.
    let last: Int64
    var rows: [[SQLValue]] = []
    var place = 0
    var through: Int64 = 0

    init(
      _ source: AnalyticsSource, _ table: AnalyticsTable, _ places: [Bool], window: Int64,
      last: Int64
    ) {
      self.source = source
      self.table = table
      self.places = places
      self.window = window
      self.last = last
    }

    var isAtEnd: Bool { place >= rows.count }

    func value(_ column: Int) -> SQLValue { rows[place][column] }

    mutating func next() throws {
      place += 1
      try open()
    }

    /// Opens further submissions until there is a row.
    mutating func open() throws {
      while place >= rows.count, through < last {
        rows.removeAll(keepingCapacity: true)
        place = 0
        var filter = source.filter
        filter.after = through
        through = min(last, through + window)
        filter.through = through
        try TableRows(source.with(filter), table, places).forEach { rows.append($0) }
      }
    }
  }
}

/// Stands at a row, or at the end.
protocol RowCursor {
  var isAtEnd: Bool { get }
  /// The value of a column of the row that it stands at.
  func value(_ column: Int) -> SQLValue
  mutating func next() throws
}
