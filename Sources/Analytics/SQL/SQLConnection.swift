import GRDBSQLite

/// A database in memory, by SQLite's own interface: the one way to be asked about every step of a query.
final class SQLConnection {
  private var handle: OpaquePointer?
  /// Kept as long as SQLite may ask it.
  private var judge: SQLGuard?
  private let streams = StreamModule()

  init() throws {
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    guard sqlite3_open_v2(":memory:", &handle, flags, nil) == SQLITE_OK else {
      throw SQLRefusal.unavailable(message)
    }
    // Sorting and grouping stay in memory; nothing else can be attached.
    try execute(
      "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA journal_mode = OFF")
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    streams.register(handle)
  }

  deinit { sqlite3_close(handle) }

  func setGuard(_ judge: SQLGuard) {
    self.judge = judge
    sqlite3_set_authorizer(
      handle, SQLGuard.callback, Unmanaged.passUnretained(judge).toOpaque())
  }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw SQLRefusal.unavailable(message)
    }
  }

  /// Puts a table that is streamed before the table of the same name; `drop` takes it away.
  func create(_ stream: StreamedTable) throws {
    streams.table = stream
    try execute(
      "CREATE VIRTUAL TABLE temp.\(stream.table.name.rawValue) USING \(StreamModule.name)")
  }

  /// Takes a streamed table away; no statement on it may be left.
  func drop(_ stream: StreamedTable) throws {
    try execute("DROP TABLE temp.\(stream.table.name.rawValue)")
    streams.table = nil
  }

  /// Prepares the one statement of a text.
  func prepare(_ sql: String) throws -> SQLStatement {
    var statement: OpaquePointer?
    var rest = ""
    let code = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v2(handle, text, -1, &statement, &tail)
      rest = tail.map { String(cString: $0) } ?? ""
      return code
    }
    let prepared = SQLStatement(statement)
    guard code == SQLITE_OK else {
      throw code == SQLITE_AUTH ? SQLRefusal.notReading : SQLRefusal.mistake(message)
    }
    // Behind the statement only space, semicolons and comments may follow.
    var next: OpaquePointer?
    let isAlone = sqlite3_prepare_v2(handle, rest, -1, &next, nil) == SQLITE_OK && next == nil
    sqlite3_finalize(next)
    guard statement != nil, isAlone else { throw SQLRefusal.notOneStatement }
    return prepared
  }

  private var message: String {
    handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "SQLite"
  }
}

/// A prepared statement.
final class SQLStatement {
  private let handle: OpaquePointer?

  init(_ handle: OpaquePointer?) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  /// The names of the columns.
  var columns: [String] {
    (0..<sqlite3_column_count(handle)).map { index in
      sqlite3_column_name(handle, index).map { String(cString: $0) } ?? ""
    }
  }

  /// Goes to the next row; false at the end.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      throw SQLRefusal.mistake(
        sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
          ?? "SQLite")
    }
  }

  /// The row that it stands at.
  var row: [SQLValue] { (0..<sqlite3_column_count(handle)).map(value) }

  private func value(_ index: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_NULL: return .null
    default:
      let count = Int(sqlite3_column_bytes(handle, index))
      guard let bytes = sqlite3_column_blob(handle, index) else { return .text("") }
      return .text(
        String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self))
    }
  }

  /// Inserts one row through a prepared `INSERT`.
  func insert(_ values: [SQLValue]) throws {
    for (index, value) in values.enumerated() { bind(value, Int32(index + 1)) }
    defer { sqlite3_reset(handle) }
    guard sqlite3_step(handle) == SQLITE_DONE else { throw SQLRefusal.unavailable("SQLite") }
  }

  private func bind(_ value: SQLValue, _ index: Int32) {
    switch value {
    case .null: sqlite3_bind_null(handle, index)
    case .integer(let number): sqlite3_bind_int64(handle, index, number)
    case .real(let number): sqlite3_bind_double(handle, index, number)
    case .text(var text):
      // SQLITE_TRANSIENT: SQLite makes a copy at once.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      text.withUTF8 { bytes in
        _ = bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(handle, index, $0.baseAddress ?? nil, Int32($0.count), copies)
        }
      }
      if text.isEmpty { sqlite3_bind_text(handle, index, "", 0, copies) }
    }
  }
}
