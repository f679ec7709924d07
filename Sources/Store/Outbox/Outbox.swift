import Foundation
import GRDB
import Vault

/// What is on its way to servers: at least once, and the same bytes every time.
///
/// A parcel is frozen in one transaction with the list of its submissions; then it is sent, perhaps many times; then it is
/// noted as sent and its bytes are removed. A process may end between any two of these steps.
///
/// Methods block until SQLite is done: call them away from the main actor.
public struct Outbox: Sendable {
  let database: IntakeDatabase
  let submissions: SubmissionStore
  private let cipher: RecordCipher

  init(
    database: IntakeDatabase, submissions: SubmissionStore, key: DataKey
  ) throws(StoreError) {
    self.database = database
    self.submissions = submissions
    do { cipher = try key.cipher(for: .outbox) } catch { throw .vaultUnavailable }
  }

  /// Submissions that are in no parcel of the channel yet, in the order they were saved.
  ///
  /// - Throws: ``StoreError``.
  public func pending(_ channel: String, limit: Int? = nil) throws(StoreError)
    -> [SubmissionSummary]
  {
    try submissions.read { connection in
      try Row.fetchAll(
        connection,
        sql: """
          SELECT uuid, form, form_version, stage, language, office, created, submitted
          FROM submission AS s
          WHERE NOT EXISTS (
            SELECT 1 FROM parcel_submission AS p WHERE p.channel = ? AND p.uuid = s.uuid)
          ORDER BY number LIMIT \(limit ?? -1)
          """,
        arguments: [channel]
      ).map {
        SubmissionSummary(
          id: $0[0], form: $0[1], formVersion: $0[2], stage: $0[3], language: $0[4],
          office: $0[5], created: $0[6], submitted: $0[7])
      }
    }
  }

  /// Freezes bytes for a channel.
  ///
  /// - Parameter time: now, milliseconds since 1970-01-01 UTC.
  /// - Returns: the parcel; nil when a submission of the draft was erased, or frozen, meanwhile.
  /// - Throws: ``StoreError``.
  public func freeze(
    _ draft: ParcelDraft, channel: String, at time: Int64
  ) throws(StoreError) -> Parcel? {
    let sha256 = Digest.sha256(draft.payload)
    return try write { connection in
      guard try areFree(draft.submissions, channel: channel, connection) else { return nil }
      try connection.execute(
        sql: """
          INSERT INTO parcel (channel, name, sha256, size, state, created, updated, sealed)
          VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)
          """,
        arguments: [
          channel, draft.name, Data(sha256), draft.payload.count, time, time,
          Data(cipher.seal(draft.payload, context: context(channel, draft.name))),
        ])
      let number = connection.lastInsertedRowID
      let insert = try connection.cachedStatement(
        sql: "INSERT INTO parcel_submission (channel, uuid, parcel) VALUES (?, ?, ?)")
      for id in draft.submissions { try insert.execute(arguments: [channel, id, number]) }
      return Parcel(
        number: number, channel: channel, name: draft.name, sha256: sha256,
        size: draft.payload.count, state: .waiting, attempts: 0)
    }
  }

  /// Parcels of a channel in some states, the oldest first.
  ///
  /// - Throws: ``StoreError``.
  public func parcels(
    _ channel: String, in states: Set<Parcel.State>
  ) throws(StoreError) -> [Parcel] {
    let names = states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    return try submissions.read { connection in
      try Row.fetchAll(
        connection,
        sql: """
          SELECT number, channel, name, sha256, size, state, attempts FROM parcel
          WHERE channel = ? AND state IN (\(names)) ORDER BY number
          """,
        arguments: [channel]
      ).map(Self.parcel)
    }
  }

  /// The frozen bytes; nil when the parcel was dissolved or sent.
  ///
  /// - Throws: ``StoreError``, ``StoreError/damaged(path:)`` for bytes that were changed.
  public func payload(of parcel: Parcel) throws(StoreError) -> [UInt8]? {
    let sealed = try submissions.read { connection in
      try Data.fetchOne(
        connection, sql: "SELECT sealed FROM parcel WHERE number = ?", arguments: [parcel.number])
    }
    return try sealed.map { sealed throws(StoreError) in
      do {
        return try cipher.open(Array(sealed), context: context(parcel.channel, parcel.name))
      } catch {
        throw .damaged(path: database.path)
      }
    }
  }

  /// How many submissions are in a parcel.
  ///
  /// - Throws: ``StoreError``.
  public func size(of parcel: Parcel) throws(StoreError) -> Int {
    try submissions.read { connection in
      try Int.fetchOne(
        connection, sql: "SELECT count(*) FROM parcel_submission WHERE parcel = ?",
        arguments: [parcel.number]) ?? 0
    }
  }

  /// Seals the bytes of every parcel under another key.
  func reseal(under key: DataKey, _ connection: Database) throws {
    let new = try key.cipher(for: .outbox)
    let numbers = try Int64.fetchAll(
      connection, sql: "SELECT number FROM parcel WHERE sealed IS NOT NULL")
    for number in numbers {
      let row = try Row.fetchOne(
        connection, sql: "SELECT channel, name, sealed FROM parcel WHERE number = ?",
        arguments: [number])
      guard let row, let sealed = row["sealed"] as Data? else { continue }
      let context = context(row["channel"], row["name"])
      let payload = try cipher.open(Array(sealed), context: context)
      try connection.execute(
        sql: "UPDATE parcel SET sealed = ? WHERE number = ?",
        arguments: [Data(new.seal(payload, context: context)), number])
    }
  }

  private func areFree(
    _ ids: [String], channel: String, _ connection: Database
  ) throws -> Bool {
    let exists = try connection.cachedStatement(
      sql: """
        SELECT EXISTS (SELECT 1 FROM submission WHERE uuid = ?)
          AND NOT EXISTS (SELECT 1 FROM parcel_submission WHERE channel = ? AND uuid = ?)
        """)
    return try ids.allSatisfy {
      try Bool.fetchOne(exists, arguments: [$0, channel, $0]) == true
    }
  }

  private func context(_ channel: String, _ name: String) -> SealContext {
    SealContext(table: "parcel", row: name, purpose: channel)
  }

  static func parcel(_ row: Row) throws -> Parcel {
    guard let state = Parcel.State(rawValue: row["state"]) else {
      throw StoreError.newerSchema(path: "parcel")
    }
    return Parcel(
      number: row["number"], channel: row["channel"], name: row["name"],
      sha256: Array(row["sha256"] as Data), size: row["size"], state: state,
      attempts: row["attempts"])
  }

  func write<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.naming(database.path) { try database.pool.write(work) }
  }
}
