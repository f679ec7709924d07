import Foundation
import TestSupport
import Testing

@testable import Vault

@Suite struct KeyFileTests {
  @Test func aStoredKeyOpensWhatItSealed() throws {
    try withTemporaryFolder { folder in
      let key = try DataKey.random()
      try KeyFile.create(key, at: folder + "/key")
      let loaded = try KeyFile.load(folder + "/key")
      let context = SealContext(table: "t", row: "r", purpose: "p")
      let sealed = try key.cipher(for: .audio).seal([1, 2, 3], context: context)
      #expect(loaded.id == key.id)
      #expect(try loaded.cipher(for: .audio).open(sealed, context: context) == [1, 2, 3])
      #expect(try Folder.names(in: folder) == ["key"])
    }
  }

  @Test func onlyTheUserMayReadIt() throws {
    try withTemporaryFolder { folder in
      try KeyFile.create(DataKey.random(), at: folder + "/key")
      #expect(try mode(folder + "/key") == 0o600)
      chmod(folder + "/key", 0o644)
      _ = try KeyFile.load(folder + "/key")
      #expect(try mode(folder + "/key") == 0o600)
    }
  }

  @Test func anExistingKeyIsNeverOverwritten() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/key"
      try KeyFile.create(DataKey.random(), at: path)
      let before = try bytes(path)
      #expect(throws: VaultError.keyExists(path: path)) {
        try KeyFile.create(DataKey.random(), at: path)
      }
      #expect(try bytes(path) == before)
      #expect(try Folder.names(in: folder) == ["key"])
    }
  }

  @Test func aMissingKeyIsNamed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/key"
      #expect(throws: VaultError.keyMissing(path: path)) { try KeyFile.load(path) }
    }
  }

  @Test func everyFlippedBitAndEveryCutIsNoticed() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/key"
      try KeyFile.create(DataKey.random(), at: path)
      let whole = try bytes(path)
      for bit in 0..<whole.count * 8 {
        var changed = whole
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        try replace(path, with: changed)
        #expect(throws: VaultError.self) { try KeyFile.load(path) }
      }
      for length in 0..<whole.count {
        try replace(path, with: Array(whole[..<length]))
        #expect(throws: VaultError.keyDamaged(path: path)) { try KeyFile.load(path) }
      }
    }
  }

  @Test(arguments: [0, 1, 0xFF, 0x0123_4567_89AB_CDEF, UInt64.max])
  func idsAreSixteenDigits(number: UInt64) {
    let id = KeyID(rawValue: number)
    #expect(id.description.utf8.count == 16)
    #expect(KeyID(id.description) == id)
  }
}
