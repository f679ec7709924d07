import Foundation
import GRDB
import Interview
import Vault

/// The audit trail of one interview, with what verifying it found.
public struct AuditReport: Sendable {
  /// The interview's UUID in lower case.
  public let interview: String
  /// What its journal tells; empty where the journal was removed.
  public let entries: [AuditEntry]
  /// What was done with it besides.
  public let notes: [AuditNote]
  /// What is wrong; empty when everything fits.
  public let findings: [Finding]
  /// Whether there is a journal.
  public let hasJournal: Bool

  /// Something that does not fit.
  public enum Finding: Hashable, Sendable {
    /// A record of the journal does not follow the one before; its number.
    case journalBroken(record: Int)
    /// Part of the journal can't be read.
    case journalDamaged
    /// The journal is not the one that was submitted: it was cut or goes on.
    case journalDiffers
    /// A note of the stage's chain does not follow the one before; its number.
    case notesBroken(number: Int64)
  }
}

extension StageData {
  /// The audit trail of the interview whose identifier begins so, also of an erased one.
  ///
  /// - Throws: as ``find(_:)``.
  public func audit(_ prefix: String) throws(StoreError) -> AuditReport {
    let id = try auditedInterview(prefix)
    let notes = try submissions.read { try audits.notes(of: id, $0) }
    var reading: JournalReading<StampedEvent>?
    do { reading = try drafts.events(of: id) } catch .closed {}
    // A journal that was kept although the data were refused: from an earlier version, or after a crash.
    let hides = reading == nil ? false : try refusesData(id)
    let entries = hides ? [] : reading.map { AuditTrail.entries($0.records) } ?? []
    return AuditReport(
      interview: id, entries: entries, notes: notes,
      findings: try findings(reading, notes), hasJournal: (reading?.parts ?? 0) > 0 && !hides)
  }

  /// Whether a submission is kept without the consent to the data.
  private func refusesData(_ id: String) throws(StoreError) -> Bool {
    let isKept = try submissions.read { try InterviewIndex.state(id, $0) } == .submitted
    guard isKept else { return false }
    do throws(StoreError) { return try submissions.get(id).refusesData } catch {
      // What can't be read has no consent that could be shown.
      if case .unreadable = error { return false }
      throw error
    }
  }

  private func findings(
    _ reading: JournalReading<StampedEvent>?, _ notes: [AuditNote]
  ) throws(StoreError) -> [AuditReport.Finding] {
    var findings: [AuditReport.Finding] = []
    if let reading, reading.parts > 0 {
      findings += reading.chain.breaks.map { .journalBroken(record: $0) }
      if reading.isDamaged { findings.append(.journalDamaged) }
      let submitted = notes.last { $0.action == .submitted }?.contents?.journal
      if let submitted, submitted != Digest.hexadecimal(reading.chain.head) {
        findings.append(.journalDiffers)
      }
    }
    let broken = try submissions.read { try audits.firstBreak($0) }
    return findings + (broken.map { [.notesBroken(number: $0)] } ?? [])
  }

  private func auditedInterview(_ prefix: String) throws(StoreError) -> String {
    do { return try find(prefix).id } catch .notFound {
      let erased = try submissions.read {
        try String.fetchAll(
          $0, sql: "SELECT DISTINCT uuid FROM audit WHERE uuid >= ? AND uuid < ?",
          arguments: [prefix, prefix + "g"])
      }
      return try SubmissionStore.only(erased, prefix: prefix)
    }
  }

  /// Notes, once, that an interview was submitted, with the end of its journal.
  func noteSubmission(_ id: String, at time: Int64, technician: String) throws(StoreError) {
    let isNoted = try submissions.read { try audits.has(.submitted, of: id, $0) }
    guard !isNoted else { return }
    let reading = try drafts.events(of: id)
    let head = reading.parts > 0 ? Digest.hexadecimal(reading.chain.head) : nil
    try note(
      .submitted, of: id, at: time,
      AuditNote.Contents(technician: technician, reason: "", journal: head))
  }

  /// Notes what was done.
  func note(
    _ action: AuditNote.Action, of id: String, at time: Int64, _ contents: AuditNote.Contents
  ) throws(StoreError) {
    try StoreError.naming(database.path) {
      try database.pool.write { try audits.note(action, of: id, at: time, contents, $0) }
    }
  }
}

extension AuditNote.Contents {
  /// What somebody did.
  init(_ actor: Actor) { self.init(technician: actor.technician, reason: actor.reason) }
}
