import Foundation
import GRDB
import Interview
import Vault

/// An interview that was begun and neither submitted nor discarded.
public struct Draft: Hashable, Sendable, Identifiable {
  /// The interview's UUID in lower case.
  public let id: String
  /// What was known when it began; nil when the journal's first record is damaged.
  public let header: InterviewHeader?
  /// When it began, milliseconds since 1970-01-01 UTC; 0 when unknown.
  public let began: Int64
  /// When something last happened in it, milliseconds since 1970-01-01 UTC.
  public let lastChange: Int64
  /// Events in the journal.
  public let events: Int
  /// Fields with a value or a decision.
  public let answered: Int
  /// Whether the journal ends in ``InterviewEvent/submitted`` although no submission is kept.
  public let wasSubmitted: Bool
  /// Whether more of the journal is damaged than the end that a crash cuts short.
  public let isDamaged: Bool
  /// What is missing from the journal; nil when everything is there.
  public let loss: JournalLoss?
  /// Whether there is sound.
  public let hasAudio: Bool
  /// The interview as it stands.
  public let interview: InterviewState
}

/// Interviews in progress, found by their journals alone: no other file has to have been written.
public struct DraftStore: Sendable {
  let directory: DataDirectory
  let keys: InterviewKeys
  let database: IntakeDatabase
  let audits: AuditLog

  /// Drafts, the one changed last first.
  ///
  /// - Throws: ``StoreError``.
  public func list() throws(StoreError) -> [Draft] {
    let journals = try files(.journal)
    let audio = try files(.audio)
    let settled = try InterviewIndex.settled(database)
    var drafts: [Draft] = []
    for id in journals.keys where settled[id] == nil {
      let reading: JournalReading<StampedEvent>
      // An erased interview that an old copy of the database calls open again.
      do { reading = try events(of: id) } catch .closed { continue }
      guard !(reading.records.isEmpty && reading.damage.isEmpty) else { continue }
      drafts.append(Draft(id, reading, hasAudio: audio[id] != nil))
    }
    return drafts.sorted { ($0.lastChange, $0.id) > ($1.lastChange, $1.id) }
  }

  /// What happened in an interview so far; changes nothing.
  ///
  /// - Throws: ``StoreError``.
  public func events(of id: String) throws(StoreError) -> JournalReading<StampedEvent> {
    try JournalReading(interview: id, in: directory, key: try keys.key(of: id))
  }

  /// Starts the journal of a new interview, or a further part for one that is resumed.
  ///
  /// - Parameter time: now, milliseconds since 1970-01-01 UTC.
  /// - Throws: ``StoreError/closed(id:)`` when it was submitted or erased; others.
  public func journal(
    for id: String, at time: Int64
  ) throws(StoreError) -> Journal<StampedEvent> {
    let id = try InterviewIdentifier(id).text
    try makeKey(id)
    try change(id, to: .open, at: time) { $0 == nil || $0 == .open }
    return try Journal<StampedEvent>(interview: id, in: directory, key: try keys.key(of: id))
  }

  /// The sound of an interview, for reading and for more; no file is made before there is sound to keep.
  ///
  /// - Throws: ``StoreError``.
  public func audio(for id: String) throws(StoreError) -> AudioSpool {
    let id = try InterviewIdentifier(id).text
    try makeKey(id)
    return try AudioSpool(interview: id, in: directory, key: try keys.key(of: id))
  }

  /// Erases a draft: its journal, its sound, and the chance that it comes back.
  ///
  /// - Parameter time: now, milliseconds since 1970-01-01 UTC.
  /// - Throws: ``StoreError/closed(id:)`` when it was submitted; others.
  public func discard(
    _ id: String, at time: Int64, by actor: Actor = Actor()
  ) throws(StoreError) {
    let id = try InterviewIdentifier(id).text
    try change(id, to: .erased, at: time, by: actor) { $0 != .submitted }
    try keys.destroyKey(of: id)
    try removeFiles(id, [.journal, .audio])
  }

  /// Erases the sound of an interview, for example when the consent to record is withdrawn.
  ///
  /// Close the spool first.
  /// - Throws: ``StoreError``.
  public func discardAudio(_ id: String) throws(StoreError) {
    try removeFiles(try InterviewIdentifier(id).text, [.audio])
  }

  /// Gives a new interview its key.
  ///
  /// One that has files or a place in the index without a key is from before there were such keys.
  private func makeKey(_ id: String) throws(StoreError) {
    guard keys.ring.isWriting else { return }
    try keys.makeKeys(for: [id]) { id throws(StoreError) in
      try states(of: [id])[id] != nil || InterviewFile.hasFirstPart(id, in: directory)
    }
  }

  func removeFiles(_ id: String, _ kinds: [InterviewFile.Kind]) throws(StoreError) {
    do {
      for kind in kinds {
        let parts = try InterviewFile.parts(kind, of: id, in: directory)
        for part in parts { try Folder.remove(part.path(in: directory)) }
        if !parts.isEmpty {
          try Folder.sync(kind == .journal ? directory.journals : directory.audio)
        }
      }
    } catch {
      throw StoreError(error)
    }
  }

  /// Drafts whose identifier begins so, also those that have nothing but damaged files or sound.
  func identifiers(prefix: String) throws(StoreError) -> [String] {
    try InterviewIdentifier.checkPrefix(prefix)
    let ids = try interviewsWithFiles().filter { $0.hasPrefix(prefix) }
    let states = try states(of: ids)
    return ids.filter { (states[$0] ?? .open) == .open }.sorted()
  }

  private func interviewsWithFiles() throws(StoreError) -> [String] {
    Array(Set(try files(.journal).keys).union(try files(.audio).keys))
  }

  /// Interviews that have sound.
  func interviewsWithSound() throws(StoreError) -> Set<String> { Set(try files(.audio).keys) }

  /// Interviews that have a journal.
  func interviewsWithJournal() throws(StoreError) -> Set<String> { Set(try files(.journal).keys) }

  private func change(
    _ id: String, to state: InterviewIndex.State, at time: Int64, by actor: Actor = Actor(),
    from isAllowed: (InterviewIndex.State?) -> Bool
  ) throws(StoreError) {
    try StoreError.naming(database.path) {
      try database.pool.write { connection in
        guard isAllowed(try InterviewIndex.state(id, connection)) else {
          throw StoreError.closed(id: id)
        }
        try InterviewIndex.note(id, state, at: time, connection)
        guard state == .erased else { return }
        try audits.empty(id, connection)
        try audits.note(.erased, of: id, at: time, AuditNote.Contents(actor), connection)
      }
    }
  }

  private func files(
    _ kind: InterviewFile.Kind
  ) throws(StoreError) -> [String: [InterviewFile]] {
    do { return try InterviewFile.all(kind, in: directory) } catch { throw StoreError(error) }
  }

  private func states(of ids: [String]) throws(StoreError) -> [String: InterviewIndex.State] {
    try StoreError.naming(database.path) {
      try database.pool.read { connection in
        var states: [String: InterviewIndex.State] = [:]
        for id in ids { states[id] = try InterviewIndex.state(id, connection) }
        return states
      }
    }
  }
}

extension Draft {
  fileprivate init(_ id: String, _ reading: JournalReading<StampedEvent>, hasAudio: Bool) {
    let state = InterviewState(events: reading.records)
    self.id = id
    header = state.header
    began = state.began
    lastChange = state.lastChange
    events = reading.records.count
    answered = state.entries.values.count { $0.status != .empty }
    wasSubmitted = state.isSubmitted
    loss = reading.loss
    isDamaged =
      reading.isDamaged || (loss?.events ?? 0) > 0
      || (reading.records.isEmpty && !reading.damage.isEmpty)
    self.hasAudio = hasAudio
    interview = state
  }
}
