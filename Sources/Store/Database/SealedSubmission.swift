import Foundation
import GRDB
import Interview
import Vault

/// A submission as it goes into the database.
struct SealedSubmission {
  let submission: Submission
  let summary: SubmissionSummary
  private let row: [UInt8]
  private let payload: [UInt8]

  /// Seals a submission.
  init(_ submission: Submission, cipher: RecordCipher) throws {
    _ = try InterviewIdentifier(submission.id)
    self.submission = submission
    summary = SubmissionSummary(submission)
    row = cipher.seal(PackedRow.pack(submission), context: Self.rowContext(submission.id))
    payload = cipher.seal(
      try RecordJSON.encode(submission), context: Self.payloadContext(submission.id))
  }

  static func rowContext(_ id: String) -> SealContext {
    SealContext(table: "submission", row: id, purpose: "row")
  }

  static func payloadContext(_ id: String) -> SealContext {
    SealContext(table: "payload", row: id, purpose: "submission")
  }

  /// Opens a sealed payload; nil when it was changed or belongs to another submission.
  static func open(_ sealed: [UInt8], id: String, cipher: RecordCipher) -> Submission? {
    guard let json = try? cipher.open(sealed, context: payloadContext(id)) else { return nil }
    return try? RecordJSON.decode(Submission.self, from: json)
  }

  /// Takes the place of the record that is kept.
  func replace(wordsRemoved time: Int64, _ connection: Database) throws {
    try connection.execute(
      sql: "UPDATE submission SET sealed_row = ?, words_removed = ? WHERE uuid = ?",
      arguments: [Data(row), time, summary.id])
    try connection.execute(
      sql: """
        UPDATE payload SET sealed = ?
        WHERE number = (SELECT number FROM submission WHERE uuid = ?)
        """,
      arguments: [Data(payload), summary.id])
  }

  func insert(_ connection: Database) throws {
    let statement = try connection.cachedStatement(
      sql: """
        INSERT INTO submission
          (uuid, form, form_version, stage, language, office, created, submitted, sealed_row,
           words_removed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      summary.id, summary.form, summary.formVersion, summary.stage, summary.language,
      summary.office, summary.created, summary.submitted, Data(row),
      // It never had words, and its journal is to go: also at the next start, should this one be interrupted.
      submission.refusesData ? summary.submitted : nil,
    ])
    let payloads = try connection.cachedStatement(
      sql: "INSERT INTO payload (number, sealed) VALUES (?, ?)")
    try payloads.execute(arguments: [connection.lastInsertedRowID, Data(payload)])
  }
}

/// The list of all interviews a stage knew; holds no personal data.
enum InterviewIndex {
  enum State: String {
    case open
    case submitted
    case erased
  }

  /// Sets an interview's state; the time it was made stays.
  static func note(
    _ id: String, _ state: State, at time: Int64, created: Int64? = nil, _ connection: Database
  ) throws {
    try connection.cachedStatement(
      sql: """
        INSERT INTO interview (uuid, state, created, updated) VALUES (?, ?, ?, ?)
        ON CONFLICT (uuid) DO UPDATE SET state = excluded.state, updated = excluded.updated
        """
    ).execute(arguments: [id, state.rawValue, created ?? time, time])
  }

  /// The interviews that were erased.
  static func erased(_ database: IntakeDatabase) throws(StoreError) -> Set<String> {
    try StoreError.naming(database.path) {
      try database.pool.read {
        try String.fetchSet($0, sql: "SELECT uuid FROM interview WHERE state = 'erased'")
      }
    }
  }

  /// The interviews that are not open, with their states.
  static func settled(_ database: IntakeDatabase) throws(StoreError) -> [String: State] {
    try StoreError.naming(database.path) {
      try database.pool.read { connection in
        var states: [String: State] = [:]
        let rows = try Row.fetchCursor(
          connection, sql: "SELECT uuid, state FROM interview WHERE state <> 'open'")
        while let row = try rows.next() { states[row[0]] = State(rawValue: row[1]) }
        return states
      }
    }
  }

  static func state(_ id: String, _ connection: Database) throws -> State? {
    try String.fetchOne(
      connection, sql: "SELECT state FROM interview WHERE uuid = ?", arguments: [id]
    ).flatMap(State.init)
  }
}
