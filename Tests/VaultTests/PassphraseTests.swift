import Foundation
import TestSupport
import Testing

@testable import Vault

@Suite struct PassphraseTests {
  private let words = "cuatro palabras que no adivina nadie"

  private func secret(_ key: DataKey) -> [UInt8] {
    key.secret.withBytes { Array(UnsafeBufferPointer(start: $0, count: DataKey.length)) }
  }

  @Test func aWrappedKeyOpensWithItsPassphraseAlone() throws {
    try withTemporaryFolder { folder in
      let (path, key) = (folder + "/key", try DataKey.random())
      try KeyFile.create(key, at: path, passphrase: Passphrase(words), cost: .least)
      #expect(try KeyFile.describe(path).protection == .passphrase)
      #expect(try KeyFile.describe(path).id == key.id)
      #expect(try Data(bytes(path)).range(of: Data(secret(key))) == nil)
      #expect(try secret(KeyFile.load(path) { try? Passphrase(words) }) == secret(key))
      #expect(throws: VaultError.locked(path: path)) { try KeyFile.load(path) }
      for wrong in ["", " ", words + " ", words.uppercased()] {
        #expect(throws: VaultError.self) { try KeyFile.load(path) { try? Passphrase(wrong) } }
      }
      #expect(throws: VaultError.wrongPassphrase(path: path)) {
        try KeyFile.load(path) { try? Passphrase("otra") }
      }
    }
  }

  @Test func changingThePassphraseLeavesNoOldKeyFile() throws {
    try withTemporaryFolder { folder in
      let (path, key) = (folder + "/key", try DataKey.random())
      try KeyFile.create(key, at: path)
      let old = try OpenFile(path, .read)
      try KeyFile.replace(key, at: path, passphrase: Passphrase(words), cost: .least)
      // The file that was there is overwritten, not only unlinked.
      #expect(try old.bytes(at: 0, count: 200).allSatisfy { $0 == 0 })
      #expect(try secret(KeyFile.load(path) { try? Passphrase(words) }) == secret(key))
      try KeyFile.replace(key, at: path, passphrase: nil)
      #expect(try secret(KeyFile.load(path)) == secret(key))
      #expect(try Folder.names(in: folder) == ["key"])
      #expect(try mode(path) == 0o600)
    }
  }

  @Test func everyFlippedBitOfAWrappedKeyIsNoticed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/key"
      try KeyFile.create(DataKey.random(), at: path, passphrase: Passphrase(words), cost: .least)
      let whole = try bytes(path)
      for bit in 0..<whole.count * 8 {
        var changed = whole
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        try replace(path, with: changed)
        #expect(throws: VaultError.self) { try KeyFile.load(path) { try? Passphrase(words) } }
      }
    }
  }

  @Test func samePassphrasesAreTheSame() throws {
    #expect(Passphrase.isSame(try Passphrase("uno dos"), try Passphrase("uno dos")))
    #expect(!Passphrase.isSame(try Passphrase("uno dos"), try Passphrase("uno doz")))
    #expect(!Passphrase.isSame(try Passphrase("uno dos"), try Passphrase("uno")))
  }

  @Test func aTakenOverPassphraseIsWipedWhereItWas() throws {
    var typed = Array(words.utf8)
    _ = try Passphrase(wiping: &typed)
    #expect(typed.allSatisfy { $0 == 0 })
  }
}

@Suite struct KeyBackupTests {
  private let words = "otras cuatro palabras largas"

  private func withRing(_ body: (String, DataKey, Keyring, KeyOwner) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let key = try DataKey.random()
      let ring = try Keyring(folder + "/keyring", key: key, isWriting: true)
      let owner = try #require(KeyOwner(identifier(1)))
      try ring.makeKeys(for: [owner])
      try body(folder, key, ring, owner)
    }
  }

  @Test func aBackupHoldsTheKeyAndTheRing() throws {
    try withRing { folder, key, ring, owner in
      let path = folder + "/backup"
      try KeyBackup(key: key, ring: ring)
        .write(to: path, .passphrase(Passphrase(words), cost: .least))
      #expect(try mode(path) == 0o600)
      #expect(try KeyBackup.describe(path) == (key.id, true))
      let backup = try KeyBackup(file: path, .passphrase(Passphrase(words)))
      #expect(backup.key.id == key.id)
      let other = try Keyring(folder + "/other", key: backup.key, isWriting: true)
      #expect(try other.takeOver(backup.ring) { _ in true } == 1)
      #expect(try other.takeOver(backup.ring) { _ in true } == 0)
      #expect(try other.key(of: owner)?.id == ring.key(of: owner)?.id)
      #expect(throws: VaultError.wrongPassphrase(path: path)) {
        try KeyBackup(file: path, .passphrase(Passphrase("no es esta")))
      }
    }
  }

  @Test func headquartersOpenABackupAndNobodyElse() throws {
    try withRing { folder, key, ring, _ in
      let (path, secret) = (folder + "/backup", try OrganisationSecret.random())
      try KeyBackup(key: key, ring: ring).write(to: path, .organisation(secret.publicKey))
      #expect(try KeyBackup(file: path, .organisation(secret)).key.id == key.id)
      #expect(throws: VaultError.damaged) {
        try KeyBackup(file: path, .organisation(.random()))
      }
      #expect(throws: VaultError.locked(path: path)) {
        try KeyBackup(file: path, .passphrase(Passphrase(words)))
      }
    }
  }

  @Test func aDestroyedKeyDoesNotComeBack() throws {
    try withRing { folder, key, ring, owner in
      let path = folder + "/backup"
      try KeyBackup(key: key, ring: ring)
        .write(to: path, .passphrase(Passphrase(words), cost: .least))
      try ring.destroy(owner)
      let backup = try KeyBackup(file: path, .passphrase(Passphrase(words)))
      #expect(try ring.takeOver(backup.ring) { _ in true } == 0)
      #expect(throws: VaultError.keyDestroyed) { try ring.key(of: owner) }
    }
  }

  @Test func damagedBackupsAreNamed() throws {
    try withRing { folder, key, ring, _ in
      let path = folder + "/backup"
      try KeyBackup(key: key, ring: ring)
        .write(to: path, .passphrase(Passphrase(words), cost: .least))
      let whole = try bytes(path)
      var generator = SeededGenerator(seed: 3)
      for _ in 0..<200 {
        var changed = whole
        if Bool.random(using: &generator) {
          changed[Int.random(in: 0..<changed.count, using: &generator)] ^= 1
        } else {
          changed.removeLast(Int.random(in: 1..<changed.count, using: &generator))
        }
        try replace(path, with: changed)
        #expect(throws: VaultError.self) {
          try KeyBackup(file: path, .passphrase(Passphrase(words)))
        }
      }
    }
  }
}
