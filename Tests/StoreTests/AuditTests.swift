import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct AuditTests {
  private let id = identifier(1)

  /// An interview in two parts, the second after a crash in the middle of a record.
  private func interview(_ data: StageData, torn: Bool = true) async throws {
    let first = try data.drafts.journal(for: id, at: 1_000)
    try await first.append(Array(events(id)[..<5]))
    if torn {
      let path = data.directory.journals + "/\(id).journal"
      try replace(path, with: try bytes(path) + bytes(path).prefix(50))
    } else {
      try await first.close()
    }
    let second = try data.drafts.journal(for: id, at: 2_000)
    try await second.append(Array(events(id)[5...]))
    try await second.close()
    try data.submit(submission(id))
  }

  @Test(arguments: [true, false]) func theChainGoesOverAllParts(torn: Bool) async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data, torn: torn)
      let report = try data.audit(String(id.prefix(8)))
      #expect(report.findings.isEmpty && report.hasJournal)
      #expect(report.entries.count == 11)
      #expect(report.notes.map(\.action) == [.submitted])
      #expect(report.notes.first?.contents?.technician == "T1")
      let reader = try StageData.open(directory, access: .reading)
      #expect(try reader.audit(id).findings.isEmpty)
    }
  }

  /// What the person did not agree to is kept nowhere; that it was so stays.
  @Test(arguments: [true, false]) func withoutConsentToTheDataNoJournalStays(crash: Bool)
    async throws
  {
    try await withStage { directory in
      let refusal = StampedEvent(
        sequence: 11, time: 1_050, elapsed: 50,
        event: .consented(Consent(recording: true, data: false)))
      let refused = try Submission(
        state: InterviewState(events: events(id) + [refusal]), form: form, submitted: 1_100)
      do {
        let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
        let spool = try data.drafts.audio(for: id)
        try await spool.append(position: 0, samples: [Int16](repeating: 9, count: 16_000))
        try await spool.close()
        let journal = try data.drafts.journal(for: id, at: 1_000)
        try await journal.append(events(id) + [refusal])
        try await journal.close()
        try data.submissions.save(refused)
        // Also before the journal is removed nothing of it is told.
        #expect(try data.audit(id).entries.isEmpty && !data.audit(id).hasJournal)
        if !crash { try data.submit(refused) }
      }
      let data = try StageData.open(directory)
      #expect(try data.drafts.interviewsWithJournal().isEmpty && !data.hasSound(id))
      let report = try data.audit(id)
      #expect(report.entries.isEmpty && report.findings.isEmpty)
      #expect(report.notes.map(\.action) == (crash ? [.dataRefused] : [.dataRefused, .submitted]))
      #expect(report.notes.allSatisfy { $0.contents?.technician == "T1" })
      #expect(try data.submissions.get(id) == refused)
    }
  }

  /// Somebody with the key writes a journal anew, without one of its events.
  @Test func aJournalMadeAnewDoesNotFit() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data, torn: false)
      for part in ["", ".2"] { try Folder.remove(directory.journals + "/\(id)\(part).journal") }
      let forged = try Journal<StampedEvent>(
        interview: id, in: directory, key: data.keys.key(of: id))
      try await forged.append(events(id).filter { $0.sequence != 6 })
      try await forged.close()
      #expect(try data.audit(id).findings == [.journalDiffers])
    }
  }

  @Test func aRecordTakenOutBreaksTheChain() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      let journal = try data.drafts.journal(for: id, at: 1_000)
      try await journal.append(Array(events(id)[..<4]))
      let path = directory.journals + "/\(id).journal"
      let before = try bytes(path).count
      try await journal.append([events(id)[4]])
      let after = try bytes(path).count
      try await journal.append(Array(events(id)[5...]))
      let whole = try bytes(path)
      try replace(path, with: whole[..<before] + whole[after...])
      let findings = try data.audit(id).findings
      #expect(findings.contains(.journalBroken(record: 4)) && findings.contains(.journalDamaged))
    }
  }

  @Test func everyChangedNoteIsFound() async throws {
    let changes = [
      "UPDATE audit SET time = time + 1 WHERE number = 2",
      "UPDATE audit SET action = 'erased' WHERE number = 2",
      "UPDATE audit SET uuid = 'x' WHERE number = 2",
      "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE number = 1) WHERE number = 2",
      "DELETE FROM audit WHERE number = 2",
    ]
    for change in changes {
      try await withStage { directory in
        let data = try StageData.open(directory)
        for number in 1...3 { try data.submit(submission(identifier(number))) }
        #expect(try data.audit(identifier(1)).findings.isEmpty)
        try await data.database.pool.write { try $0.execute(sql: change) }
        let found = try data.audit(identifier(1)).findings
        #expect(found.contains { if case .notesBroken = $0 { true } else { false } }, "\(change)")
      }
    }
  }

  @Test func anErasedInterviewLeavesThatAndWhenAndNothingElse() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data)
      try data.erase(id, at: 5_000, by: Actor(technician: "Eva", reason: "lo pidió"))
      let report = try data.audit(id)
      #expect(report.entries.isEmpty && !report.hasJournal && report.findings.isEmpty)
      #expect(report.notes.map(\.action) == [.submitted, .erased])
      #expect(report.notes.map { $0.contents?.reason } == [nil, "lo pidió"])
    }
  }

  @Test func theNotesSurviveANewKey() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        try await interview(data)
        _ = try data.rotateKey(passphrase: nil)
      }
      let report = try StageData.open(directory).audit(id)
      #expect(report.findings.isEmpty && report.notes.first?.contents?.technician == "T1")
    }
  }
}
