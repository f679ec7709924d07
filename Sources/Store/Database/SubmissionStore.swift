import Foundation
import GRDB
import Interview
import Vault

/// Which submissions are meant; an empty filter means all.
public struct SubmissionFilter: Hashable, Sendable {
  /// Whether a submission has reached where it is to be sent.
  public enum Delivery: String, Hashable, Sendable, CaseIterable {
    /// It is at every channel named.
    case sent
    /// It is missing at some channel, and none has refused it.
    case unsent
    /// Some channel has refused it.
    case refused
  }

  /// Made with this form.
  public var form: String?
  /// Taken in this office; empty: where none was set.
  public var office: String?
  /// Submitted at this time or later, milliseconds since 1970-01-01 UTC.
  public var since: Int64?
  /// Submitted before this time, milliseconds since 1970-01-01 UTC.
  public var before: Int64?
  /// Saved behind the submission of this number; 0 for all.
  package var after: Int64 = 0
  /// Saved up to the submission of this number; nil for all.
  package var through: Int64?
  /// In this state of delivery, judged by ``channels``.
  public var delivery: Delivery?
  /// Names of channels that ``delivery`` asks about.
  public var channels: [String]

  /// Makes a filter.
  public init(
    form: String? = nil, office: String? = nil, since: Int64? = nil, before: Int64? = nil,
    delivery: Delivery? = nil, channels: [String] = []
  ) {
    self.form = form
    self.office = office
    self.since = since
    self.before = before
    self.delivery = delivery
    self.channels = channels
  }

  var condition: String {
    """
    (:form IS NULL OR form = :form) AND (:since IS NULL OR submitted >= :since)
    AND (:before IS NULL OR submitted < :before) AND (:office IS NULL OR office = :office)
    AND submission.number > :after AND submission.number <= :through \(deliveryCondition)
    """
  }

  /// How many of the channels have it, and how many have refused it.
  private var deliveryCondition: String {
    guard let delivery else { return "" }
    let count = { (state: String) in
      """
      (SELECT count(*) FROM parcel_submission AS m JOIN parcel AS p ON p.number = m.parcel
       WHERE m.uuid = submission.uuid AND p.state = '\(state)'
         AND m.channel IN (SELECT value FROM json_each(:channels)))
      """
    }
    let isSent = "\(channels.count) > 0 AND \(count("sent")) = \(channels.count)"
    switch delivery {
    case .sent: return "AND \(isSent)"
    case .refused: return "AND \(count("refused")) > 0"
    case .unsent: return "AND NOT (\(isSent)) AND \(count("refused")) = 0"
    }
  }

  var arguments: StatementArguments {
    var values: [String: (any DatabaseValueConvertible)?] = [
      "form": form, "since": since, "before": before, "office": office, "after": after,
      "through": through ?? .max,
    ]
    if delivery != nil {
      let names = try? RecordJSON.encode(channels)
      values["channels"] = names.map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
    return StatementArguments(values)
  }
}

/// The finished interviews of a stage.
///
/// Methods block until SQLite is done: call them away from the main actor. Saved means on the disk.
public struct SubmissionStore: Sendable {
  let database: IntakeDatabase
  let keys: InterviewKeys
  let directory: DataDirectory
  let people: PersonIndex
  let audits: AuditLog
  let passedOver = UnreadableSubmissions()

  /// Submissions that streams passed over since the data were opened, in the order of their identifiers.
  public var unreadable: [UnreadableSubmission] { passedOver.all }

  /// What saving did.
  public enum SaveResult: Hashable, Sendable {
    /// The submission is new.
    case saved
    /// The very same submission was kept already.
    case alreadySaved
  }

  /// Keeps a submission, in one transaction.
  ///
  /// Saving the same one again changes nothing.
  ///
  /// - Throws: ``StoreError/differs(id:)`` when another one is kept under its identifier,
  ///   ``StoreError/closed(id:)`` when it was erased; others.
  @discardableResult
  public func save(_ submission: Submission) throws(StoreError) -> SaveResult {
    try save([submission]).first ?? .alreadySaved
  }

  /// Keeps several submissions, all or none.
  ///
  /// - Throws: as ``save(_:)-(Submission)``.
  @discardableResult
  public func save(_ submissions: [Submission]) throws(StoreError) -> [SaveResult] {
    try StoreError.naming(database.path) {
      try refuseOtherStages(submissions)
      try makeKeys(submissions.map(\.id))
      let records = try submissions.map {
        try SealedSubmission($0, cipher: keys.key(of: $0.id).cipher(for: .submission))
      }
      return try database.pool.write { connection in
        try records.map { try insert($0, connection) }
      }
    }
  }

  /// How many there are.
  ///
  /// - Throws: ``StoreError``.
  public func count(_ filter: SubmissionFilter = .init()) throws(StoreError) -> Int {
    try read { connection in
      try Int.fetchOne(
        connection, sql: "SELECT count(*) FROM submission WHERE \(filter.condition)",
        arguments: filter.arguments) ?? 0
    }
  }

  /// The number of the one saved last; 0 where there is none.
  ///
  /// - Throws: ``StoreError``.
  package func lastNumber() throws(StoreError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM submission") ?? 0 }
  }

  /// Identifiers of interviews that were erased.
  ///
  /// - Throws: ``StoreError``.
  package func erased() throws(StoreError) -> Set<String> { try InterviewIndex.erased(database) }

  /// The stage whose interviews they are.
  package var stage: String { directory.stage }

  /// Summaries, the newest first.
  ///
  /// - Throws: ``StoreError``.
  public func list(
    _ filter: SubmissionFilter = .init(), limit: Int? = nil
  ) throws(StoreError) -> [SubmissionSummary] {
    try read { connection in
      try Row.fetchAll(
        connection,
        sql: """
          SELECT uuid, form, form_version, stage, language, office, created, submitted
          FROM submission
          WHERE \(filter.condition) ORDER BY number DESC LIMIT \(limit ?? -1)
          """,
        arguments: filter.arguments
      ).map {
        SubmissionSummary(
          id: $0[0], form: $0[1], formVersion: $0[2], stage: $0[3], language: $0[4],
          office: $0[5], created: $0[6], submitted: $0[7])
      }
    }
  }

  /// How many submissions and drafts were ever erased; grows with every one.
  ///
  /// - Throws: ``StoreError``.
  package func erasedCount() throws(StoreError) -> Int {
    try read { connection in
      try Int.fetchOne(
        connection, sql: "SELECT count(*) FROM interview WHERE state = 'erased'") ?? 0
    }
  }

  /// The identifier that begins so.
  ///
  /// - Throws: ``StoreError/notFound(prefix:)``, ``StoreError/ambiguous(prefix:matches:)``,
  ///   ``StoreError/invalidIdentifier(_:)``.
  public func identifier(prefix: String) throws(StoreError) -> String {
    try Self.only(identifiers(prefix: prefix), prefix: prefix)
  }

  /// The identifiers that begin so.
  func identifiers(prefix: String) throws(StoreError) -> [String] {
    try InterviewIdentifier.checkPrefix(prefix)
    // `g` sorts behind every character of a UUID.
    return try read { connection in
      try String.fetchAll(
        connection, sql: "SELECT uuid FROM submission WHERE uuid >= ? AND uuid < ?",
        arguments: [prefix, prefix + "g"])
    }
  }

  static func only(_ matches: [String], prefix: String) throws(StoreError) -> String {
    guard let match = matches.first else { throw .notFound(prefix: prefix) }
    guard matches.count == 1 else { throw .ambiguous(prefix: prefix, matches: matches.count) }
    return match
  }

  /// The submission whose identifier begins so.
  ///
  /// - Throws: as ``identifier(prefix:)``; ``StoreError/unreadable(id:)``.
  public func get(_ prefix: String) throws(StoreError) -> Submission {
    let id = try identifier(prefix: prefix)
    return try read { try kept(id, $0) }
  }

  /// Erases the submission whose identifier begins so, and remembers that it was erased.
  ///
  /// Its journal and sound are erased with ``StageData/erase(_:at:)``.
  /// - Throws: as ``identifier(prefix:)``.
  func delete(_ prefix: String, at time: Int64, by actor: Actor = Actor()) throws(StoreError) {
    let id = try identifier(prefix: prefix)
    try StoreError.naming(database.path) {
      try database.pool.write { connection in
        try connection.execute(sql: "DELETE FROM submission WHERE uuid = ?", arguments: [id])
        try InterviewIndex.note(id, .erased, at: time, connection)
        try audits.empty(id, connection)
        try audits.note(.erased, of: id, at: time, AuditNote.Contents(actor), connection)
      }
    }
  }

  /// Removes what is left of an interview whose key is gone, and remembers that it was erased.
  func forget(_ id: String) throws(StoreError) {
    try StoreError.naming(database.path) {
      try database.pool.write { connection in
        try connection.execute(sql: "DELETE FROM submission WHERE uuid = ?", arguments: [id])
        try connection.execute(
          sql: """
            INSERT INTO interview (uuid, state, created, updated) VALUES (?, 'erased', 0, 0)
            ON CONFLICT (uuid) DO UPDATE SET state = 'erased'
            """,
          arguments: [id])
      }
    }
  }

  func read<Result>(_ work: (Database) throws -> Result) throws(StoreError) -> Result {
    try StoreError.naming(database.path) { try database.pool.read(work) }
  }

  /// Production is written by production alone, and so is every other stage.
  private func refuseOtherStages(_ submissions: [Submission]) throws(StoreError) {
    if let stranger = submissions.first(where: { $0.stage != directory.stage }) {
      throw .otherStage(needed: directory.stage, found: stranger.stage)
    }
  }

  /// Gives interviews that were never kept before their keys.
  private func makeKeys(_ ids: [String]) throws(StoreError) {
    guard keys.ring.isWriting else { return }
    try keys.makeKeys(for: ids) { id throws(StoreError) in
      if InterviewFile.hasFirstPart(id, in: directory) { return true }
      return try read { try InterviewIndex.state(id, $0) } != nil
    }
  }

  private func insert(_ record: SealedSubmission, _ connection: Database) throws -> SaveResult {
    let id = record.summary.id
    if try Bool.fetchOne(
      connection, sql: "SELECT 1 FROM submission WHERE uuid = ?", arguments: [id]) == true
    {
      guard try kept(id, connection) == record.submission else {
        throw StoreError.differs(id: id)
      }
      return .alreadySaved
    }
    guard try InterviewIndex.state(id, connection) != .erased else {
      throw StoreError.closed(id: id)
    }
    try InterviewIndex.note(
      id, .submitted, at: record.summary.submitted, created: record.summary.created, connection)
    try record.insert(connection)
    try people.add(id, { record.submission.field($0)?.value }, connection)
    if record.submission.refusesData {
      let actor = Actor(technician: record.submission.technician)
      try audits.note(
        .dataRefused, of: id, at: record.summary.submitted, AuditNote.Contents(actor), connection)
    }
    return .saved
  }

  /// The submission of an identifier that exists.
  private func kept(_ id: String, _ connection: Database) throws -> Submission {
    let sealed = try Data.fetchOne(
      connection,
      sql: "SELECT sealed FROM payload JOIN submission USING (number) WHERE uuid = ?",
      arguments: [id])
    guard let sealed,
      let cipher = try? keys.key(of: id).cipher(for: .submission),
      let submission = SealedSubmission.open(Array(sealed), id: id, cipher: cipher)
    else { throw StoreError.unreadable(id: id) }
    return submission
  }
}
