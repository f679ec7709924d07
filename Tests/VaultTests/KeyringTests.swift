import Foundation
import TestSupport
import Testing

@testable import Vault

@Suite struct KeyringTests {
  private let context = SealContext(table: "t", row: "r", purpose: "p")

  private func owner(_ number: Int) throws -> KeyOwner {
    try #require(KeyOwner(identifier(number)))
  }

  /// A ring in a folder of its own, with keys for the first owners.
  private func withRing(
    _ count: Int, _ body: (Keyring, String, DataKey) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let key = try DataKey.random()
      let ring = try Keyring(folder + "/keyring", key: key, isWriting: true)
      try ring.makeKeys(for: try (0..<count).map(owner))
      try body(ring, folder + "/keyring", key)
    }
  }

  private func secret(_ key: DataKey?) -> [UInt8]? {
    key.map { $0.secret.withBytes { Array(UnsafeBufferPointer(start: $0, count: DataKey.length)) } }
  }

  @Test(arguments: [
    "a0000000-0000-4000-8000-00000000000f", "00000000-0000-0000-0000-000000000000",
  ]) func ownersAreUUIDs(text: String) {
    #expect(KeyOwner(text)?.description == text)
  }

  @Test(arguments: [
    "", "a", "a0000000-0000-4000-8000-00000000000", "g0000000-0000-4000-8000-00000000000f",
  ])
  func nothingElseIsAnOwner(text: String) { #expect(KeyOwner(text) == nil) }

  @Test func everyOwnerHasAKeyOfItsOwnThatStays() throws {
    try withRing(50) { ring, path, key in
      let keys = try (0..<50).map { secret(try ring.key(of: owner($0))) }
      #expect(Set(keys).count == 50 && !keys.contains(nil))
      try ring.makeKeys(for: try (0..<50).map(owner))
      for isWriting in [true, false] {
        let again = try Keyring(path, key: key, isWriting: isWriting)
        #expect(try (0..<50).map { secret(try again.key(of: owner($0))) } == keys)
        #expect(try again.key(of: owner(50)) == nil)
      }
      #expect(try mode(path) == 0o600 && mode(path + ".copy") == 0o600)
    }
  }

  @Test func aReaderSeesKeysThatAreMadeLater() throws {
    try withRing(1) { ring, path, key in
      let reader = try Keyring(path, key: key, isWriting: false)
      try ring.makeKeys(for: [owner(7)])
      #expect(secret(try reader.key(of: owner(7))) == secret(try ring.key(of: owner(7))))
      #expect(throws: VaultError.self) { try reader.makeKeys(for: [owner(8)]) }
    }
  }

  @Test func aDestroyedKeyIsNowhereAndNeverMadeAgain() throws {
    try withRing(3) { ring, path, key in
      let wrapped = try bytes(path)[KeySlot.length * 2 + 25..<KeySlot.length * 2 + 106]
      #expect(try ring.destroy(owner(1)))
      #expect(try !ring.destroy(owner(1)))
      for file in [path, path + ".copy"] {
        #expect(try Data(bytes(file)).range(of: Data(wrapped)) == nil)
      }
      for ring in [ring, try Keyring(path, key: key, isWriting: true)] {
        #expect(throws: VaultError.keyDestroyed) { try ring.key(of: owner(1)) }
        #expect(throws: VaultError.keyDestroyed) { try ring.makeKeys(for: [owner(1)]) }
        #expect(try ring.destroyed == [owner(1)])
        #expect(try ring.key(of: owner(2)) != nil)
      }
    }
  }

  /// What a crash between the two copies leaves, and what bad sectors do.
  @Test func oneWholeCopyOfASlotIsEnough() throws {
    try withRing(20) { ring, path, key in
      let keys = try (0..<20).map { secret(try ring.key(of: owner($0))) }
      let whole = try bytes(path)
      var generator = SeededGenerator(seed: 5)
      for round in 0..<40 {
        let file = [path, path + ".copy"][round % 2]
        var damaged = whole
        for _ in 0..<200 {
          damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^= 0x55
        }
        if round % 5 == 0 { damaged.removeLast(Int.random(in: 1..<1_000, using: &generator)) }
        try replace(file, with: damaged)
        let again = try Keyring(path, key: key, isWriting: true)
        #expect(try (0..<20).map { secret(try again.key(of: owner($0))) } == keys)
        #expect(try bytes(path) == whole && bytes(path + ".copy") == whole)
      }
    }
  }

  @Test func aDestroyedSlotInEitherCopyCounts() throws {
    try withRing(2) { ring, path, key in
      let before = try bytes(path)
      try ring.destroy(owner(0))
      for file in [path, path + ".copy"] {
        try replace(file, with: before)
        let again = try Keyring(path, key: key, isWriting: true)
        #expect(throws: VaultError.keyDestroyed) { try again.key(of: owner(0)) }
        #expect(try bytes(file) != before)
      }
    }
  }

  @Test func aCutSlotIsWrittenOver() throws {
    try withRing(2) { ring, path, key in
      let whole = try bytes(path)
      for file in [path, path + ".copy"] { try replace(file, with: whole + [1, 2, 3]) }
      let again = try Keyring(path, key: key, isWriting: true)
      try again.makeKeys(for: [owner(9)])
      #expect(try bytes(path).count == whole.count + KeySlot.length)
      #expect(try Keyring(path, key: key, isWriting: false).key(of: owner(9)) != nil)
    }
  }

  @Test func anotherDataKeyOpensNothing() throws {
    try withRing(1) { ring, path, _ in
      let other = try Keyring(path, key: DataKey.random(), isWriting: false)
      #expect(throws: VaultError.self) { try other.key(of: owner(0)) }
    }
  }

  @Test func aLostRingIsNamedAndANewerOneLeftAlone() throws {
    try withRing(1) { _, path, key in
      let newer = KeyringFiles.header(version: 2)
      for file in [path, path + ".copy"] { try replace(file, with: newer) }
      #expect(throws: VaultError.newerFormat) { try Keyring(path, key: key, isWriting: true) }
      for file in [path, path + ".copy"] { try replace(file, with: [1, 2, 3]) }
      #expect(throws: VaultError.keyDamaged(path: path)) {
        try Keyring(path, key: key, isWriting: true)
      }
      for file in [path, path + ".copy"] { try FileManager.default.removeItem(atPath: file) }
      #expect(!Keyring.exists(path))
      #expect(try Keyring(path, key: key, isWriting: false).owners.isEmpty)
    }
  }

  @Test func recordsOfManyOwnersAreOpenedInOneGo() throws {
    try withRing(5) { ring, _, key in
      let opener = try KeyringOpener(ring, key: key, purpose: .submission)
      var buffer: [UInt8] = []
      for number in 0..<5 {
        let own = try #require(try ring.key(of: owner(number))).cipher(for: .submission)
        for cipher in [own, try key.cipher(for: .submission)] {
          let sealed = cipher.seal([UInt8(number), 8], context: context)
          let count = try sealed.withUnsafeBytes {
            try opener.open($0, of: owner(number), context: context, into: &buffer)
          }
          #expect(Array(buffer[..<count]) == [UInt8(number), 8])
        }
        let foreign = own.seal([1], context: context)
        #expect(throws: VaultError.self) {
          try foreign.withUnsafeBytes {
            _ = try opener.open($0, of: owner((number + 1) % 5), context: context, into: &buffer)
          }
        }
      }
    }
  }
}
