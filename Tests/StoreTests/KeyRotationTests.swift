import Foundation
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct KeyRotationTests {
  private let id = identifier(1)

  /// A draft with sound and two submissions, one of them from before interviews had keys.
  private func fill(_ directory: DataDirectory) async throws {
    try directory.make()
    let key = try DataKey.random()
    try KeyFile.create(key, at: directory.key)
    let old = try Journal<StampedEvent>(interview: identifier(9), in: directory, key: key)
    try await old.append(events(identifier(9)))
    try await old.close()
    let data = try StageData.open(directory)
    try data.submit(submission(identifier(9)))
    try data.submit(submission(identifier(2)))
    let journal = try data.drafts.journal(for: id, at: 1_000)
    try await journal.append(events(id))
    try await journal.close()
    let spool = try data.drafts.audio(for: id)
    try await spool.append(position: 0, samples: [Int16](repeating: 9, count: 16_000))
    try await spool.close()
    try data.submit(submission(identifier(3)))
    try data.erase(identifier(3), at: 2_000)
    try data.keepVoice([7, 1, 7])
  }

  private func expectAll(_ data: StageData) async throws {
    #expect(try data.submissions.get(identifier(9)) == submission(identifier(9)))
    #expect(try data.submissions.get(identifier(2)) == submission(identifier(2)))
    #expect(try data.journal(of: identifier(9)).records == events(identifier(9)))
    #expect(try data.drafts.events(of: id).records == events(id))
    #expect(try await data.drafts.audio(for: id).read(0..<16_000).first?.samples.count == 8_000)
    #expect(throws: StoreError.closed(id: identifier(3))) { try data.keys.key(of: identifier(3)) }
    var rows = 0
    try data.submissions.forEachRow { _ in rows += 1 }
    #expect(rows == 2)
    #expect(try data.voice() == [7, 1, 7])
  }

  @Test func everythingOpensWithTheNewKeyAndNothingWithTheOld() async throws {
    try await withStage { directory in
      try await fill(directory)
      let old = try bytes(directory.key)
      let new: KeyID
      do {
        let data = try StageData.open(directory)
        new = try data.rotateKey(passphrase: nil)
        #expect(new != data.keyID)
      }
      do {
        let data = try StageData.open(directory)
        #expect(data.keyID == new)
        try await expectAll(data)
        try data.submissions.save(submission(identifier(4)))
      }
      #expect(try Folder.names(in: directory.path).allSatisfy { !$0.contains("next") })
      try replace(directory.key, with: old)
      #expect(throws: StoreError.self) { try StageData.open(directory) }
    }
  }

  /// Every state that a crash can leave on the disk.
  @Test(arguments: [0, 1, 2, 3, 4]) func aCrashInBetweenIsCompletedOrTakenBack(step: Int)
    async throws
  {
    try await withStage { directory in
      try await fill(directory)
      let before = directory.root + "/before"
      try FileManager.default.copyItem(atPath: directory.path, toPath: before)
      do { _ = try StageData.open(directory).rotateKey(passphrase: nil) }
      let after = directory.root + "/after"
      try FileManager.default.moveItem(atPath: directory.path, toPath: after)
      try FileManager.default.copyItem(atPath: before, toPath: directory.path)
      let copy = { (from: String, to: String) in
        try? FileManager.default.removeItem(atPath: to)
        try FileManager.default.copyItem(atPath: from, toPath: to)
      }
      // The next files are there; then the database has changed; then names are changed one by one.
      for suffix in ["", ".copy"] {
        try copy(after + "/keyring" + suffix, directory.keyring + ".next" + suffix)
      }
      try copy(after + "/key", directory.key + ".next")
      try copy(after + "/voice", directory.voice + ".next")
      if step >= 1 {
        for suffix in ["", "-wal", "-shm"] where Folder.exists(after + "/acogida.sqlite" + suffix) {
          try copy(after + "/acogida.sqlite" + suffix, directory.database + suffix)
        }
      }
      if step >= 2 { try Folder.rename(directory.keyring + ".next", to: directory.keyring) }
      if step >= 4 { try Folder.rename(directory.voice + ".next", to: directory.voice) }
      if step >= 3 {
        try Folder.rename(directory.keyring + ".next.copy", to: directory.keyring + ".copy")
      }
      let data = try StageData.open(directory)
      try await expectAll(data)
      #expect(try Folder.names(in: directory.path).allSatisfy { !$0.contains("next") })
    }
  }

  @Test func aPassphraseIsAskedForAndKept() async throws {
    try await withStage { directory in
      try await fill(directory)
      do { try StageData.open(directory).protectKey(Passphrase("una frase larga"), cost: .least) }
      #expect(throws: StoreError.locked(path: directory.key)) { try StageData.open(directory) }
      #expect(throws: StoreError.wrongPassphrase(path: directory.key)) {
        try StageData.open(directory, unlock: KeyUnlock { try? Passphrase("otra") })
      }
      let unlock = KeyUnlock { try? Passphrase("una frase larga") }
      let data = try StageData.open(directory, unlock: unlock)
      try await expectAll(data)
      let reader = try StageData.open(directory, access: .reading, unlock: unlock)
      #expect(try reader.submissions.count() == 2)
    }
  }

  @Test func aLostKeyComesBackFromItsBackup() async throws {
    try await withStage { directory in
      try await fill(directory)
      let path = directory.root + "/backup"
      let words = try Passphrase("la copia de la clave")
      do {
        try StageData.open(directory).keyBackup
          .write(to: path, .passphrase(words, cost: .least))
      }
      for name in ["key", "keyring", "keyring.copy"] {
        try Folder.remove(directory.path + "/" + name)
      }
      let backup = try KeyBackup(file: path, .passphrase(words))
      #expect(try StageData.restoreKey(backup, to: directory, passphrase: nil) == 2)
      try await expectRestored(directory)
      // A key that is there is not replaced.
      let other = try KeyBackup(
        key: .random(),
        ring: Keyring(
          directory.root + "/ring", key: .random(), isWriting: true))
      #expect(throws: StoreError.self) {
        try StageData.restoreKey(other, to: directory, passphrase: nil)
      }
    }
  }

  private func expectRestored(_ directory: DataDirectory) async throws {
    let data = try StageData.open(directory)
    #expect(try data.drafts.events(of: id).records == events(id))
    #expect(try data.submissions.get(identifier(2)) == submission(identifier(2)))
    #expect(throws: StoreError.closed(id: identifier(3))) { try data.keys.key(of: identifier(3)) }
  }
}
