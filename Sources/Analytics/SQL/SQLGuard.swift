import GRDBSQLite

/// Decides what a query may do, and notes what it reads.
final class SQLGuard {
  private let tables: Set<String>
  private var isFilling = false
  /// Columns by table that the query being prepared reads; a table without columns is only counted.
  private(set) var reads: [String: Set<String>] = [:]
  /// The schemas in which they are: `temp` for what is streamed.
  private(set) var schemas: [String: Set<String>] = [:]
  /// Whether a step was refused.
  private(set) var wasRefused = false

  /// Functions that reach beyond the tables, in any build of SQLite.
  private static let refusedFunctions: Set<String> = [
    "load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "sqlite_compileoption_get",
  ]

  init(tables: Set<String>) { self.tables = tables }

  /// Forgets what the query before read.
  func begin() {
    reads = [:]
    schemas = [:]
    wasRefused = false
  }

  /// Lets the session itself write into its tables.
  func whileFilling(_ body: () throws -> Void) rethrows {
    isFilling = true
    defer { isFilling = false }
    try body()
  }

  /// SQLite's question (https://sqlite.org/c3ref/set_authorizer.html).
  fileprivate func judge(
    _ action: Int32, _ first: String?, _ second: String?, _ schema: String?
  ) -> Int32 {
    if isFilling { return SQLITE_OK }
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
    case SQLITE_READ:
      guard let table = first, tables.contains(table) else { return refuse() }
      reads[table, default: []].formUnion([second ?? ""].filter { !$0.isEmpty })
      schemas[table, default: []].insert(schema ?? "")
      return SQLITE_OK
    case SQLITE_FUNCTION:
      return Self.refusedFunctions.contains(second?.lowercased() ?? "") ? refuse() : SQLITE_OK
    default: return refuse()
    }
  }

  private func refuse() -> Int32 {
    wasRefused = true
    return SQLITE_DENY
  }

  /// What SQLite calls.
  static let callback:
    @convention(c) (
      UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
      UnsafePointer<CChar>?, UnsafePointer<CChar>?
    ) -> Int32 = { context, action, first, second, schema, _ in
      guard let context else { return SQLITE_DENY }
      return Unmanaged<SQLGuard>.fromOpaque(context).takeUnretainedValue()
        .judge(
          action, first.map { String(cString: $0) }, second.map { String(cString: $0) },
          schema.map { String(cString: $0) })
    }
}
