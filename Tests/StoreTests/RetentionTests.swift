import Forms
import Foundation
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct RetentionTests {
  private let day: Int64 = 86_400_000

  /// Submissions of the days 1 to 4 with sound, and drafts of the days 2 and 9.
  private func fill(_ directory: DataDirectory) async throws -> StageData {
    let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
    for number in 1...4 {
      let id = identifier(number)
      let journal = try data.drafts.journal(for: id, at: Int64(number) * day)
      try await journal.append(events(id, at: Int64(number) * day))
      try await journal.close()
      let spool = try data.drafts.audio(for: id)
      try await spool.append(position: 0, samples: [Int16](repeating: 3, count: 8_000))
      try await spool.close()
      try data.submit(submission(id, at: Int64(number) * day))
    }
    for number in [12, 19] {
      let time = Int64(number - 10) * day
      let journal = try data.drafts.journal(for: identifier(number), at: time)
      try await journal.append(events(identifier(number), at: time))
    }
    return data
  }

  @Test func withoutRulesEverythingStays() async throws {
    try await withStage { directory in
      let data = try await fill(directory)
      #expect(try data.retentionPlan(RetentionRules(), at: 10_000 * day).isEmpty)
      #expect(try data.applyAtStart(RetentionRules(), at: 10_000 * day)?.isEmpty == true)
    }
  }

  @Test func everyRuleNamesWhatIsOlder() async throws {
    try await withStage { directory in
      let data = try await fill(directory)
      let plan = try data.retentionPlan(
        RetentionRules(audioDays: 6, wordsDays: 7, draftDays: 5, submissionDays: 9),
        at: 10 * day + 200)
      #expect(plan.submissions == [identifier(1)])
      #expect(plan.words == [2, 3].map(identifier))
      #expect(plan.audio == [2, 3, 4].map(identifier))
      #expect(plan.drafts == [identifier(12)])
    }
  }

  @Test func applyingRemovesIsNotedAndIsDone() async throws {
    try await withStage { directory in
      let rules = RetentionRules(audioDays: 6, wordsDays: 7, draftDays: 5, submissionDays: 9)
      do {
        let data = try await fill(directory)
        let plan = try data.retentionPlan(rules, at: 10 * day + 200)
        try data.apply(plan, at: 10 * day + 200)
        #expect(try data.retentionPlan(rules, at: 10 * day + 200).isEmpty)
        #expect(
          try data.audit(identifier(2)).notes.map(\.action) == [
            .submitted, .soundRemoved, .wordsRemoved,
          ])
        #expect(try data.audit(identifier(4)).findings.isEmpty)
      }
      let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
      #expect(try data.submissions.list().map(\.id) == [4, 3, 2].map(identifier))
      let wordless = try data.submissions.get(identifier(2))
      #expect(!wordless.hasWords && wordless.field("phone")?.value == .text("+34612345678"))
      #expect(try data.submissions.get(identifier(4)).hasWords)
      #expect(try data.drafts.interviewsWithSound().isEmpty)
      #expect(try data.drafts.interviewsWithJournal() == [identifier(4), identifier(19)])
      var rows = 0
      try data.submissions.forEachRow { _ in rows += 1 }
      #expect(rows == 3)
    }
  }

  @Test func withdrawingTheRecordingLeavesTheValues() async throws {
    try await withStage { directory in
      let data = try await fill(directory)
      try data.withdrawRecording(
        identifier(3), at: 20 * day, by: Actor(technician: "Eva", reason: "lo pidió"))
      let kept = try data.submissions.get(identifier(3))
      #expect(kept.consent == Consent(recording: false, data: true) && !kept.hasWords)
      #expect(kept.field("full_name")?.value == .text("Nadie Ñandú"))
      #expect(try !data.hasSound(identifier(3)))
      let report = try data.audit(identifier(3))
      #expect(!report.hasJournal && report.findings.isEmpty)
      #expect(report.notes.last?.contents?.reason == "lo pidió")
      #expect(throws: StoreError.notFound(prefix: identifier(12))) {
        try data.withdrawRecording(identifier(12), at: 20 * day, by: Actor())
      }
    }
  }

  /// A battery that died, a wrong year typed in: the rules wait for a person.
  @Test func aClockThatJumpedRemovesNothing() async throws {
    try await withStage { directory in
      let data = try await fill(directory)
      let rules = RetentionRules(audioDays: 1, wordsDays: 1, draftDays: 1, submissionDays: 1)
      try data.noteTime(5 * day)
      for time in [5 * day + RetentionClock.longestPause + 1, 3 * day] {
        #expect(try data.applyAtStart(rules, at: time) == nil)
        #expect(try data.applyAtStart(rules, at: time) == nil)
      }
      #expect(try data.submissions.count() == 4)
      #expect(try data.drafts.list().count == 2)
      #expect(try data.applyAtStart(rules, at: 6 * day)?.submissions.count == 4)
    }
  }
}
