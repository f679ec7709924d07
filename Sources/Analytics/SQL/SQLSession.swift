import GRDBSQLite

/// Answers queries about the tables, which are filled in memory when a query first names them, and only the columns it names.
///
/// Nothing but `SELECT` on the tables works: SQLite asks ``SQLGuard`` about every step when a query is prepared.
/// Temporary files are forbidden too, so that nothing that was opened reaches a disk.
public final class SQLSession {
  /// What can be asked.
  public let tables: [AnalyticsTable]

  private let source: AnalyticsSource
  private let connection: SQLConnection
  private let judge: SQLGuard
  /// The columns that are filled, by table.
  private var filled: [AnalyticsTable.Name: Set<String>] = [:]

  /// Prepares the tables; nothing is read yet.
  ///
  /// - Throws: ``SQLRefusal``.
  public init(_ source: AnalyticsSource) throws {
    self.source = source
    tables = AnalyticsTable.all(source)
    connection = try SQLConnection()
    judge = SQLGuard(tables: Set(tables.map(\.name.rawValue)))
    for table in tables {
      let columns = table.columns.map { "\"\($0.name)\" \($0.kind.sqlType)" }
      try connection.execute(
        "CREATE TABLE \(table.name.rawValue) (\(columns.joined(separator: ", ")))")
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
    judge.begin()
    let statement = try connection.prepare(query)
    if judge.wasRefused || statement.columns.isEmpty { throw SQLRefusal.notReading }
    for name in AnalyticsTable.Name.allCases {
      guard let columns = judge.reads[name.rawValue] else { continue }
      try fill(name, columns.union(joined(query, name)))
    }
    try head(statement.columns)
    while try statement.step() { try row(statement.row) }
  }

  /// SQLite does not tell of the columns that `USING` and `NATURAL` join by; so where these words stand, all count.
  private func joined(_ query: String, _ name: AnalyticsTable.Name) -> [String] {
    let text = query.lowercased()
    guard text.contains("using") || text.contains("natural") else { return [] }
    return tables.first { $0.name == name }?.columns.map(\.name) ?? []
  }

  private func fill(_ name: AnalyticsTable.Name, _ columns: Set<String>) throws {
    guard let table = tables.first(where: { $0.name == name }) else { return }
    let known = filled[name]
    guard known == nil || !columns.isSubset(of: known ?? []) else { return }
    let wanted = columns.union(known ?? [])
    try judge.whileFilling {
      try connection.execute("BEGIN; DELETE FROM \(name.rawValue)")
      let places = table.columns.map { wanted.contains($0.name) }
      let marks = Array(repeating: "?", count: places.count).joined(separator: ", ")
      let insert = try connection.prepare("INSERT INTO \(name.rawValue) VALUES (\(marks))")
      try TableRows(source, table, places).forEach { try insert.insert($0) }
      try connection.execute("COMMIT")
    }
    filled[name] = wanted
  }
}

extension AnalyticsTable.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .text, .list: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}
