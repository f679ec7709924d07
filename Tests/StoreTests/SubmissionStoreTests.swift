import Forms
import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct SubmissionStoreTests {
  @Test func returnsWhatWasSaved() async throws {
    try await withSubmissions(3) { (data, saved) throws in
      #expect(try data.submissions.count() == 3)
      for one in saved { #expect(try data.submissions.get(one.id) == one) }
      #expect(try data.submissions.list() == saved.reversed().map { SubmissionSummary($0) })
      #expect(try data.submissions.list(limit: 1).map(\.id) == [saved[2].id])
    }
  }

  @Test func savingAgainChangesNothing() async throws {
    try await withSubmissions(1) { (data, saved) throws in
      #expect(try data.submissions.save(saved[0]) == .alreadySaved)
      #expect(try data.submissions.count() == 1)
      let other = try submission(saved[0].id, at: 5)
      #expect(throws: StoreError.differs(id: saved[0].id)) { try data.submissions.save(other) }
      #expect(try data.submissions.get(saved[0].id) == saved[0])
    }
  }

  @Test func severalAreSavedTogetherOrNotAtAll() async throws {
    try await withSubmissions(1) { (data, saved) throws in
      let fresh = try submission(identifier(8))
      let clash = try submission(saved[0].id, at: 5)
      #expect(throws: StoreError.self) { try data.submissions.save([fresh, clash]) }
      #expect(try data.submissions.count() == 1)
    }
  }

  @Test func theBeginningOfAnIdentifierIsEnough() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      let ids = ["ab000000-0000-4000-8000-000000000001", "ab100000-0000-4000-8000-000000000001"]
      for id in ids { try data.submissions.save(submission(id)) }
      #expect(try data.submissions.identifier(prefix: "ab0") == ids[0])
      #expect(try data.submissions.identifier(prefix: ids[1]) == ids[1])
      #expect(throws: StoreError.ambiguous(prefix: "ab", matches: 2)) {
        try data.submissions.get("ab")
      }
      #expect(throws: StoreError.notFound(prefix: "c")) { try data.submissions.get("c") }
      for prefix in ["", "AB", "ab%", ids[0] + "0"] {
        #expect(throws: StoreError.invalidIdentifier(prefix)) { try data.submissions.get(prefix) }
      }
    }
  }

  @Test func streamsInTheOrderSaved() async throws {
    try await withSubmissions(5) { (data, saved) throws in
      var whole: [Submission] = []
      try data.submissions.forEach { whole.append($0) }
      #expect(whole == saved)
      var rows: [SubmissionRow] = []
      try data.submissions.forEachRow { rows.append($0) }
      #expect(rows.map(\.summary) == saved.map { SubmissionSummary($0) })
      for (row, submission) in zip(rows, saved) {
        #expect(row.fields.map(\.name) == submission.fields.map(\.name))
        #expect(row.fields.map(\.value) == submission.fields.map(\.value))
        #expect(row.fields.map(\.status) == submission.fields.map(\.status))
        #expect(row.technician == submission.technician && row.consent == submission.consent)
      }
    }
  }

  @Test(arguments: [
    (SubmissionFilter(), 5), (SubmissionFilter(form: "acogida"), 5),
    (SubmissionFilter(form: "other"), 0), (SubmissionFilter(since: 1_102), 4),
    (SubmissionFilter(before: 1_102), 1), (SubmissionFilter(since: 1_102, before: 1_104), 2),
  ])
  func filters(filter: SubmissionFilter, expected: Int) async throws {
    try await withSubmissions(5) { (data, _) throws in
      #expect(try data.submissions.count(filter) == expected)
      #expect(try data.submissions.list(filter).count == expected)
      var streamed = 0
      try data.submissions.forEachRow(filter) { _ in streamed += 1 }
      #expect(streamed == expected)
    }
  }

  @Test func aStreamPassesOnWhatItsReaderThrows() async throws {
    struct Enough: Error {}
    try await withSubmissions(2) { (data, _) throws in
      #expect(throws: Enough.self) { try data.submissions.forEachRow { _ in throw Enough() } }
    }
  }

  @Test func nothingPersonalIsInTheFiles() async throws {
    try await withSubmissions(3) { (data, _) throws in
      try data.submissions.database.emptyLog()
      let text = String(decoding: try bytes(data.directory.database), as: UTF8.self)
      // Nothing shorter: two letters stand in sealed bytes by chance.
      for secret in ["Nadie", "612345678", "seis uno", "housing"] {
        #expect(!text.contains(secret))
      }
      #expect(text.contains(identifier(1)))
    }
  }

  @Test func aRowMovedToAnotherSubmissionIsNoticed() async throws {
    try await withSubmissions(2) { (data, saved) throws in
      try data.submissions.database.pool.write { connection in
        for column in ["submission", "payload"] {
          let sealed = column == "payload" ? "sealed" : "sealed_row"
          try connection.execute(
            sql: """
              UPDATE \(column) SET \(sealed) =
                (SELECT \(sealed) FROM \(column) WHERE number = 1) WHERE number = 2
              """)
        }
      }
      #expect(throws: StoreError.unreadable(id: saved[1].id)) {
        try data.submissions.get(saved[1].id)
      }
      var read: [String] = []
      try data.submissions.forEachRow { read.append($0.summary.id) }
      try data.submissions.forEach { read.append($0.id) }
      #expect(read == [saved[0].id, saved[0].id])
      #expect(
        data.submissions.unreadable == [UnreadableSubmission(id: saved[1].id, reason: .damaged)])
      #expect(try data.submissions.get(saved[0].id) == saved[0])
    }
  }

  @Test func whatIsErasedIsGoneAndStaysGone() async throws {
    try await withSubmissions(2) { (data, saved) throws in
      let sealed = try data.submissions.database.pool.read {
        try Data.fetchOne($0, sql: "SELECT sealed FROM payload WHERE number = 1")
      }
      let trace = try #require(sealed).suffix(40)
      #expect(try data.erase(String(saved[0].id), at: 9_000) == saved[0].id)
      #expect(try data.submissions.list().map(\.id) == [saved[1].id])
      #expect(throws: StoreError.closed(id: saved[0].id)) { try data.submissions.save(saved[0]) }
      for file in [data.directory.database, data.directory.database + "-wal"] {
        let contents = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(contents.range(of: trace) == nil)
      }
    }
  }

  @Test(arguments: 1...20) func aDamagedRowNeverCrashesTheReader(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let packed = PackedRow.pack(try submission(identifier(1)))
    var row = PackedRow()
    row.bytes = packed
    try row.parse(count: packed.count)
    #expect(row.cells.count == form.fields.count)
    for length in 0..<packed.count {
      #expect(throws: VaultError.damaged) { try row.parse(count: length) }
    }
    for _ in 0..<500 {
      row.bytes = packed
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let index = Int.random(in: 1..<packed.count, using: &generator)
        row.bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      if (try? row.parse(count: packed.count)) != nil {
        #expect(row.row.fields.count <= Int(UInt16.max))
      }
    }
  }

  private func withSubmissions(
    _ count: Int, _ body: (StageData, [Submission]) throws -> Void
  ) async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      let all = try (1...count).map { try submission(identifier($0), at: 1_000 + Int64($0)) }
      for one in all { #expect(try data.submissions.save(one) == .saved) }
      try body(data, all)
    }
  }
}
