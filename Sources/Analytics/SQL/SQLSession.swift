import Store

/// Answers queries about the tables, opened in memory only.
///
/// Where there are few submissions the tables are filled when a query first names them, with the columns it names. Where
/// there are many, the largest table of a query that reads it once is streamed (``StreamedTable``).
///
/// Nothing but `SELECT` on the tables works: SQLite asks ``SQLGuard`` about every step when a query is prepared.
/// Temporary files are forbidden too, so that nothing that was opened reaches a disk.
public final class SQLSession {
  /// What can be asked.
  public let tables: [AnalyticsTable]

  /// The table that the last query streamed; nil where it was answered from what is kept.
  public private(set) var streamed: AnalyticsTable.Name?

  private let source: AnalyticsSource
  private let connection: SQLConnection
  private let judge: SQLGuard
  private let streamsFrom: Int
  /// The columns that are filled, by table.
  private var filled: [AnalyticsTable.Name: Set<String>] = [:]

  /// Prepares the tables; nothing is read yet.
  ///
  /// - Parameter streamsFrom: submissions from which on tables are streamed.
  /// - Throws: ``SQLRefusal``.
  public init(_ source: AnalyticsSource, streamsFrom: Int = 20_000) throws {
    self.source = source
    self.streamsFrom = streamsFrom
    tables = AnalyticsTable.all(source)
    connection = try SQLConnection()
    judge = SQLGuard(tables: Set(tables.map(\.name.rawValue)))
    for table in tables {
      try connection.execute("CREATE TABLE \(table.name.rawValue) (\(table.declaredColumns))")
    }
    connection.setGuard(judge)
  }

  /// Runs one query.
  ///
  /// - Parameters:
  ///   - head: hears the names of the columns before the first row.
  ///   - row: hears every row as it comes.
  /// - Throws: ``SQLRefusal``; what reading the store throws; what the bodies throw.
  public func run(
    _ query: String, head: ([String]) throws -> Void, row: ([SQLValue]) throws -> Void
  ) throws {
    let columns = try columns(of: query)
    streamed = nil
    if try stream(query, columns, head, row) { return }
    try fill(columns)
    judge.begin()
    let statement = try connection.prepare(query)
    try head(statement.columns)
    while try statement.step() { try row(statement.row) }
  }

  /// The columns that a query reads, by table.
  private func columns(of query: String) throws -> [AnalyticsTable.Name: Set<String>] {
    judge.begin()
    let statement = try connection.prepare(query)
    if judge.wasRefused || statement.columns.isEmpty { throw SQLRefusal.notReading }
    var result: [AnalyticsTable.Name: Set<String>] = [:]
    for table in tables {
      let name = table.name.rawValue
      let all = table.columns.map(\.name)
      result[table.name] = isJoined(query, name) ? Set(all) : judge.reads[name]
    }
    return result
  }

  /// SQLite does not tell of the columns that `USING` and `NATURAL` join by, nor of a table of which it reads no other;
  /// so where these words stand, all columns of what is named count.
  private func isJoined(_ query: String, _ table: String) -> Bool {
    let text = query.lowercased()
    return text.contains(table) && (text.contains("using") || text.contains("natural"))
  }

  private func fill(_ columns: [AnalyticsTable.Name: Set<String>]) throws {
    for (name, wanted) in columns { try fill(name, wanted) }
  }

  private func fill(_ name: AnalyticsTable.Name, _ columns: Set<String>) throws {
    guard let table = tables.first(where: { $0.name == name }), !isFilled(name, columns) else {
      return
    }
    let wanted = columns.union(filled[name] ?? [])
    try judge.whileFilling {
      try connection.execute("BEGIN; DELETE FROM main.\(name.rawValue)")
      let places = table.columns.map { wanted.contains($0.name) }
      let marks = Array(repeating: "?", count: places.count).joined(separator: ", ")
      let insert = try connection.prepare("INSERT INTO main.\(name.rawValue) VALUES (\(marks))")
      try TableRows(source, table, places).forEach { try insert.insert($0) }
      try connection.execute("COMMIT")
    }
    filled[name] = wanted
  }

  private func isFilled(_ name: AnalyticsTable.Name, _ columns: Set<String>) -> Bool {
    filled[name].map { columns.isSubset(of: $0) } ?? false
  }
}

extension SQLSession {
  /// Tables that can be long, the longest first.
  private static let long: [AnalyticsTable.Name] = [.fields, .choices, .submissions]

  /// Answers with the longest table streamed; false where the query is none that reads it once.
  private func stream(
    _ query: String, _ columns: [AnalyticsTable.Name: Set<String>],
    _ head: ([String]) throws -> Void, _ row: ([SQLValue]) throws -> Void
  ) throws -> Bool {
    guard let name = Self.long.first(where: { columns[$0] != nil }), let wanted = columns[name],
      let table = tables.first(where: { $0.name == name }), !isFilled(name, wanted),
      try source.submissions.lastNumber() >= streamsFrom
    else { return false }
    let stream = StreamedTable(source, table, columns: wanted)
    try judge.whileFilling { try connection.create(stream) }
    defer { try? judge.whileFilling { try connection.drop(stream) } }
    guard try walksOnce(query, table) else { return false }
    try fill(columns.filter { $0.key != name })
    return try answer(query, stream, head, row)
  }

  /// Whether a query's program walks over the streamed table once, outside of all loops.
  private func walksOnce(_ query: String, _ table: AnalyticsTable) throws -> Bool {
    judge.begin()
    // Without a column that is read SQLite names no schema.
    guard let program = try? connection.prepare("EXPLAIN \(query)"),
      judge.schemas[table.name.rawValue]?.isSubset(of: ["temp", ""]) ?? false
    else { return false }
    return try WalkCount(program).isOnce
  }

  private func answer(
    _ query: String, _ stream: StreamedTable, _ head: ([String]) throws -> Void,
    _ row: ([SQLValue]) throws -> Void
  ) throws -> Bool {
    judge.begin()
    let statement = try connection.prepare(query)
    do {
      var isAtRow = try statement.step()
      stream.canInterrupt = false
      try head(statement.columns)
      while isAtRow {
        try row(statement.row)
        isAtRow = try statement.step()
      }
      streamed = stream.table.name
      return true
    } catch let refusal as SQLRefusal {
      if case StreamedTable.Interruption.walkedAgain? = stream.failure { return false }
      throw stream.failure ?? refusal
    }
  }
}
