import Foundation
import GRDB
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct OutboxTests {
  private func draft(_ numbers: [Int], _ name: String = "part") -> ParcelDraft {
    ParcelDraft(
      name: name, payload: Array("Nadie \(name)".utf8), submissions: numbers.map(identifier))
  }

  private func withOutbox(_ body: (StageData) async throws -> Void) async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try data.submissions.save(try (1...6).map { try submission(identifier($0)) })
      try await body(data)
    }
  }

  @Test func aSubmissionIsInOneParcelOfAChannel() async throws {
    try await withOutbox { data async throws in
      let outbox = data.outbox
      #expect(try outbox.pending("a").map(\.id) == (1...6).map(identifier))
      #expect(try outbox.freeze(draft([1, 2]), channel: "a", at: 5) != nil)
      #expect(try outbox.freeze(draft([2, 3], "other"), channel: "a", at: 5) == nil)
      #expect(try outbox.freeze(draft([2, 3], "other"), channel: "b", at: 5) != nil)
      #expect(try outbox.pending("a").map(\.id) == (3...6).map(identifier))
      #expect(try outbox.freeze(draft([9], "erased"), channel: "a", at: 5) == nil)
    }
  }

  @Test func bytesAreSealedUntilTheyAreSentAndThenGone() async throws {
    try await withOutbox { data async throws in
      let outbox = data.outbox
      let parcel = try #require(try outbox.freeze(draft([1, 2]), channel: "a", at: 5))
      #expect(try outbox.payload(of: parcel) == Array("Nadie part".utf8))
      for suffix in ["", "-wal"] {
        let file = try bytes(data.directory.database + suffix)
        #expect(!Data(file).contains("Nadie part"))
      }
      #expect(try outbox.begin(parcel, at: 6))
      #expect(try outbox.counts("a") == ChannelCounts(sent: 0, unsent: 6, refused: 0))
      try outbox.noteSent(parcel, place: "s3://b/part", status: 200, at: 7)
      #expect(try outbox.payload(of: parcel) == nil)
      #expect(try outbox.counts("a") == ChannelCounts(sent: 2, unsent: 4, refused: 0))
      let receipt = try #require(try outbox.receipts(identifier(2)).first)
      #expect(receipt.state == .sent && receipt.place == "s3://b/part" && receipt.time == 7)
      #expect(receipt.sha256 == Digest.hexadecimal(Digest.sha256(Array("Nadie part".utf8))))
      #expect(try outbox.receipts().count == 2)
      #expect(try outbox.receipts(identifier(3)).isEmpty)
    }
  }

  @Test func whatIsRefusedWaitsForAPerson() async throws {
    try await withOutbox { data async throws in
      let outbox = data.outbox
      let parcel = try #require(try outbox.freeze(draft([1]), channel: "a", at: 5))
      try outbox.noteRefused(parcel, place: "x", status: 409, reason: "differs", at: 6)
      #expect(try outbox.counts("a") == ChannelCounts(sent: 0, unsent: 5, refused: 1))
      #expect(try outbox.begin(parcel, at: 7) == false)
      #expect(try outbox.retryRefused("a", at: 8) == 1)
      #expect(try outbox.payload(of: parcel) == Array("Nadie part".utf8))
    }
  }

  /// What is erased here leaves no bytes behind, and the others of its parcel are not lost.
  @Test func erasingDissolvesAParcelThatWaits() async throws {
    try await withOutbox { data async throws in
      let outbox = data.outbox
      let parcel = try #require(try outbox.freeze(draft([1, 2]), channel: "a", at: 5))
      #expect(try outbox.begin(parcel, at: 6))
      try data.erase(identifier(1), at: 7)
      #expect(try outbox.payload(of: parcel) == nil)
      let dissolved = try outbox.parcels("a", in: [.dissolved])
      #expect(dissolved.map(\.number) == [parcel.number])
      // An answer that comes now changes nothing: whether it arrived is asked for.
      try outbox.noteSent(parcel, place: "x", status: 200, at: 8)
      #expect(try outbox.parcels("a", in: [.dissolved]) == dissolved)
      try outbox.freeDissolved(dissolved[0])
      #expect(try outbox.pending("a").map(\.id) == (2...6).map(identifier))
    }
  }

  @Test func aSentParcelKeepsItsReceiptWhenASubmissionIsErased() async throws {
    try await withOutbox { data async throws in
      let parcel = try #require(try data.outbox.freeze(draft([1, 2]), channel: "a", at: 5))
      try data.outbox.noteSent(parcel, place: "there", status: 200, at: 6)
      try data.erase(identifier(1), at: 7)
      #expect(try data.outbox.receipts(identifier(1)).map(\.place) == ["there"])
    }
  }

  @Test func itWorksBesideTheDeskAndOneAtATime() async throws {
    try await withOutbox { desk async throws in
      let sender = try StageData.open(desk.directory, access: .sending)
      let directory = desk.directory
      #expect(throws: StoreError.inUse(process: getpid())) {
        try StageData.open(directory, access: .sending)
      }
      try desk.submissions.save(submission(identifier(7)))
      #expect(try sender.outbox.pending("a").count == 7)
      #expect(try sender.outbox.freeze(draft([7]), channel: "a", at: 5) != nil)
      #expect(try desk.outbox.pending("a").count == 6)
    }
  }

  /// Data of the version before the outbox open for every command, not only for the desk.
  @Test func olderDataAreBroughtUpToDateByWhoeverComesFirst() async throws {
    try await withStage { directory in
      try directory.make()
      let key = try StageKey.loadOrMake(directory, .none)
      do {
        let queue = try DatabaseQueue(path: directory.database)
        try Schema.migrator.migrate(queue, upTo: "1 submissions")
        try await queue.write { try KeyCheck.note(key, $0) }
        try queue.close()
      }
      let data = try StageData.open(directory, access: .reading)
      #expect(try data.outbox.pending("a").isEmpty)
    }
  }
}

extension Data {
  fileprivate func contains(_ text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
