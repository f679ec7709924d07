import Foundation
import GRDB
import Vault

/// What was done with an interview besides what its journal tells.
public struct AuditNote: Hashable, Sendable, Codable {
  /// What was done.
  public enum Action: String, Hashable, Sendable, Codable {
    case submitted, erased, soundRemoved, wordsRemoved, recordingWithdrawn, dataRefused,
      identifiedRead
  }

  /// Number in the stage's chain.
  public let number: Int64
  /// The interview's UUID in lower case.
  public let interview: String
  /// Milliseconds since 1970-01-01 UTC.
  public let time: Int64
  /// What was done.
  public let action: Action
  /// Who and why; nil once the interview was erased.
  public let contents: Contents?

  /// The part that is sealed.
  public struct Contents: Hashable, Sendable, Codable {
    /// The technician as set in the configuration; may be empty.
    public let technician: String
    /// Why; empty where none was given, or where a rule did it.
    public let reason: String
    /// For ``Action/submitted``: the last link of the journal, in hexadecimal.
    public let journal: String?
    /// Random digits, so that nobody can guess contents by their hash.
    let salt: UInt64

    init(technician: String, reason: String, journal: String? = nil) {
      self.technician = technician
      self.reason = reason
      self.journal = journal
      salt = .random(in: .min ... .max)
    }
  }
}

/// Who does something and why, for the audit trail.
public struct Actor: Hashable, Sendable {
  /// The technician as set in the configuration; may be empty.
  public let technician: String
  /// Why; may be empty.
  public let reason: String

  /// Names somebody.
  public init(technician: String = "", reason: String = "") {
    self.technician = technician
    self.reason = reason
  }
}

/// The stage's chain of notes.
struct AuditLog: Sendable {
  private let cipher: RecordCipher

  init(_ key: DataKey) throws(StoreError) {
    do { cipher = try key.cipher(for: .audit) } catch { throw .vaultUnavailable }
  }

  /// Adds a note, in the transaction of what it tells.
  func note(
    _ action: AuditNote.Action, of id: String, at time: Int64, _ contents: AuditNote.Contents,
    _ connection: Database
  ) throws {
    let plain = try RecordJSON.encode(contents)
    let digest = HashChain.hash(plain)
    let previous =
      try Data.fetchOne(connection, sql: "SELECT link FROM audit ORDER BY number DESC LIMIT 1")
      .map(Array.init) ?? HashChain.start
    let link = Self.link(previous, id, time, action.rawValue, digest)
    try connection.execute(
      sql: """
        INSERT INTO audit (uuid, time, action, digest, link, sealed) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, time, action.rawValue, Data(digest), Data(link),
        Data(cipher.seal(plain, context: Self.context(id))),
      ])
  }

  /// Whether something is noted of an interview.
  func has(_ action: AuditNote.Action, of id: String, _ connection: Database) throws -> Bool {
    try Bool.fetchOne(
      connection, sql: "SELECT EXISTS (SELECT 1 FROM audit WHERE uuid = ? AND action = ?)",
      arguments: [id, action.rawValue]) == true
  }

  /// The interviews of which that is noted.
  func interviews(with action: AuditNote.Action, _ connection: Database) throws -> Set<String> {
    try String.fetchSet(
      connection, sql: "SELECT DISTINCT uuid FROM audit WHERE action = ?",
      arguments: [action.rawValue])
  }

  /// Removes the contents of an interview's notes; that there were notes stays, and the chain.
  func empty(_ id: String, _ connection: Database) throws {
    try connection.execute(
      sql: "UPDATE audit SET sealed = NULL WHERE uuid = ?", arguments: [id])
  }

  /// The notes of an interview in order.
  func notes(of id: String, _ connection: Database) throws -> [AuditNote] {
    var notes: [AuditNote] = []
    let rows = try Row.fetchCursor(
      connection,
      sql: "SELECT number, time, action, sealed FROM audit WHERE uuid = ? ORDER BY number",
      arguments: [id])
    while let row = try rows.next() {
      let (name, sealed): (String, Data?) = (row["action"], row["sealed"])
      guard let action = AuditNote.Action(rawValue: name) else { continue }
      notes.append(
        AuditNote(
          number: row["number"], interview: id, time: row["time"], action: action,
          contents: sealed.flatMap { try? contents(Array($0), of: id) }))
    }
    return notes
  }

  /// The number of the first note that does not fit the chain; nil when all do.
  func firstBreak(_ connection: Database) throws -> Int64? {
    var previous = HashChain.start
    var expected: Int64?
    let rows = try Row.fetchCursor(
      connection,
      sql: "SELECT number, uuid, time, action, digest, link, sealed FROM audit ORDER BY number")
    while let row = try rows.next() {
      let (number, id): (Int64, String) = (row["number"], row["uuid"])
      let digest = Array(row["digest"] as Data)
      let link = Self.link(previous, id, row["time"], row["action"], digest)
      var fits = link == Array(row["link"] as Data) && number == expected ?? number
      if let sealed: Data = row["sealed"] {
        let plain = try? cipher.open(Array(sealed), context: Self.context(id))
        fits = fits && plain.map(HashChain.hash) == digest
      }
      guard fits else { return number }
      previous = link
      expected = number + 1
    }
    return nil
  }

  /// Seals every note under another key.
  func reseal(under key: DataKey, _ connection: Database) throws {
    let new = try key.cipher(for: .audit)
    let numbers = try Int64.fetchAll(
      connection, sql: "SELECT number FROM audit WHERE sealed IS NOT NULL")
    for number in numbers {
      let row = try Row.fetchOne(
        connection, sql: "SELECT uuid, sealed FROM audit WHERE number = ?", arguments: [number])
      guard let row, let sealed: Data = row["sealed"] else { continue }
      let context = Self.context(row["uuid"])
      // A note that was changed stays as it is, to be found by whoever verifies.
      guard let plain = try? cipher.open(Array(sealed), context: context) else { continue }
      try connection.execute(
        sql: "UPDATE audit SET sealed = ? WHERE number = ?",
        arguments: [Data(new.seal(plain, context: context)), number])
    }
  }

  private func contents(_ sealed: [UInt8], of id: String) throws -> AuditNote.Contents {
    try RecordJSON.decode(
      AuditNote.Contents.self, from: cipher.open(sealed, context: Self.context(id)))
  }

  private static func context(_ id: String) -> SealContext {
    SealContext(table: "audit", row: id, purpose: "note")
  }

  private static func link(
    _ previous: [UInt8], _ id: String, _ time: Int64, _ action: String, _ digest: [UInt8]
  ) -> [UInt8] {
    HashChain.link(previous, Array("\(id) \(time) \(action) ".utf8) + digest)
  }
}
