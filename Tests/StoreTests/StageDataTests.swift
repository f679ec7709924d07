import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct StageDataTests {
  private let id = identifier(1)

  @Test func makesWhatIsMissingAndOpensItAgain() async throws {
    try await withStage { directory in
      let first = try StageData.open(directory).keyID
      let data = try StageData.open(directory)
      #expect(data.keyID == first)
      for file in [
        directory.database, directory.key, directory.lock, directory.database + "-wal",
        directory.database + "-shm",
      ] {
        #expect(try mode(file) == 0o600)
      }
      for folder in [directory.path, directory.journals, directory.audio] {
        #expect(try mode(folder) == 0o700)
      }
    }
  }

  @Test func aSecondInstanceIsTurnedAwayAndToldByWhom() async throws {
    try await withStage { directory in
      let first = try StageData.open(directory)
      #expect(throws: StoreError.inUse(process: getpid())) { try StageData.open(directory) }
      try first.submissions.save(submission(id))
      let reader = try StageData.open(directory, access: .reading)
      #expect(try reader.submissions.count() == 1)
    }
  }

  @Test func theLockIsNeverSomebodyElsesFile() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      let other = directory.root + "/other"
      try replace(other, with: Array("important".utf8))
      try Folder.remove(directory.lock)
      try FileManager.default.createSymbolicLink(atPath: directory.lock, withDestinationPath: other)
      #expect(throws: StoreError.self) { try StageData.open(directory) }
      #expect(try bytes(other) == Array("important".utf8))
      try Folder.remove(directory.lock)
      #expect(mkfifo(directory.lock, 0o600) == 0)
      #expect(throws: StoreError.self) { try StageData.open(directory) }
      try Folder.remove(directory.lock)
      _ = try StageData.open(directory)
    }
  }

  @Test func theLockEndsWithItsHolder() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      _ = try StageData.open(directory)
    }
  }

  @Test func readingMakesNothing() async throws {
    try await withStage { directory in
      #expect(throws: StoreError.noData(path: directory.path)) {
        try StageData.open(directory, access: .reading)
      }
      #expect(!Folder.exists(directory.path))
    }
  }

  @Test func readersMayNotWrite() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      let reader = try StageData.open(directory, access: .reading)
      #expect(throws: StoreError.readOnly(path: directory.database)) {
        try reader.submissions.save(submission(id))
      }
    }
  }

  @Test func aMissingKeyBesideDataIsNeverReplaced() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      try FileManager.default.removeItem(atPath: directory.key)
      for access in [StageData.Access.working, .reading] {
        #expect(throws: StoreError.keyMissing(path: directory.key)) {
          try StageData.open(directory, access: access)
        }
      }
      try FileManager.default.removeItem(atPath: directory.database)
      try replace(directory.audio + "/\(id).audio", with: [1, 2, 3])
      #expect(throws: StoreError.keyMissing(path: directory.key)) { try StageData.open(directory) }
      #expect(!Folder.exists(directory.key))
    }
  }

  @Test func anotherKeyIsNamed() async throws {
    try await withStage { directory in
      let needed = try StageData.open(directory).keyID
      try FileManager.default.removeItem(atPath: directory.key)
      let other = try DataKey.random()
      try KeyFile.create(other, at: directory.key)
      #expect(throws: StoreError.wrongKey(needed: needed, found: other.id)) {
        try StageData.open(directory)
      }
    }
  }

  @Test func aDamagedKeyIsNamed() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      try replace(directory.key, with: try bytes(directory.key).dropLast())
      #expect(throws: StoreError.keyDamaged(path: directory.key)) { try StageData.open(directory) }
    }
  }

  @Test func aFileThatIsNoDatabaseIsLeftAlone() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      let noise = [UInt8](repeating: 0x5A, count: 20_000)
      try replace(directory.database, with: noise)
      #expect(throws: StoreError.damaged(path: directory.database)) {
        try StageData.open(directory)
      }
      #expect(try bytes(directory.database) == noise)
    }
  }

  @Test func aDamagedDatabaseIsNamedAndLeftAlone() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        try data.submissions.save((1...200).map { try submission(identifier($0)) })
      }
      var changed = try bytes(directory.database)
      for index in 8_192..<40_960 { changed[index] = 0xFF }
      try replace(directory.database, with: changed)
      // Left behind by a process that did not end in order: the reason to look.
      try replace(directory.database + "-wal", with: [UInt8](repeating: 0, count: 32))
      #expect(throws: StoreError.damaged(path: directory.database)) {
        try StageData.open(directory)
      }
      #expect(try bytes(directory.database) == changed)
    }
  }

  @Test func aNewerSchemaIsNotTouched() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      do {
        let queue = try DatabaseQueue(path: directory.database)
        try queue.write {
          try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 from the future')")
        }
      }
      for access in [StageData.Access.working, .reading] {
        #expect(throws: StoreError.newerSchema(path: directory.database)) {
          try StageData.open(directory, access: access)
        }
      }
    }
  }

  /// What a power cut leaves that comes between the list of migrations and the first of them.
  @Test func aDatabaseThatWasBarelyBegunIsGoneOnWith() async throws {
    try await withStage { directory in
      try directory.make()
      try KeyFile.create(DataKey.random(), at: directory.key)
      do {
        let queue = try DatabaseQueue(path: directory.database)
        try await queue.write {
          try $0.execute(
            sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        try queue.close()
      }
      for access in [StageData.Access.working, .reading] {
        #expect(try StageData.open(directory, access: access).submissions.count() == 0)
      }
    }
  }

  @Test func aDatabaseOfAnotherProgramIsRefused() async throws {
    try await withStage { directory in
      do { _ = try StageData.open(directory) }
      do {
        let queue = try DatabaseQueue(path: directory.database)
        try queue.write { try $0.execute(sql: "PRAGMA application_id = 7") }
      }
      #expect(throws: StoreError.damaged(path: directory.database)) {
        try StageData.open(directory)
      }
    }
  }

  @Test func everyCommitIsOnTheDisk() async throws {
    try await withStage { directory in
      try directory.make()
      let database = try IntakeDatabase.open(directory.database, key: DataKey.random())
      let settings = try database.pool.writeWithoutTransaction { connection in
        try ["synchronous", "journal_mode", "foreign_keys", "secure_delete"].map {
          try String.fetchOne(connection, sql: "PRAGMA \($0)") ?? ""
        }
      }
      #expect(settings == ["2", "wal", "1", "1"])
    }
  }

  @Test(arguments: ["", ".", "..", "a/b", "Prod", "ñ", "-a", String(repeating: "a", count: 33)])
  func stagesAreNamesAndNotPaths(name: String) {
    #expect(throws: StoreError.invalidStage(name)) { try DataDirectory(root: "/tmp", stage: name) }
  }

  @Test(arguments: ["dev", "prod", "2", "a-b_c", String(repeating: "a", count: 32)])
  func stagesHaveTheirOwnFolder(name: String) throws {
    #expect(try DataDirectory(root: "/data", stage: name).path == "/data/" + name)
  }
}
