import TestSupport
import Testing

@testable import Vault

@Suite struct RecordCipherTests {
  let context = SealContext(table: "submission", row: "7", purpose: "payload")

  @Test(arguments: [0, 1, 2, 15, 16, 17, 63, 64, 65, 1_000, 70_000])
  func opensWhatItSealed(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let cipher = try DataKey.random().cipher(for: .submission)
    let plaintext = generator.bytes(count)
    let sealed = cipher.seal(plaintext, context: context)
    #expect(sealed.count == count + RecordCipher.overhead)
    #expect(try cipher.open(sealed, context: context) == plaintext)
  }

  @Test func everyFlippedBitIsNoticed() throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    let sealed = cipher.seal(Array("nothing personal".utf8), context: context)
    for bit in 0..<sealed.count * 8 {
      var changed = sealed
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: VaultError.self) { try cipher.open(changed, context: context) }
    }
  }

  @Test func everyCutIsNoticed() throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    let sealed = cipher.seal(Array("nothing personal".utf8), context: context)
    for length in 0..<sealed.count {
      #expect(throws: VaultError.damaged) {
        try cipher.open(Array(sealed[..<length]), context: context)
      }
    }
    #expect(throws: VaultError.damaged) { try cipher.open(sealed + [0], context: context) }
  }

  @Test(arguments: [
    SealContext(table: "submission", row: "8", purpose: "payload"),
    SealContext(table: "journal", row: "7", purpose: "payload"),
    SealContext(table: "submission", row: "7", purpose: "row"),
    SealContext(table: "submission7", row: "", purpose: "payload"),
  ])
  func aRecordOpensInItsOwnPlaceOnly(other: SealContext) throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    let sealed = cipher.seal([1, 2, 3], context: context)
    #expect(throws: VaultError.damaged) { try cipher.open(sealed, context: other) }
  }

  @Test func anotherKeyIsNamed() throws {
    let key = try DataKey.random()
    let sealed = try key.cipher(for: .submission).seal([1], context: context)
    let other = try DataKey.random().cipher(for: .submission)
    #expect(throws: VaultError.otherKey(needed: key.id)) {
      try other.open(sealed, context: context)
    }
  }

  @Test func aKeyForOnePurposeOpensNothingOfAnother() throws {
    let key = try DataKey.random()
    let sealed = try key.cipher(for: .submission).seal([1], context: context)
    for purpose in KeyPurpose.allCases where purpose != .submission {
      #expect(throws: VaultError.damaged) {
        try key.cipher(for: purpose).open(sealed, context: context)
      }
    }
  }

  @Test func aNewerFormatIsNotCalledDamage() throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    var sealed = cipher.seal([1], context: context)
    sealed[0] = 2
    #expect(throws: VaultError.newerFormat) { try cipher.open(sealed, context: context) }
  }

  @Test func sealingTwiceGivesDifferentBytes() throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    #expect(cipher.seal([1], context: context) != cipher.seal([1], context: context))
  }

  @Test func oneBufferServesManyRecords() throws {
    let cipher = try DataKey.random().cipher(for: .submission)
    var buffer: [UInt8] = []
    for count in [10, 500, 0, 20] {
      let plaintext = [UInt8](repeating: UInt8(count % 256), count: count)
      let sealed = cipher.seal(plaintext, context: context)
      let opened = try sealed.withUnsafeBytes {
        try cipher.open($0, context: context, into: &buffer)
      }
      #expect(Array(buffer[..<opened]) == plaintext)
    }
    #expect(buffer.count == 500)
  }
}

@Suite struct KeyedHashTests {
  @Test func equalValuesMeetOnlyUnderOneKeyAndDomain() throws {
    let key = try DataKey.random()
    let hash = try key.keyedHash()
    #expect(hash.hash("12345678Z", domain: "dni") == hash.hash("12345678Z", domain: "dni"))
    #expect(hash.hash("12345678Z", domain: "dni") != hash.hash("12345678Z", domain: "nie"))
    #expect(hash.hash("b", domain: "a") != hash.hash("", domain: "ab"))
    let other = try DataKey.random().keyedHash()
    #expect(hash.hash("12345678Z", domain: "dni") != other.hash("12345678Z", domain: "dni"))
  }
}
