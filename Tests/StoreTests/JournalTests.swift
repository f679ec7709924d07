import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct JournalTests {
  private let id = identifier(1)

  @Test func returnsEveryEvent() async throws {
    try await withFolders { directory, key in
      let journal = try Journal<StampedEvent>(interview: id, in: directory, key: key)
      let happened = events(id)
      try await journal.append(Array(happened[..<3]))
      try await journal.append(Array(happened[3...]))
      #expect(try reading(directory, key).records == happened)
      #expect(try !reading(directory, key).isFinished)
      try await journal.close()
      let finished = try reading(directory, key)
      #expect(finished.records == happened)
      #expect(finished.isFinished && finished.damage.isEmpty)
    }
  }

  @Test func nothingIsInClearAndOnlyTheUserMayRead() async throws {
    try await withFolders { directory, key in
      let path = try await write(events(id), directory, key)
      #expect(!String(decoding: try bytes(path), as: UTF8.self).contains("Nadie"))
      #expect(try mode(path) == 0o600)
      #expect(try mode(directory.journals) == 0o700)
    }
  }

  @Test func aCutAtEveryByteCostsOnlyTheTail() async throws {
    try await withFolders { directory, key in
      let happened = Array(events(id).prefix(4))
      let path = try await write(happened, directory, key)
      let whole = try bytes(path)
      var kept = 0
      for length in 0...whole.count {
        try replace(path, with: whole[..<length])
        let reading = try reading(directory, key)
        #expect(reading.records == Array(happened.prefix(reading.records.count)))
        #expect(reading.records.count >= kept)
        #expect(!reading.isDamaged)
        kept = reading.records.count
      }
      #expect(kept == happened.count)
    }
  }

  @Test func aDamagedRecordCostsOnlyItself() async throws {
    try await withFolders { directory, key in
      let happened = events(id)
      let path = try await write(happened, directory, key)
      var changed = try bytes(path)
      changed[100] ^= 1
      try replace(path, with: changed)
      let reading = try reading(directory, key)
      #expect(reading.records == Array(happened.dropFirst()))
      #expect(reading.damage == [.init(part: 1, kind: .body(sequence: 0))])
      #expect(reading.isDamaged)
    }
  }

  @Test func resumingStartsANewPartAndLeavesTheDamagedOneAlone() async throws {
    try await withFolders { directory, key in
      let happened = events(id)
      let path = try await write(Array(happened[..<5]), directory, key)
      let cut = try bytes(path).dropLast(7)
      try replace(path, with: cut)
      let second = try await write(Array(happened[4...]), directory, key)
      #expect(second != path)
      #expect(try bytes(path) == Array(cut))
      let reading = try reading(directory, key)
      #expect(reading.records == happened)
      #expect(reading.parts == 2)
      #expect(reading.damage.map(\.part) == [1])
    }
  }

  @Test func aPartUnderAnotherNameIsNotTaken() async throws {
    try await withFolders { directory, key in
      let path = try await write(events(id), directory, key)
      let other = InterviewFile(interview: identifier(2), part: 1, kind: .journal)
      try replace(other.path(in: directory), with: bytes(path))
      let reading = try JournalReading<StampedEvent>(
        interview: identifier(2), in: directory, key: key)
      #expect(reading.records.isEmpty)
      #expect(reading.damage.count == 1)
    }
  }

  @Test(arguments: ["", "../../etc/passwd", "A0000000-0000-4000-8000-000000000001", "a0000000"])
  func onlyAnIdentifierBecomesAFileName(name: String) async throws {
    try await withFolders { directory, key in
      #expect(throws: StoreError.invalidIdentifier(name)) {
        _ = try Journal<StampedEvent>(interview: name, in: directory, key: key)
      }
    }
  }

  @Test func nothingIsAddedAfterTheEnd() async throws {
    try await withFolders { directory, key in
      let journal = try Journal<StampedEvent>(interview: id, in: directory, key: key)
      try await journal.close()
      await #expect(throws: StoreError.self) { try await journal.append(events(id)) }
    }
  }

  private func write(
    _ events: [StampedEvent], _ directory: DataDirectory, _ key: DataKey
  ) async throws -> String {
    let journal = try Journal<StampedEvent>(interview: id, in: directory, key: key)
    try await journal.append(events)
    let parts = try InterviewFile.parts(.journal, of: id, in: directory)
    return try #require(parts.last).path(in: directory)
  }

  private func reading(
    _ directory: DataDirectory, _ key: DataKey
  ) throws -> JournalReading<StampedEvent> {
    try JournalReading(interview: id, in: directory, key: key)
  }
}
