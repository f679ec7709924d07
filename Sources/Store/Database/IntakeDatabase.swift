import Foundation
import GRDB
import Vault

/// The stage's SQLite file: opened, checked and brought to this version's schema.
struct IntakeDatabase: Sendable {
  let pool: DatabasePool
  let path: String

  /// Files up to this size are checked at once when the last process did not end in order.
  private static let promptCheckLimit = 64 << 20

  /// Opens the database for writing; makes it when it is missing.
  ///
  /// - Parameter thoroughly: whether to look for damage in the whole file even when nothing gives cause to.
  /// - Throws: ``StoreError``; a file that is refused is left exactly as it is.
  static func open(
    _ path: String, key: DataKey, thoroughly: Bool = false
  ) throws(StoreError) -> IntakeDatabase {
    try StoreError.naming(path) {
      try rollBack(path)
      let size = try size(path)
      // Who ends in order leaves no log, or an empty one.
      let wasInterrupted = try self.size(path + "-wal") > 0
      let checks = thoroughly || wasInterrupted && size <= promptCheckLimit
      if size > 0 { try inspect(path, key: key, checks: checks) }
      // SQLite gives its own files the mode of this one.
      _ = try OpenFile(path, .readWrite)
      let database = try openForWriting(path)
      try database.pool.write { try KeyCheck.note(key, $0) }
      return database
    }
  }

  /// Opens an existing database for reading, beside a process that may be writing.
  ///
  /// - Throws: ``StoreError/noData(path:)`` and others.
  static func openForReading(_ path: String, key: DataKey) throws(StoreError) -> IntakeDatabase {
    try StoreError.naming(path) {
      guard try size(path) > 0 else { throw StoreError.noData(path: path) }
      try rollBack(path)
      let pool = try DatabasePool(path: path, configuration: configuration(readOnly: true))
      let isCurrent = try pool.read { connection in
        try refuse(connection, path: path, key: key)
        return try Schema.migrator.hasCompletedMigrations(connection)
      }
      // Made by an older version: the steps that are missing are taken by whoever comes first.
      if !isCurrent { _ = try openBeside(path, key: key) }
      return IntakeDatabase(pool: pool, path: path)
    }
  }

  /// Opens an existing database for writing beside a process that may be writing too.
  ///
  /// - Throws: ``StoreError/noData(path:)`` and others.
  static func openBeside(_ path: String, key: DataKey) throws(StoreError) -> IntakeDatabase {
    try StoreError.naming(path) {
      guard try size(path) > 0 else { throw StoreError.noData(path: path) }
      try inspect(path, key: key, checks: false)
      return try openForWriting(path)
    }
  }

  private static func openForWriting(_ path: String) throws -> IntakeDatabase {
    let pool = try DatabasePool(path: path, configuration: configuration(readOnly: false))
    // The pool asks for less when it turns on the write-ahead log; a submission must survive a power cut.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try Schema.migrator.migrate(pool)
    return IntakeDatabase(pool: pool, path: path)
  }

  /// Reads the whole file and looks for damage (`PRAGMA quick_check`); takes seconds per gigabyte.
  ///
  /// - Throws: ``StoreError/damaged(path:)``.
  func check() throws(StoreError) {
    try StoreError.naming(path) {
      try pool.read { try Self.quickCheck($0, path: path) }
    }
  }

  /// Makes what was deleted leave the write-ahead log too; while somebody reads, the log is emptied at the next close.
  func emptyLog() throws(StoreError) {
    do {
      try StoreError.naming(path) {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      }
    } catch StoreError.inUse {}
  }

  /// Rewrites the file without what was deleted, and empties the log.
  ///
  /// Deleted bytes were overwritten with zeros already (`secure_delete`): a disk that is too full for a second
  /// copy, a reader, or a very large file are no reason to fail.
  func compact() throws(StoreError) {
    do {
      try StoreError.naming(path) {
        try pool.barrierWriteWithoutTransaction { connection in
          let pages = try Int.fetchOne(connection, sql: "PRAGMA page_count") ?? 0
          if pages <= Self.compactedPages { try connection.execute(sql: "VACUUM") }
        }
      }
    } catch StoreError.inUse {} catch StoreError.noSpace {}
    try emptyLog()
  }

  /// Larger files are not rewritten: pages of 4 KiB, half a gigabyte.
  private static let compactedPages = 1 << 17

  /// Looks at an existing file without writing to it; opening the pool would already change it.
  private static func inspect(_ path: String, key: DataKey, checks: Bool) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
    try queue.read { connection in
      if checks { try quickCheck(connection, path: path) }
      try refuse(connection, path: path, key: key)
    }
  }

  /// Throws for a file that is not this program's, not this version's or not this key's.
  private static func refuse(_ connection: Database, path: String, key: DataKey) throws {
    let application = try Int.fetchOne(connection, sql: "PRAGMA application_id") ?? 0
    // The list of migrations is made before the first of them: a power cut between leaves it alone.
    let isEmpty = try Bool.fetchOne(
      connection, sql: "SELECT count(*) = 0 FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'")
    guard application == Schema.applicationID || isEmpty == true else {
      throw StoreError.damaged(path: path)
    }
    guard isEmpty == false else { return }
    if try Schema.migrator.hasBeenSuperseded(connection) {
      throw StoreError.newerSchema(path: path)
    }
    try KeyCheck.refuseOther(key, connection)
  }

  /// Lets SQLite take back what a power cut interrupted before the database had its write-ahead log; who only reads may not.
  private static func rollBack(_ path: String) throws {
    guard try size(path + "-journal") > 0 else { return }
    let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: false))
    _ = try queue.read { try Int.fetchOne($0, sql: "PRAGMA application_id") }
    try queue.close()
  }

  /// The name of the key that a database was made with; nil where there is no database yet.
  static func notedKey(_ path: String) throws(StoreError) -> KeyID? {
    try StoreError.naming(path) {
      try rollBack(path)
      guard try size(path) > 0 else { return nil }
      let queue = try DatabaseQueue(path: path, configuration: configuration(readOnly: true))
      return try queue.read { connection in
        try connection.tableExists("meta") ? KeyCheck.noted(connection) : nil
      }
    }
  }

  private static func quickCheck(_ connection: Database, path: String) throws {
    let findings = try String.fetchAll(connection, sql: "PRAGMA quick_check(1)")
    guard findings == ["ok"] else { throw StoreError.damaged(path: path) }
  }

  /// Bytes of a file; 0 when it is missing.
  private static func size(_ path: String) throws -> Int {
    guard Folder.exists(path) else { return 0 }
    return try OpenFile(path, .read).size()
  }

  private static func configuration(readOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 2
    configuration.prepareDatabase { connection in
      try connection.execute(
        sql: """
          PRAGMA secure_delete = ON;
          PRAGMA temp_store = MEMORY;
          PRAGMA trusted_schema = OFF;
          """)
    }
    return configuration
  }
}
