import Foundation
import GRDB
import Interview
import Vault

/// For how long what is kept; days are 24 hours since the submission, or since a draft's last change.
public struct RetentionRules: Hashable, Sendable {
  /// Sound that was kept after the submission; nil keeps it.
  public var audioDays: Int?
  /// What was said: transcript, words behind the values, journal; nil keeps it.
  public var wordsDays: Int?
  /// Drafts that nobody went on with; nil keeps them.
  public var draftDays: Int?
  /// Submissions as a whole; nil keeps them.
  public var submissionDays: Int?

  /// Makes rules; without arguments everything is kept.
  public init(
    audioDays: Int? = nil, wordsDays: Int? = nil, draftDays: Int? = nil, submissionDays: Int? = nil
  ) {
    self.audioDays = audioDays
    self.wordsDays = wordsDays
    self.draftDays = draftDays
    self.submissionDays = submissionDays
  }

  /// Whether nothing is ever removed.
  public var keepsAll: Bool { self == RetentionRules() }
}

/// What the rules remove now; identifiers in order.
public struct RetentionPlan: Hashable, Sendable {
  /// Interviews whose sound goes.
  public internal(set) var audio: [String] = []
  /// Submissions whose transcript, words and journal go.
  public internal(set) var words: [String] = []
  /// Drafts that are erased.
  public internal(set) var drafts: [String] = []
  /// Submissions that are erased.
  public internal(set) var submissions: [String] = []

  /// Whether there is nothing to do.
  public var isEmpty: Bool { self == RetentionPlan() }
}

extension StageData {
  /// What the rules remove at a time; changes nothing.
  ///
  /// - Parameter time: now, milliseconds since 1970-01-01 UTC.
  /// - Throws: ``StoreError``.
  public func retentionPlan(
    _ rules: RetentionRules, at time: Int64
  ) throws(StoreError) -> RetentionPlan {
    var plan = RetentionPlan()
    if let days = rules.submissionDays {
      plan.submissions = try submitted(before: time - days.milliseconds, "1")
    }
    if let days = rules.wordsDays {
      plan.words = try submitted(before: time - days.milliseconds, "words_removed IS NULL")
        .filter { !plan.submissions.contains($0) }
    }
    if let days = rules.audioDays {
      let sounds = try drafts.interviewsWithSound()
      plan.audio = try submitted(before: time - days.milliseconds, "1")
        .filter { sounds.contains($0) && !plan.submissions.contains($0) }
    }
    if let days = rules.draftDays {
      plan.drafts = try drafts.list()
        .filter {
          $0.lastChange > 0 && $0.lastChange < time - days.milliseconds && !$0.wasSubmitted
        }
        .map(\.id).sorted()
    }
    return plan
  }

  /// Removes what a plan names, and notes it.
  ///
  /// - Throws: ``StoreError``; what was removed by then stays removed, and the rest is for the next time.
  public func apply(
    _ plan: RetentionPlan, at time: Int64, by actor: Actor = Actor(reason: "retention")
  ) throws(StoreError) {
    for id in plan.audio { try removeSound(id, at: time, by: actor) }
    for id in plan.words { try removeWords(id, at: time, by: actor) }
    for id in plan.drafts + plan.submissions { try remove(id, at: time, by: actor) }
    if !plan.isEmpty { try database.compact() }
  }

  /// Takes back the consent to record, after the interview: sound, transcript, the words behind the values and the journal go.
  ///
  /// - Returns: the identifier.
  /// - Throws: as ``findToErase(_:)``; ``StoreError/notFound(prefix:)`` for a draft, whose consent is changed at the desk.
  @discardableResult
  public func withdrawRecording(
    _ prefix: String, at time: Int64, by actor: Actor
  ) throws(StoreError) -> String {
    try InterviewIdentifier.checkDestroying(prefix)
    let id = try submissions.identifier(prefix: prefix)
    try removeSound(id, at: time, by: actor)
    try removeWords(id, at: time, by: actor, withdrawing: true)
    try database.compact()
    return id
  }

  private func removeSound(_ id: String, at time: Int64, by actor: Actor) throws(StoreError) {
    try drafts.removeFiles(id, [.audio])
    try note(.soundRemoved, of: id, at: time, AuditNote.Contents(actor))
  }

  private func removeWords(
    _ id: String, at time: Int64, by actor: Actor, withdrawing: Bool = false
  ) throws(StoreError) {
    var submission = try submissions.get(id)
    submission.leaveOutWords()
    if withdrawing { submission.withdrawRecording() }
    let kept = submission
    try StoreError.naming(database.path) {
      let cipher = try keys.key(of: id).cipher(for: .submission)
      let record = try SealedSubmission(kept, cipher: cipher)
      try database.pool.write { connection in
        try record.replace(wordsRemoved: time, connection)
        try audits.note(
          withdrawing ? .recordingWithdrawn : .wordsRemoved, of: id, at: time,
          AuditNote.Contents(actor), connection)
      }
    }
    // The journal holds what was said; a crash before this line leaves it to the next start.
    try drafts.removeFiles(id, [.journal])
  }

  private func submitted(
    before time: Int64, _ condition: String
  ) throws(StoreError) -> [String] {
    try submissions.read {
      try String.fetchAll(
        $0,
        sql: "SELECT uuid FROM submission WHERE submitted < ? AND \(condition) ORDER BY uuid",
        arguments: [time])
    }
  }
}

extension Int {
  fileprivate var milliseconds: Int64 { Int64(self) * 86_400_000 }
}

/// Whether the rules may be applied without being asked: a clock that jumped must not erase anything.
public enum RetentionClock {
  /// A program that was not used for so long asks before it removes: 45 days.
  public static let longestPause: Int64 = 45 * 86_400_000
  /// A clock that went back by more than this is wrong, or was: a day.
  public static let backwards: Int64 = 86_400_000

  /// Whether the time since the last one seen is believable.
  public static func isBelievable(now: Int64, lastSeen: Int64?) -> Bool {
    guard let lastSeen else { return true }
    return now - lastSeen <= longestPause && lastSeen - now <= backwards
  }
}

extension StageData {
  /// Applies the rules at a start, unless the clock jumped since the last time; a person can always apply them.
  ///
  /// - Returns: what was removed; nil when the clock can't be believed.
  /// - Throws: ``StoreError``.
  public func applyAtStart(
    _ rules: RetentionRules, at time: Int64
  ) throws(StoreError) -> RetentionPlan? {
    let lastSeen = try seenTime()
    guard RetentionClock.isBelievable(now: time, lastSeen: lastSeen) else { return nil }
    try noteTime(time)
    guard !rules.keepsAll else { return RetentionPlan() }
    let plan = try retentionPlan(rules, at: time)
    try apply(plan, at: time)
    return plan
  }

  /// Notes the time that a person confirmed by applying the rules.
  ///
  /// - Throws: ``StoreError``.
  public func noteTime(_ time: Int64) throws(StoreError) {
    try StoreError.naming(database.path) {
      try database.pool.write {
        try $0.execute(
          sql: """
            INSERT INTO meta (name, value) VALUES ('seen', ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
          arguments: [Data(String(time).utf8)])
      }
    }
  }

  private func seenTime() throws(StoreError) -> Int64? {
    try submissions.read {
      try Data.fetchOne($0, sql: "SELECT value FROM meta WHERE name = 'seen'")
    }.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
  }
}
