import Foundation
import GRDB
import Vault

/// What is noted while parcels are sent, and read back as receipts.
extension Outbox {
  /// Notes that sending begins, before it does: what was never begun can't have arrived.
  ///
  /// - Returns: false when the parcel is not waiting any more.
  /// - Throws: ``StoreError``.
  public func begin(_ parcel: Parcel, at time: Int64) throws(StoreError) -> Bool {
    try write { connection in
      try connection.execute(
        sql: """
          UPDATE parcel SET attempts = attempts + 1, updated = ?
          WHERE number = ? AND state = 'waiting'
          """,
        arguments: [time, parcel.number])
      return connection.changesCount == 1
    }
  }

  /// Notes that the bytes are at the target, and removes them here.
  ///
  /// A parcel dissolved meanwhile stays so.
  /// - Throws: ``StoreError``.
  public func noteSent(
    _ parcel: Parcel, place: String, status: Int, at time: Int64
  ) throws(StoreError) {
    try write { connection in
      try connection.execute(
        sql: """
          UPDATE parcel
          SET state = 'sent', sealed = NULL, place = ?, status = ?, reason = NULL, updated = ?
          WHERE number = ? AND state = 'waiting'
          """,
        arguments: [place, status, time, parcel.number])
    }
  }

  /// Notes that the target will not have it; the bytes stay.
  ///
  /// - Throws: ``StoreError``.
  public func noteRefused(
    _ parcel: Parcel, place: String, status: Int, reason: String, at time: Int64
  ) throws(StoreError) {
    try write { connection in
      try connection.execute(
        sql: """
          UPDATE parcel SET state = 'refused', place = ?, status = ?, reason = ?, updated = ?
          WHERE number = ? AND state = 'waiting'
          """,
        arguments: [place, status, reason, time, parcel.number])
    }
  }

  /// Lets refused parcels be tried again; returns how many.
  ///
  /// - Throws: ``StoreError``.
  @discardableResult
  public func retryRefused(_ channel: String, at time: Int64) throws(StoreError) -> Int {
    try write { connection in
      try connection.execute(
        sql: """
          UPDATE parcel SET state = 'waiting', updated = ? WHERE channel = ? AND state = 'refused'
          """,
        arguments: [time, channel])
      return connection.changesCount
    }
  }

  /// Closes a dissolved parcel whose bytes had arrived: its submissions are at the target, also the erased one.
  ///
  /// - Throws: ``StoreError``.
  public func settleDissolved(
    _ parcel: Parcel, place: String, status: Int, at time: Int64
  ) throws(StoreError) {
    try write { connection in
      try connection.execute(
        sql: """
          UPDATE parcel SET state = 'sent', place = ?, status = ?, reason = 'erased', updated = ?
          WHERE number = ? AND state = 'dissolved'
          """,
        arguments: [place, status, time, parcel.number])
    }
  }

  /// Removes a dissolved parcel that never arrived: its other submissions are free for a new one.
  ///
  /// - Throws: ``StoreError``.
  public func freeDissolved(_ parcel: Parcel) throws(StoreError) {
    try write { connection in
      try connection.execute(
        sql: "DELETE FROM parcel WHERE number = ? AND state = 'dissolved'",
        arguments: [parcel.number])
    }
  }

  /// Receipts of one submission, or of all.
  ///
  /// - Parameter prefix: the beginning of an identifier, also of an erased submission; nil for all.
  /// - Throws: ``StoreError``.
  public func receipts(_ prefix: String? = nil) throws(StoreError) -> [Receipt] {
    if let prefix { try InterviewIdentifier.checkPrefix(prefix) }
    return try submissions.read { connection in
      try Row.fetchAll(
        connection,
        sql: """
          SELECT m.uuid, p.channel, p.state, p.place, p.sha256, p.size, p.status, p.reason,
            p.attempts, p.updated
          FROM parcel_submission AS m JOIN parcel AS p ON p.number = m.parcel
          WHERE m.uuid >= ? AND m.uuid < ? ORDER BY p.number, m.uuid
          """,
        arguments: [prefix ?? "", (prefix ?? "") + "g"]
      ).map(Self.receipt)
    }
  }

  /// How much of a channel is where.
  ///
  /// - Throws: ``StoreError``.
  public func counts(_ channel: String) throws(StoreError) -> ChannelCounts {
    try submissions.read { connection in
      let row = try Row.fetchOne(
        connection,
        sql: """
          SELECT count(*), coalesce(sum(p.state = 'sent'), 0), coalesce(sum(p.state = 'refused'), 0)
          FROM submission AS s
          LEFT JOIN parcel_submission AS m ON m.channel = ? AND m.uuid = s.uuid
          LEFT JOIN parcel AS p ON p.number = m.parcel
          """,
        arguments: [channel])
      let (all, sent, refused): (Int, Int, Int) = (row?[0] ?? 0, row?[1] ?? 0, row?[2] ?? 0)
      return ChannelCounts(sent: sent, unsent: all - sent - refused, refused: refused)
    }
  }

  private static func receipt(_ row: Row) throws -> Receipt {
    guard let state = Parcel.State(rawValue: row["state"]) else {
      throw StoreError.newerSchema(path: "parcel")
    }
    return Receipt(
      submission: row["uuid"], channel: row["channel"], state: state, place: row["place"],
      sha256: Digest.hexadecimal(row["sha256"] as Data), size: row["size"],
      status: row["status"], reason: row["reason"], attempts: row["attempts"],
      time: row["updated"])
  }
}
