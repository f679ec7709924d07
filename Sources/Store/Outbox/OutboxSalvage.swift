import GRDB

/// Brings the outbox over from a damaged database, so that what was sent is not sent again.
struct OutboxSalvage {
  private static let columns =
    "number, channel, name, place, sha256, size, state, attempts, created, updated, status, reason, sealed"

  /// Copies every parcel that can still be read, with its submissions; a database from before the outbox has none.
  ///
  /// - Parameter damaged: looked up number by number: a walk would end at the first damaged page.
  static func copy(from damaged: Database, to database: IntakeDatabase) throws {
    let last = try? Int64.fetchOne(
      damaged, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'parcel'")
    guard let last, last > 0 else { return }
    try database.pool.write { connection in
      for number in 1...last {
        let parcel = try? Row.fetchOne(
          damaged, sql: "SELECT \(columns) FROM parcel WHERE number = ?", arguments: [number])
        let members = try? Row.fetchAll(
          damaged, sql: "SELECT channel, uuid FROM parcel_submission WHERE parcel = ?",
          arguments: [number])
        guard let parcel, let members else { continue }
        try insert(parcel, members, number, connection)
      }
    }
  }

  private static func insert(
    _ parcel: Row, _ members: [Row], _ number: Int64, _ connection: Database
  ) throws {
    let marks = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
    try connection.execute(
      sql: "INSERT OR IGNORE INTO parcel (\(columns)) VALUES (\(marks))",
      arguments: StatementArguments(parcel.databaseValues))
    for member in members {
      try connection.execute(
        sql: "INSERT OR IGNORE INTO parcel_submission (channel, uuid, parcel) VALUES (?, ?, ?)",
        arguments: [member[0] as DatabaseValue, member[1] as DatabaseValue, number])
    }
  }
}
