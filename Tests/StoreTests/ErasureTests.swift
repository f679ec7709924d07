import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

/// Erasing removes an interview for good, also from copies that were made before.
@Suite struct ErasureTests {
  private let id = identifier(1)

  /// Journal, sound and submission of an interview.
  private func interview(_ data: StageData, _ id: String) async throws {
    let journal = try data.drafts.journal(for: id, at: 1_000)
    try await journal.append(events(id))
    try await journal.close()
    let spool = try data.drafts.audio(for: id)
    try await spool.append(position: 0, samples: [Int16](repeating: 9, count: 16_000))
    try await spool.close()
    try data.submit(submission(id))
  }

  private func copy(_ from: String, to: String) throws {
    try? FileManager.default.removeItem(atPath: to)
    try FileManager.default.copyItem(atPath: from, toPath: to)
  }

  @Test func everyInterviewIsSealedWithItsOwnKey() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
      try await interview(data, id)
      let stage = data.keyID
      let own = try data.keys.key(of: id).id
      #expect(own != stage)
      for file in [directory.journals + "/\(id).journal", directory.audio + "/\(id).audio"] {
        let sealed = try Array(bytes(file)[40...])
        #expect(sealed.withUnsafeBytes(RecordCipher.keyID(of:)) == own)
      }
      let row = try await data.database.pool.read {
        try Data.fetchOne($0, sql: "SELECT sealed_row FROM submission") ?? Data()
      }
      #expect(row.withUnsafeBytes(RecordCipher.keyID(of:)) == own)
    }
  }

  /// A copy of everything but the ring of keys, put back after the erasure.
  @Test func aBackupOfTheDataDoesNotBringBackWhatWasErased() async throws {
    try await withStage { directory in
      let backup = directory.root + "/backup"
      do {
        let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
        try await interview(data, id)
        try await interview(data, identifier(2))
      }
      try copy(directory.path, to: backup)
      do { try StageData.open(directory).erase(id, at: 2_000) }
      for name in ["acogida.sqlite", "journal", "audio", "key"] {
        try copy(backup + "/" + name, to: directory.path + "/" + name)
      }
      let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
      #expect(try data.submissions.list().map(\.id) == [identifier(2)])
      #expect(try data.submissions.get(identifier(2)) == submission(identifier(2)))
      #expect(throws: StoreError.closed(id: id)) { try data.drafts.events(of: id) }
      #expect(throws: StoreError.closed(id: id)) { try data.submissions.save(submission(id)) }
      #expect(!Folder.exists(directory.journals + "/\(id).journal"))
      #expect(try data.drafts.list().isEmpty)
      var seen: [String] = []
      try data.submissions.forEach { seen.append($0.id) }
      #expect(seen == [identifier(2)])
    }
  }

  /// An old database under today's ring of keys, before any process that works has cleared it up.
  @Test func whatAnOldDatabaseHasOfAnErasedOneStopsNobody() async throws {
    try await withStage { directory in
      let backup = directory.root + "/backup.sqlite"
      do {
        let data = try StageData.open(directory)
        for number in 1...3 { try data.submit(submission(identifier(number))) }
      }
      try copy(directory.database, to: backup)
      do { try StageData.open(directory).erase(id, at: 2_000) }
      try copy(backup, to: directory.database)
      do {
        let reader = try StageData.open(directory, access: .reading)
        var seen: [String] = []
        try reader.submissions.forEachRow { seen.append($0.summary.id) }
        #expect(seen == [identifier(2), identifier(3)])
        try reader.submissions.forEachPayload(of: [id, identifier(3)]) { one, _ in seen.append(one)
        }
        #expect(seen == [identifier(2), identifier(3), identifier(3)])
        #expect(reader.submissions.unreadable == [UnreadableSubmission(id: id, reason: .erased)])
      }
      let data = try StageData.open(directory)
      #expect(data.clearedAway == [id])
      #expect(try data.submissions.count() == 2)
    }
  }

  @Test func theFileHoldsNoByteOfAnErasedRecord() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try await interview(data, id)
      try data.submissions.save((2...40).map { try submission(identifier($0)) })
      let sealed = try await data.database.pool.read {
        try Data.fetchAll(
          $0,
          sql: """
            SELECT sealed_row FROM submission WHERE uuid = ?1
            UNION ALL SELECT sealed FROM payload JOIN submission USING (number) WHERE uuid = ?1
            """,
          arguments: [id])
      }
      #expect(sealed.count == 2)
      try data.erase(id, at: 2_000)
      for suffix in ["", "-wal"] where Folder.exists(directory.database + suffix) {
        let file = Data(try bytes(directory.database + suffix))
        for record in sealed {
          #expect(file.range(of: record.prefix(40)) == nil)
          #expect(file.range(of: record.suffix(40)) == nil)
        }
      }
      #expect(try data.submissions.count() == 39)
    }
  }

  /// A crash between the database's change and the key's end.
  @Test func anInterruptedErasureIsCompleted() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        try await interview(data, id)
        try data.submissions.delete(id, at: 2_000)
        #expect(try data.keys.key(of: id).id != data.keyID)
      }
      let data = try StageData.open(directory)
      #expect(throws: StoreError.closed(id: id)) { try data.keys.key(of: id) }
      #expect(!Folder.exists(directory.journals + "/\(id).journal"))
    }
  }

  @Test func aDraftIsErasedWithItsKey() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      let journal = try data.drafts.journal(for: id, at: 1_000)
      try await journal.append(events(id))
      let kept = try bytes(directory.journals + "/\(id).journal")
      try data.erase(id, at: 2_000)
      try replace(directory.journals + "/\(id).journal", with: kept)
      #expect(throws: StoreError.closed(id: id)) { try data.drafts.events(of: id) }
      #expect(try data.drafts.list().isEmpty)
    }
  }

  /// What was kept before interviews had keys of their own stays readable and erasable.
  @Test func interviewsFromBeforeTheRingAreReadable() async throws {
    try await withStage { directory in
      try directory.make()
      let key = try DataKey.random()
      try KeyFile.create(key, at: directory.key)
      let old = try Journal<StampedEvent>(interview: id, in: directory, key: key)
      try await old.append(Array(events(id)[..<6]))
      let data = try StageData.open(directory)
      #expect(try data.drafts.list().map(\.id) == [id])
      let journal = try data.drafts.journal(for: id, at: 2_000)
      try await journal.append(Array(events(id)[6...]))
      #expect(try data.drafts.events(of: id).records == events(id))
      try data.submit(submission(id))
      #expect(try data.submissions.get(id) == submission(id))
      try data.erase(id, at: 3_000)
      #expect(try data.submissions.count() == 0)
    }
  }

  @Test func aLostRingIsNamedBeforeAnythingIsMade() async throws {
    try await withStage { directory in
      do { try StageData.open(directory).submissions.save(submission(id)) }
      for suffix in ["", ".copy"] { try Folder.remove(directory.keyring + suffix) }
      for access in [StageData.Access.working, .reading] {
        #expect(throws: StoreError.keyMissing(path: directory.keyring)) {
          try StageData.open(directory, access: access)
        }
      }
      #expect(!Folder.exists(directory.keyring))
    }
  }
}

@Suite struct StageTests {
  @Test func aSubmissionOfAnotherStageIsRefused() throws {
    try withTemporaryFolder { root in
      let data = try StageData.open(DataDirectory(root: root, stage: "prod"))
      #expect(throws: StoreError.otherStage(needed: "prod", found: "test")) {
        try data.submissions.save(submission(identifier(1)))
      }
      #expect(try data.submissions.count() == 0)
    }
  }

  @Test func aFolderOfAnotherStageIsRefused() throws {
    try withTemporaryFolder { root in
      let prod = try DataDirectory(root: root, stage: "prod")
      do { _ = try StageData.open(prod) }
      let dev = try DataDirectory(root: root, stage: "dev")
      try FileManager.default.createSymbolicLink(
        atPath: dev.path, withDestinationPath: prod.path)
      for access in [StageData.Access.working, .reading, .sending] {
        #expect(throws: StoreError.otherStage(needed: "prod", found: "dev")) {
          try StageData.open(dev, access: access)
        }
      }
    }
  }

  @Test func stagesShareNoKey() throws {
    try withTemporaryFolder { root in
      let one = try StageData.open(DataDirectory(root: root, stage: "dev"))
      let other = try StageData.open(DataDirectory(root: root, stage: "prod"))
      #expect(one.keyID != other.keyID)
    }
  }
}
