import CSodium
import Foundation

/// A stage's key and the keys of its interviews in one file, sealed under a passphrase or to the organisation's key.
///
/// `magic (8) | version (1) | protection (1) | key id (8)`, then the sealed contents: `data key (32) | keyring`.
public struct KeyBackup: Sendable {
  /// Who can open a backup.
  public enum Protection: Sendable {
    /// Whoever knows the passphrase.
    case passphrase(Passphrase, cost: PassphraseCost = .standard)
    /// Headquarters.
    case organisation(OrganisationKey)
  }

  /// What opens a backup.
  public enum Opener: Sendable {
    /// The passphrase that it was made with.
    case passphrase(Passphrase)
    /// The organisation's secret key.
    case organisation(OrganisationSecret)
  }

  /// The data key.
  public let key: DataKey
  /// The keyring's file as it was.
  package let ring: [UInt8]

  private static let magic = Array("ACOGBACK".utf8)
  private static let headLength = 18

  /// Takes a key and a ring into a backup.
  public init(key: DataKey, ring: Keyring) {
    self.key = key
    self.ring = ring.contents
  }

  /// Writes the backup, whole or not at all; a file that exists is replaced, since an older backup holds keys that may have been destroyed since.
  ///
  /// - Throws: ``VaultError/system(_:)``, ``VaultError/unavailable``.
  public func write(to path: String, _ protection: Protection) throws(VaultError) {
    var head = Self.magic + [1, 0]
    head.appendLittleEndian(key.id.rawValue)
    let contents = try SecureBytes(count: DataKey.length + ring.count) { target in
      key.secret.withBytes {
        target.copyMemory(from: UnsafeRawBufferPointer(start: $0, count: DataKey.length))
      }
      UnsafeMutableRawBufferPointer(rebasing: target[DataKey.length...]).copyBytes(from: ring)
      return true
    }
    let sealed: Result<[UInt8], VaultError> = contents.withBytes { start in
      let bytes = UnsafeRawBufferPointer(start: start, count: contents.count)
      return Result { () throws(VaultError) in
        switch protection {
        case .passphrase(let passphrase, let cost):
          head[9] = 1
          return try PassphraseSeal.seal(bytes, passphrase: passphrase, cost: cost, context: head)
        case .organisation(let organisation):
          head[9] = 2
          return try organisation.seal(bytes)
        }
      }
    }
    let body = try sealed.get()
    do { try WholeFile.write(head + body, to: path) } catch { throw .system(error) }
  }

  /// The name of the key in a backup, and whether a passphrase opens it.
  ///
  /// - Throws: ``VaultError/keyMissing(path:)``, ``VaultError/keyDamaged(path:)``, ``VaultError/newerFormat``.
  public static func describe(
    _ path: String
  ) throws(VaultError) -> (id: KeyID, asksForPassphrase: Bool) {
    let bytes = try contents(path)
    let id: UInt64 = bytes.withUnsafeBytes { $0.littleEndian(at: 10) }
    return (KeyID(rawValue: id), bytes[9] == 1)
  }

  /// Opens a backup.
  ///
  /// - Throws: ``VaultError/wrongPassphrase(path:)``, ``VaultError/damaged`` for another secret key, and as ``describe(_:)``.
  public init(file path: String, _ opener: Opener) throws(VaultError) {
    let bytes = try Self.contents(path)
    let id: UInt64 = bytes.withUnsafeBytes { $0.littleEndian(at: 10) }
    let opened: SecureBytes
    switch (opener, bytes[9]) {
    case (.passphrase(let passphrase), 1):
      opened = try PassphraseSeal.open(
        bytes[Self.headLength...], passphrase: passphrase,
        context: Array(bytes[..<Self.headLength]), path: path)
    case (.organisation(let secret), 2):
      opened = try secret.open(locked: Array(bytes[Self.headLength...]))
    default: throw .locked(path: path)
    }
    guard opened.count >= DataKey.length + KeySlot.length else { throw .keyDamaged(path: path) }
    let secret = try SecureBytes(count: DataKey.length) { target in
      opened.withBytes {
        target.copyMemory(from: UnsafeRawBufferPointer(start: $0, count: DataKey.length))
      }
      return true
    }
    key = DataKey(id: KeyID(rawValue: id), secret: secret)
    ring = opened.withBytes {
      Array(UnsafeBufferPointer(start: $0, count: opened.count).dropFirst(DataKey.length))
    }
  }

  private static func contents(_ path: String) throws(VaultError) -> [UInt8] {
    let bytes: [UInt8]
    do {
      let file = try OpenFile(path, .read)
      bytes = try file.bytes(at: 0, count: try file.size())
    } catch {
      throw error.code == ENOENT ? .keyMissing(path: path) : .system(error)
    }
    guard bytes.count > headLength, bytes.starts(with: magic) else {
      throw .keyDamaged(path: path)
    }
    guard bytes[8] <= 1 else { throw .newerFormat }
    guard (1...2).contains(bytes[9]) else { throw .keyDamaged(path: path) }
    return bytes
  }
}
