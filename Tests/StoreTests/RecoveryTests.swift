import Forms
import Interview
import TestSupport
import Testing

@testable import Store

@Suite struct RecoveryTests {
  @Test func everySubmissionOutsideTheDamagedPagesComesBack() async throws {
    try await withStage { directory in
      let all = try (1...200).map { try submission(identifier($0)) }
      do { try StageData.open(directory).submissions.save(all) }
      var damaged = try bytes(directory.database)
      for index in 98_304..<114_688 { damaged[index] = 0xFF }
      try replace(directory.database, with: damaged)
      let report = try recover(directory)
      let aside = try #require(report.damagedDatabase)
      #expect(try bytes(aside) == damaged)
      #expect((101..<200).contains(report.fromDatabase), "of \(damaged.count) bytes")
      let data = try StageData.open(directory)
      let back = Set(try data.submissions.list().map(\.id))
      #expect(back.count == report.fromDatabase)
      for one in all where back.contains(one.id) {
        #expect(try data.submissions.get(one.id) == one)
      }
      try data.check()
    }
  }

  @Test func whatWasSentIsNotSentAgain() async throws {
    try await withStage { directory in
      let all = try (1...200).map { try submission(identifier($0)) }
      do {
        let data = try StageData.open(directory)
        try data.submissions.save(all)
        for (number, state) in [(1, "sent"), (2, "waiting")] {
          let draft = ParcelDraft(name: state, payload: [7], submissions: [identifier(number)])
          let parcel = try #require(try data.outbox.freeze(draft, channel: "hq", at: 5))
          if state == "sent" {
            try data.outbox.noteSent(parcel, place: "there", status: 200, at: 6)
          }
        }
      }
      var damaged = try bytes(directory.database)
      for index in 98_304..<114_688 { damaged[index] = 0xFF }
      try replace(directory.database, with: damaged)
      #expect(try recover(directory).damagedDatabase != nil)
      let outbox = try StageData.open(directory).outbox
      #expect(try outbox.receipts(identifier(1)).map(\.place) == ["there"])
      let waiting = try #require(try outbox.parcels("hq", in: [.waiting]).first)
      #expect(try outbox.payload(of: waiting) == [7])
      let pending = Set(try outbox.pending("hq").map(\.id))
      #expect(!pending.contains(identifier(1)) && !pending.contains(identifier(2)))
    }
  }

  @Test func journalsBringBackWhatTheDatabaseLost() async throws {
    try await withStage { directory in
      let expected = try await submitWithJournal(directory)
      try replace(directory.database, with: [UInt8](repeating: 0x5A, count: 9_000))
      let report = try recover(directory)
      #expect(report.fromDatabase == 0 && report.fromJournals == 1)
      #expect(report.damagedDatabase != nil && report.unrecovered.isEmpty)
      let data = try StageData.open(directory)
      #expect(try data.submissions.get(expected.id) == expected)
      #expect(try data.drafts.list().isEmpty)
    }
  }

  @Test func anUnknownFormLeavesTheDraftWhereItIs() async throws {
    try await withStage { directory in
      let expected = try await submitWithJournal(directory)
      try replace(directory.database, with: [])
      let report = try StageData.recover(directory, at: 7) { _, _ in nil }
      #expect(report.fromJournals == 0 && report.unrecovered == [expected.id])
      #expect(try StageData.open(directory).drafts.list().map(\.id) == [expected.id])
    }
  }

  @Test func aSoundStageStaysAsItIs() async throws {
    try await withStage { directory in
      _ = try await submitWithJournal(directory)
      let nothing = RecoveryReport(
        damagedDatabase: nil, fromDatabase: 0, fromJournals: 0, unrecovered: [])
      #expect(try recover(directory) == nothing)
      #expect(try StageData.open(directory).submissions.count() == 1)
    }
  }

  private func recover(_ directory: DataDirectory) throws -> RecoveryReport {
    try StageData.recover(directory, at: 7) { id, version in
      id == form.id && version == form.version ? form : nil
    }
  }

  /// A stage whose one interview was submitted, its journal kept; the submission.
  private func submitWithJournal(_ directory: DataDirectory) async throws -> Submission {
    let id = identifier(1)
    let happened = events(id)
    let end = StampedEvent(
      sequence: happened.count, time: 5_000, elapsed: 4_000, event: .submitted)
    let data = try StageData.open(directory)
    let journal = try data.drafts.journal(for: id, at: 1_000)
    try await journal.append(happened + [end])
    try await journal.close()
    let made = try Submission(
      state: InterviewState(events: happened + [end]), form: form, submitted: 5_000)
    try data.submit(made)
    return made
  }
}
