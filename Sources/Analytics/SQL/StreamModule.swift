import GRDBSQLite

/// A ``StreamedTable`` as SQLite's virtual table (https://sqlite.org/vtab.html): reading, and nothing else.
final class StreamModule {
  static let name = "acogida_stream"

  /// The table that is made next.
  var table: StreamedTable?
  private let module = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)

  init() { module.initialize(to: Self.calls) }

  deinit { module.deallocate() }

  /// Makes the module known; it has to live as long as the connection.
  func register(_ connection: OpaquePointer?) {
    sqlite3_create_module(
      connection, Self.name, module, Unmanaged.passUnretained(self).toOpaque())
  }

  /// What SQLite holds of a table; begins with SQLite's own part.
  private struct Table {
    var base = sqlite3_vtab()
    let stream: Unmanaged<StreamedTable>
  }

  /// What SQLite holds of a walk; begins with SQLite's own part.
  private struct Cursor {
    var base = sqlite3_vtab_cursor()
    let stream: StreamedTable
    var rows: (any RowCursor)?
    var number: Int64 = 0
  }

  private static var calls: sqlite3_module {
    var calls = sqlite3_module()
    calls.iVersion = 1
    calls.xCreate = { connection, module, _, _, result, _ in
      StreamModule.connect(connection, module, result)
    }
    calls.xConnect = calls.xCreate
    calls.xBestIndex = { table, question in
      guard let table, let question else { return SQLITE_ERROR }
      return StreamPlanner(StreamModule.stream(table).table).answer(&question.pointee)
    }
    calls.xDisconnect = { StreamModule.disconnect($0) }
    calls.xDestroy = { StreamModule.disconnect($0) }
    calls.xOpen = { StreamModule.open($0, $1) }
    calls.xClose = { StreamModule.close($0) }
    calls.xFilter = { cursor, _, plan, count, values in
      StreamModule.filter(cursor, plan, count, values)
    }
    calls.xNext = { StreamModule.next($0) }
    calls.xEof = { cursor in StreamModule.cursor(cursor)?.pointee.rows?.isAtEnd ?? true ? 1 : 0 }
    calls.xColumn = { cursor, context, column in
      StreamModule.bind(
        StreamModule.cursor(cursor)?.pointee.rows?.value(Int(column)) ?? .null, context)
      return SQLITE_OK
    }
    calls.xRowid = { cursor, result in
      result?.pointee = StreamModule.cursor(cursor)?.pointee.number ?? 0
      return SQLITE_OK
    }
    return calls
  }

  private static func stream(_ table: UnsafeMutablePointer<sqlite3_vtab>) -> StreamedTable {
    UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self).pointee.stream
      .takeUnretainedValue()
  }

  private static func cursor(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?
  ) -> UnsafeMutablePointer<Cursor>? {
    cursor.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: Cursor.self) }
  }

  private static func connect(
    _ connection: OpaquePointer?, _ module: UnsafeMutableRawPointer?,
    _ result: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?
  ) -> Int32 {
    guard let module,
      let table = Unmanaged<StreamModule>.fromOpaque(module).takeUnretainedValue().table
    else { return SQLITE_ERROR }
    let code = sqlite3_declare_vtab(
      connection, "CREATE TABLE x (\(table.table.declaredColumns))")
    guard code == SQLITE_OK else { return code }
    let kept = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    kept.initialize(to: Table(stream: Unmanaged.passRetained(table)))
    result?.pointee = UnsafeMutableRawPointer(kept).assumingMemoryBound(to: sqlite3_vtab.self)
    return SQLITE_OK
  }

  private static func disconnect(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 {
    guard let table else { return SQLITE_OK }
    let kept = UnsafeMutableRawPointer(table).assumingMemoryBound(to: Table.self)
    kept.pointee.stream.release()
    kept.deinitialize(count: 1)
    kept.deallocate()
    return SQLITE_OK
  }

  private static func open(
    _ table: UnsafeMutablePointer<sqlite3_vtab>?,
    _ result: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
  ) -> Int32 {
    guard let table else { return SQLITE_ERROR }
    let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
    cursor.initialize(to: Cursor(stream: stream(table)))
    result?.pointee = UnsafeMutableRawPointer(cursor).assumingMemoryBound(
      to: sqlite3_vtab_cursor.self)
    return SQLITE_OK
  }

  private static func close(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    let cursor = Self.cursor(cursor)
    cursor?.deinitialize(count: 1)
    cursor?.deallocate()
    return SQLITE_OK
  }

  private static func filter(
    _ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?, _ plan: UnsafePointer<CChar>?,
    _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) -> Int32 {
    guard let cursor = Self.cursor(cursor) else { return SQLITE_ERROR }
    return noting(cursor) {
      let values = (0..<Int(count)).map { value(values?[$0]) }
      cursor.pointee.number = 0
      cursor.pointee.rows = nil
      cursor.pointee.rows = try cursor.pointee.stream.begin(
        StreamPlan(plan.map { String(cString: $0) } ?? ""), values)
    }
  }

  private static func next(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> Int32 {
    guard let cursor = Self.cursor(cursor) else { return SQLITE_ERROR }
    return noting(cursor) {
      cursor.pointee.number += 1
      try cursor.pointee.rows?.next()
    }
  }

  /// Keeps what went wrong where it is found again.
  private static func noting(
    _ cursor: UnsafeMutablePointer<Cursor>, _ body: () throws -> Void
  ) -> Int32 {
    do { try body() } catch {
      cursor.pointee.stream.failure = error
      return SQLITE_ERROR
    }
    return SQLITE_OK
  }

  private static func value(_ value: OpaquePointer?) -> SQLValue {
    guard sqlite3_value_type(value) == SQLITE_TEXT, let text = sqlite3_value_text(value) else {
      return .null
    }
    return .text(String(cString: text))
  }

  private static func bind(_ value: SQLValue, _ context: OpaquePointer?) {
    switch value {
    case .null: sqlite3_result_null(context)
    case .integer(let number): sqlite3_result_int64(context, number)
    case .real(let number): sqlite3_result_double(context, number)
    case .text(let text):
      // SQLITE_TRANSIENT: SQLite makes a copy at once.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_result_text(context, text, Int32(text.utf8.count), copies)
    }
  }
}
