import Extraction
import Forms
import Foundation
import GRDB
import Interview
import Vault

/// A submission that may be of the same person.
public struct PossibleDuplicate: Hashable, Sendable, Codable {
  /// What is the same.
  public enum Match: String, Hashable, Sendable, Codable {
    /// The number of an identity document.
    case document
    /// Name and date of birth.
    case nameAndBirthDate
  }

  /// The other submission's UUID.
  public let id: String
  /// When it was submitted, milliseconds since 1970-01-01 UTC.
  public let submitted: Int64
  /// The form it was made with.
  public let form: String
  /// What is the same; never empty.
  public internal(set) var matches: [Match]
}

/// Finds equal people by keyed hashes of what tells them: without the key nothing can be looked up in it.
struct PersonIndex: Sendable {
  private let hash: KeyedHash

  init(_ key: DataKey) throws(StoreError) {
    do { hash = try key.keyedHash() } catch { throw .vaultUnavailable }
  }

  /// The hashes of a person's values; none for what is missing.
  func keys(_ value: (FieldName) -> FieldValue?) -> [(PossibleDuplicate.Match, [UInt8])] {
    var keys: [(PossibleDuplicate.Match, [UInt8])] = []
    if case .text(let number) = value("document_number"), let number = Self.document(number) {
      keys.append((.document, hash.hash(number, domain: "document")))
    }
    if case .text(let name) = value("full_name"), case .text(let date) = value("birth_date"),
      let name = Self.name(name)
    {
      keys.append((.nameAndBirthDate, hash.hash(name + "|" + date, domain: "name and birth date")))
    }
    return keys
  }

  /// Letters and digits of a number; nil for one too short to tell anybody.
  static func document(_ number: String) -> String? {
    let text = Folding.fold(number).uppercased().filter { $0.isLetter || $0.isNumber }
    return text.count >= 4 ? text : nil
  }

  /// The words of a name in alphabetical order, without accents: surnames first or last are the same name.
  static func name(_ name: String) -> String? {
    let words = Folding.fold(name).split { !$0.isLetter && !$0.isNumber }.sorted()
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// Adds a submission's values.
  func add(
    _ id: String, _ value: (FieldName) -> FieldValue?, _ connection: Database
  ) throws {
    let insert = try connection.cachedStatement(
      sql: "INSERT OR IGNORE INTO person (kind, hash, uuid) VALUES (?, ?, ?)")
    for (match, hash) in keys(value) {
      try insert.execute(arguments: [match.rawValue, Data(hash), id])
    }
  }

  /// Submissions that have the same values, the newest first.
  func find(
    _ value: (FieldName) -> FieldValue?, except id: String?, _ connection: Database
  ) throws -> [PossibleDuplicate] {
    var found: [String: PossibleDuplicate] = [:]
    for (match, hash) in keys(value) {
      let rows = try Row.fetchAll(
        connection,
        sql: """
          SELECT s.uuid, s.submitted, s.form FROM person JOIN submission AS s USING (uuid)
          WHERE kind = ? AND hash = ?
          """,
        arguments: [match.rawValue, Data(hash)])
      for row in rows where row[0] as String != id {
        found[
          row[0],
          default: PossibleDuplicate(id: row[0], submitted: row[1], form: row[2], matches: [])
        ].matches.append(match)
      }
    }
    return found.values.sorted { ($0.submitted, $0.id) > ($1.submitted, $1.id) }
  }

  /// Groups of submissions that share a hash.
  func groups(_ connection: Database) throws -> [(PossibleDuplicate.Match, [String])] {
    try Row.fetchAll(
      connection,
      sql: """
        SELECT kind, group_concat(uuid, ' ') FROM person
        GROUP BY kind, hash HAVING count(*) > 1 ORDER BY min(uuid), kind
        """
    ).compactMap { row in
      guard let match = PossibleDuplicate.Match(rawValue: row[0]) else { return nil }
      return (match, (row[1] as String).split(separator: " ").map(String.init).sorted())
    }
  }
}

extension StageData {
  /// Submissions that may be of the person whose values these are; offline and quick enough for every change of a field.
  ///
  /// - Parameters:
  ///   - values: the values as they stand at the desk.
  ///   - id: the interview itself, which is no duplicate of its own.
  /// - Throws: ``StoreError``.
  public func possibleDuplicates(
    of values: (FieldName) -> FieldValue?, except id: String? = nil
  ) throws(StoreError) -> [PossibleDuplicate] {
    try submissions.read { try submissions.people.find(values, except: id, $0) }
  }

  /// Submissions that may be of the person of an interview.
  ///
  /// - Throws: ``StoreError``.
  public func possibleDuplicates(of state: InterviewState) throws(StoreError) -> [PossibleDuplicate]
  {
    try possibleDuplicates(of: { state.entry($0).value }, except: state.header?.id)
  }

  /// All submissions that share a document number, or name and date of birth.
  ///
  /// - Throws: ``StoreError``.
  public func duplicateGroups() throws(StoreError) -> [(
    match: PossibleDuplicate.Match, submissions: [String]
  )] {
    try submissions.read { try submissions.people.groups($0) }
      .map { (match: $0.0, submissions: $0.1) }
  }

  /// Fills the index from the submissions, once, or again under another key.
  func indexPeople(with people: PersonIndex, _ connection: Database) throws {
    try connection.execute(sql: "DELETE FROM person")
    try submissions.forEachRow(in: connection) { row in
      try people.add(row.summary.id, { row.field($0)?.value }, connection)
    }
    try connection.execute(
      sql: "INSERT INTO meta (name, value) VALUES ('people', x'31') ON CONFLICT DO NOTHING")
  }

  /// Fills the index of a store from before there was one.
  func indexPeopleOnce() throws(StoreError) {
    let isDone = try submissions.read {
      try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM meta WHERE name = 'people')") == true
    }
    guard !isDone else { return }
    try StoreError.naming(database.path) {
      try database.pool.write { try indexPeople(with: submissions.people, $0) }
    }
  }
}
