import Foundation
import GRDB
import Interview
import Vault

/// What is kept of an interview once its submission is saved.
public struct AfterSubmit: Hashable, Sendable {
  /// Whether the sound stays.
  ///
  /// By default it goes: the form has what was asked for, and a voice identifies a person.
  public var keepsAudio: Bool
  /// Whether the journal stays, as the audit trail of who decided what and when.
  public var keepsJournal: Bool

  /// Makes a policy.
  public init(keepsAudio: Bool = false, keepsJournal: Bool = true) {
    self.keepsAudio = keepsAudio
    self.keepsJournal = keepsJournal
  }
}

/// The data of one stage, opened by this process: the way into everything that is kept.
///
/// Methods block until the disk is done: call them away from the main actor.
public struct StageData: Sendable {
  /// What a process means to do with the data.
  public enum Access: Sendable {
    /// Reads and writes; one process at a time. Makes what is missing, also the key at the very first start.
    case working
    /// Reads finished interviews, beside a process that is working.
    case reading
    /// Sends what is kept and notes what arrived, beside a process that is working; one process at a time.
    case sending
  }

  /// Where the data are.
  public let directory: DataDirectory
  /// Finished interviews.
  public let submissions: SubmissionStore
  /// Interviews that were begun and not submitted.
  public let drafts: DraftStore
  /// What is on its way to servers, and what arrived there.
  public let outbox: Outbox
  /// The key's name.
  public var keyID: KeyID { keys.stage.id }

  /// Why a removal that a crash interrupted could not be finished at the start; nil when all is removed.
  public private(set) var removalFailure: StoreError?

  /// Interviews that an old copy of the database had still although they were erased: this start cleared them away.
  public private(set) var clearedAway: [String] = []

  let keys: InterviewKeys
  let audits: AuditLog
  let database: IntakeDatabase
  let policy: AfterSubmit
  private var lock: InstanceLock?

  /// Opens a stage's data.
  ///
  /// With ``Access/working`` it also finishes the removals that a crash interrupted.
  /// - Throws: ``StoreError``; nothing that exists is changed when it does.
  public static func open(
    _ directory: DataDirectory, access: Access = .working, policy: AfterSubmit = .init(),
    unlock: KeyUnlock = .none
  ) throws(StoreError) -> StageData {
    switch access {
    case .working:
      return try openForWork(directory, policy: policy, unlock: unlock, thoroughly: false)
    case .reading:
      guard Folder.exists(directory.database) else { throw .noData(path: directory.path) }
      let key = try StageKey.load(directory, unlock)
      return try StageData(
        directory, key: key, database: .openForReading(directory.database, key: key),
        policy: policy, lock: nil)
    case .sending:
      guard Folder.exists(directory.database) else { throw .noData(path: directory.path) }
      let key = try StageKey.load(directory, unlock)
      let lock = try InstanceLock.acquire(directory.sendingLock)
      return try StageData(
        directory, key: key, database: .openBeside(directory.database, key: key),
        policy: policy, lock: lock)
    }
  }

  /// Opens for reading and writing; see ``IntakeDatabase/open(_:key:thoroughly:)``.
  static func openForWork(
    _ directory: DataDirectory, policy: AfterSubmit, unlock: KeyUnlock = .none, thoroughly: Bool
  ) throws(StoreError) -> StageData {
    let lock = try StoreError.naming(directory.path) {
      try directory.make()
      return try InstanceLock.acquire(directory.lock)
    }
    try KeyRotation.finish(directory)
    let key = try StageKey.loadOrMake(directory, unlock)
    let database = try IntakeDatabase.open(directory.database, key: key, thoroughly: thoroughly)
    var data = try StageData(
      directory, key: key, database: database, policy: policy, lock: lock, isWorking: true)
    // What can't be removed now is no reason to turn the technician away; the next start tries again.
    try data.indexPeopleOnce()
    do { data.clearedAway = try data.finishErasures() } catch { data.removalFailure = error }
    do { try data.finishRemovals() } catch { data.removalFailure = error }
    return data
  }

  private init(
    _ directory: DataDirectory, key: DataKey, database: IntakeDatabase, policy: AfterSubmit,
    lock: InstanceLock?, isWorking: Bool = false
  ) throws(StoreError) {
    self.directory = directory
    try StoreMarks.refuse(directory, database)
    keys = try InterviewKeys(key, in: directory, isWriting: isWorking)
    if isWorking { try StoreMarks.note(directory, database) }
    self.database = database
    self.policy = policy
    self.lock = lock
    audits = try AuditLog(key)
    submissions = SubmissionStore(
      database: database, keys: keys, directory: directory, people: try PersonIndex(key),
      audits: audits)
    outbox = try Outbox(database: database, submissions: submissions, key: key)
    drafts = DraftStore(directory: directory, keys: keys, database: database, audits: audits)
  }

  /// The same data for sending, as ``Access/sending`` opens them, while this process works with them.
  ///
  /// - Throws: ``StoreError/inUse(process:)`` while another process sends.
  public func forSending() throws(StoreError) -> StageData {
    var data = self
    data.lock = try InstanceLock.acquire(directory.sendingLock)
    return data
  }

  /// Saves the submission of a finished interview, then keeps or removes its journal and sound by the policy.
  ///
  /// Of an interview without consent to the data neither stays, whatever the policy.
  /// Close the journal and the spool first. Submitting the same again changes nothing.
  /// - Throws: as ``SubmissionStore/save(_:)-(Submission)``; when removing fails the submission is
  ///   saved all the same, and the next start removes.
  public func submit(_ submission: Submission) throws(StoreError) {
    try submissions.save(submission)
    try noteSubmission(
      submission.id, at: submission.submitted, technician: submission.technician)
    // The journal and the voice tell who somebody is: without consent to the data neither stays.
    let refuses = submission.refusesData
    if refuses || !policy.keepsAudio { try drafts.removeFiles(submission.id, [.audio]) }
    if refuses || !policy.keepsJournal { try drafts.removeFiles(submission.id, [.journal]) }
  }

  /// An interview that is kept, submitted or not.
  public struct Kept: Hashable, Sendable {
    /// The interview's UUID in lower case.
    public let id: String
    /// Whether it was begun and never submitted.
    public let isDraft: Bool
  }

  /// The submission or draft whose identifier begins so.
  ///
  /// - Throws: as ``SubmissionStore/identifier(prefix:)``.
  public func find(_ prefix: String) throws(StoreError) -> Kept {
    let drafts = try drafts.identifiers(prefix: prefix)
    let id = try SubmissionStore.only(
      submissions.identifiers(prefix: prefix) + drafts, prefix: prefix)
    return Kept(id: id, isDraft: drafts.contains(id))
  }

  /// What ``erase(_:at:by:)`` would erase.
  ///
  /// - Throws: as ``find(_:)``; ``StoreError/prefixTooShort(prefix:least:)``.
  public func findToErase(_ prefix: String) throws(StoreError) -> Kept {
    try InterviewIdentifier.checkDestroying(prefix)
    return try find(prefix)
  }

  /// Erases a submission or a draft, its journal and its sound; `prefix` is the beginning of its identifier.
  ///
  /// - Parameter time: now, milliseconds since 1970-01-01 UTC.
  /// - Returns: the identifier.
  /// - Throws: as ``findToErase(_:)``.
  @discardableResult
  public func erase(
    _ prefix: String, at time: Int64, by actor: Actor = Actor()
  ) throws(StoreError) -> String {
    let id = try remove(prefix, at: time, by: actor)
    try database.compact()
    return id
  }

  /// Erases without rewriting the database's file.
  @discardableResult
  func remove(_ prefix: String, at time: Int64, by actor: Actor) throws(StoreError) -> String {
    let kept = try findToErase(prefix)
    if kept.isDraft {
      try drafts.discard(kept.id, at: time, by: actor)
    } else {
      try submissions.delete(kept.id, at: time, by: actor)
      try keys.destroyKey(of: kept.id)
      try drafts.removeFiles(kept.id, [.journal, .audio])
    }
    return kept.id
  }

  /// What happened in a finished interview, where the policy kept it.
  ///
  /// - Throws: ``StoreError``.
  public func journal(of id: String) throws(StoreError) -> JournalReading<StampedEvent> {
    try JournalReading(interview: id, in: directory, key: try keys.key(of: id))
  }

  /// Whether sound of an interview is kept.
  ///
  /// - Throws: ``StoreError``.
  public func hasSound(_ id: String) throws(StoreError) -> Bool {
    try drafts.interviewsWithSound().contains(id)
  }

  /// Reads the whole database and looks for damage; takes seconds per gigabyte.
  ///
  /// - Throws: ``StoreError/damaged(path:)``.
  public func check() throws(StoreError) { try database.check() }

  /// Completes erasures that a crash interrupted, or that a copy of the database from a backup has forgotten.
  ///
  /// - Returns: the forgotten ones.
  private func finishErasures() throws(StoreError) -> [String] {
    let erased = try InterviewIndex.erased(database)
    for id in erased {
      guard let owner = KeyOwner(id), !keys.ring.destroyed.contains(owner) else { continue }
      try keys.destroyKey(of: id)
    }
    let forgotten = keys.ring.destroyed.map(\.description).filter { !erased.contains($0) }
    for id in forgotten { try submissions.forget(id) }
    if !forgotten.isEmpty { try database.compact() }
    return forgotten.sorted()
  }

  /// Removes the files of submitted and erased interviews that a crash left behind.
  private func finishRemovals() throws(StoreError) {
    let settled = try InterviewIndex.settled(database)
    let wordless = try wordlessSubmissions()
    let refused = try submissions.read { try audits.interviews(with: .dataRefused, $0) }
    for id in try drafts.interviewsWithSound() {
      let isKept = policy.keepsAudio && !refused.contains(id)
      if settled[id] == .erased || settled[id] == .submitted && !isKept {
        try drafts.removeFiles(id, [.audio])
      }
    }
    for id in try drafts.interviewsWithJournal() {
      let isSubmitted = settled[id] == .submitted
      if settled[id] == .erased || isSubmitted && (!policy.keepsJournal || wordless.contains(id)) {
        try drafts.removeFiles(id, [.journal])
      }
    }
  }

  /// Submissions whose words were removed: their journals have to be gone too.
  private func wordlessSubmissions() throws(StoreError) -> Set<String> {
    try submissions.read {
      try String.fetchSet(
        $0, sql: "SELECT uuid FROM submission WHERE words_removed IS NOT NULL")
    }
  }
}
