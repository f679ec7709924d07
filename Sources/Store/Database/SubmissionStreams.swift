import Foundation
import GRDB
import Interview
import Vault

/// Reading everything in the order it was saved, one at a time: memory does not grow with the number.
///
/// A stream sees the database as it was when the stream began, whatever is saved meanwhile. A submission that can't
/// be opened is passed over and noted in ``SubmissionStore/unreadable``.
extension SubmissionStore {
  /// Calls the body with every submission.
  ///
  /// - Throws: ``StoreError``; what the body throws.
  public func forEach(
    _ filter: SubmissionFilter = .init(), _ body: (Submission) throws -> Void
  ) throws {
    try forEachPayload(filter) { _, id, json in
      guard let submission = try? RecordJSON.decode(Submission.self, from: json) else {
        throw StoreError.unreadable(id: id)
      }
      try body(submission)
    }
  }

  /// Calls the body with the values of every submission, without the transcript and the evidence; much faster.
  ///
  /// - Throws: as ``forEach(_:_:)``.
  public func forEachRow(
    _ filter: SubmissionFilter = .init(), _ body: (SubmissionRow) throws -> Void
  ) throws {
    try forEachPackedRow(filter) { try body($0.row) }
  }

  /// Calls the body with the number, the identifier and the JSON of every submission, in one line and with its schema.
  package func forEachPayload(
    _ filter: SubmissionFilter, _ body: (Int64, String, ArraySlice<UInt8>) throws -> Void
  ) throws {
    var buffer: [UInt8] = []
    let opener = try opener()
    let source =
      "uuid, sealed, submission.number, office FROM submission JOIN payload USING (number)"
    try forEachSealed(source, filter) { number, id, _, sealed in
      let opened = try opening(id) {
        try opener.open(
          sealed, of: owner(id), context: SealedSubmission.payloadContext(id), into: &buffer)
      }
      guard let count = opened else { return }
      try body(number, id, buffer[..<count])
    }
  }

  /// Calls the body with the packed values of every submission.
  package func forEachPackedRow(
    _ filter: SubmissionFilter, _ body: (borrowing PackedRow) throws -> Void
  ) throws {
    var row = PackedRow()
    let opener = try opener()
    let source = "uuid, sealed_row, number, office FROM submission"
    try forEachSealed(source, filter) { number, id, office, sealed in
      row.number = number
      if row.office != office { row.office = office }
      let opened: ()? = try opening(id) {
        let context = SealedSubmission.rowContext(id)
        try row.parse(
          count: opener.open(sealed, of: owner(id), context: context, into: &row.bytes))
      }
      if opened != nil { try body(row) }
    }
  }

  /// Calls the body with the values of every submission, inside a transaction of the caller.
  func forEachRow(in connection: Database, _ body: (SubmissionRow) throws -> Void) throws {
    var row = PackedRow()
    let opener = try opener()
    let rows = try Row.fetchCursor(
      connection, sql: "SELECT uuid, sealed_row FROM submission ORDER BY number")
    while let next = try rows.next() {
      let id: String = next[0]
      // One that can't be opened has no values that could be found.
      let isOpen = try next.withUnsafeData(atIndex: 1) { sealed in
        try (sealed ?? Data()).withUnsafeBytes { bytes in
          do {
            let context = SealedSubmission.rowContext(id)
            try row.parse(
              count: opener.open(bytes, of: owner(id), context: context, into: &row.bytes))
            return true
          } catch is VaultError { return false }
        }
      }
      if isOpen { try body(row.row) }
    }
  }

  /// Calls the body with the packed values of these submissions, in their order; erased ones, and those that can't be opened, are passed over.
  package func forEachPackedRow(
    of ids: [String], _ body: (borrowing PackedRow) throws -> Void
  ) throws {
    var row = PackedRow()
    let opener = try opener()
    for id in ids {
      let sealed = try read { connection in
        try Data.fetchOne(
          connection.cachedStatement(sql: "SELECT sealed_row FROM submission WHERE uuid = ?"),
          arguments: [id])
      }
      guard let sealed else { continue }
      let opened: ()? = try opening(id) {
        let context = SealedSubmission.rowContext(id)
        try row.parse(
          count: sealed.withUnsafeBytes { bytes in
            try opener.open(bytes, of: owner(id), context: context, into: &row.bytes)
          })
      }
      if opened != nil { try body(row) }
    }
  }

  /// Calls the body with the JSON of these submissions, in their order; erased ones, and those that can't be opened, are passed over.
  package func forEachPayload(
    of ids: [String], _ body: (String, ArraySlice<UInt8>) throws -> Void
  ) throws {
    var buffer: [UInt8] = []
    let opener = try opener()
    for id in ids {
      let sealed = try read { connection in
        try Data.fetchOne(
          connection.cachedStatement(
            sql: "SELECT sealed FROM submission JOIN payload USING (number) WHERE uuid = ?"),
          arguments: [id])
      }
      guard let sealed else { continue }
      let opened = try opening(id) {
        try sealed.withUnsafeBytes {
          try opener.open(
            $0, of: owner(id), context: SealedSubmission.payloadContext(id), into: &buffer)
        }
      }
      if let count = opened { try body(id, buffer[..<count]) }
    }
  }

  /// Walks over rows of an identifier and a sealed blob; what the body throws passes unchanged.
  private func forEachSealed(
    _ selection: String, _ filter: SubmissionFilter,
    _ body: (Int64, String, String, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    do {
      try database.pool.read { connection in
        let rows = try Row.fetchCursor(
          connection,
          sql: "SELECT \(selection) WHERE \(filter.condition) ORDER BY submission.number",
          arguments: filter.arguments)
        while let row = try rows.next() {
          let (id, number, office): (String, Int64, String) = (row[0], row[2], row[3])
          try row.withUnsafeData(atIndex: 1) { sealed in
            try (sealed ?? Data()).withUnsafeBytes { try body(number, id, office, $0) }
          }
        }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: database.path)
    }
  }

  private func opener() throws -> KeyringOpener {
    try KeyringOpener(keys.ring, key: keys.stage, purpose: .submission)
  }

  private func owner(_ id: String) throws -> KeyOwner {
    guard let owner = KeyOwner(id) else { throw VaultError.damaged }
    return owner
  }

  /// Opens a record of a submission; nil for one that can't be opened, which is noted.
  private func opening<Result>(_ id: String, _ open: () throws -> Result) throws -> Result? {
    do { return try open() } catch let error as VaultError {
      try passedOver.note(id, error, path: database.path)
      return nil
    }
  }
}
