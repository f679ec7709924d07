import CSodium
import Foundation

/// The file that holds a stage's key: `magic (8) | version (1) | protection (1) | key id (8) | key (32) | hash (16)`.
///
/// The byte `protection` is 0 for a key that only the file's mode (0600) protects; other values are
/// for keys wrapped by a passphrase. The hash tells a damaged file from a wrong key.
public enum KeyFile {
  private static let magic = Array("ACOGKEY\n".utf8)
  private static let version: UInt8 = 1
  private static let plain: UInt8 = 0
  private static let secretOffset = 18
  private static let hashLength = 16
  private static let length = secretOffset + DataKey.length + hashLength

  /// Writes a new key's file, complete or not at all; an existing file is never touched.
  ///
  /// - Throws: ``VaultError/keyExists(path:)``, ``VaultError/system(_:)``.
  public static func create(_ key: DataKey, at path: String) throws(VaultError) {
    let contents = try SecureBytes(count: length) { target in
      target.copyBytes(from: magic)
      target[8] = version
      target[9] = plain
      target.storeBytes(of: key.id.rawValue.littleEndian, toByteOffset: 10, as: UInt64.self)
      key.secret.withBytes { secret in
        target[secretOffset..<secretOffset + DataKey.length]
          .copyBytes(from: UnsafeRawBufferPointer(start: secret, count: DataKey.length))
      }
      return hash(UnsafeRawBufferPointer(target), into: target)
    }
    do {
      try publish(contents, at: path)
    } catch  where error.code == EEXIST {
      throw .keyExists(path: path)
    } catch {
      throw .system(error)
    }
  }

  /// Reads a key, and takes back reading rights that others may have on its file.
  ///
  /// - Throws: ``VaultError/keyMissing(path:)``, ``VaultError/keyDamaged(path:)``,
  ///   ``VaultError/newerFormat``, ``VaultError/system(_:)``.
  public static func load(_ path: String) throws(VaultError) -> DataKey {
    let contents = try read(path)
    let key: Result<DataKey, VaultError> = contents.withBytes { start in
      let bytes = UnsafeRawBufferPointer(start: start, count: length)
      return Result { () throws(VaultError) in try parse(bytes, path: path) }
    }
    return try key.get()
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(VaultError) -> DataKey {
    guard bytes.prefix(8).elementsEqual(magic) else { throw .keyDamaged(path: path) }
    guard bytes[8] <= version, bytes[9] == plain else { throw .newerFormat }
    let expected = try SecureBytes(count: length) { target in
      target.copyMemory(from: bytes)
      return hash(bytes, into: target)
    }
    let isWhole = expected.withBytes { sodium_memcmp($0, bytes.baseAddress, length) == 0 }
    guard isWhole else { throw .keyDamaged(path: path) }
    let secret = try SecureBytes(count: DataKey.length) { target in
      target.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[secretOffset..<length - hashLength]))
      return true
    }
    return DataKey(id: KeyID(rawValue: bytes.littleEndian(UInt64.self, at: 10)), secret: secret)
  }

  /// Reads the file straight into locked memory.
  private static func read(_ path: String) throws(VaultError) -> SecureBytes {
    do {
      let file = try OpenFile(path, .read)
      _ = fchmod(file.descriptor, 0o600)
      guard try file.size() == length else { throw VaultError.keyDamaged(path: path) }
      return try SecureBytes(count: length) { target in
        (try? file.read(into: target, at: 0)) == length
      }
    } catch let error as VaultError {
      throw error
    } catch let error as SystemError {
      throw error.code == ENOENT ? .keyMissing(path: path) : .system(error)
    } catch {
      throw .unavailable
    }
  }

  /// Writes beside the name, syncs, then links: `link` refuses a name that exists, where `rename` would overwrite it.
  private static func publish(_ contents: SecureBytes, at path: String) throws(SystemError) {
    let draft = path + ".new.\(getpid())"
    // Left by a process of the same number that died here; its key was never used.
    unlink(draft)
    let file = try OpenFile(draft, .createNew)
    defer { unlink(draft) }
    let written: Result<Void, SystemError> = contents.withBytes { start in
      Result { () throws(SystemError) in
        try file.write(UnsafeRawBufferPointer(start: start, count: length))
      }
    }
    try written.get()
    try file.syncAll()
    guard link(draft, path) == 0 else { throw .last("link", path) }
    try Folder.sync((path as NSString).deletingLastPathComponent)
  }

  /// Puts the hash of everything before it at the end.
  private static func hash(
    _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let body = length - hashLength
    guard let source = bytes.baseAddress, let end = target.baseAddress else { return false }
    return crypto_generichash(
      (end + body).assumingMemoryBound(to: UInt8.self), hashLength,
      source.assumingMemoryBound(to: UInt8.self), UInt64(body), nil, 0) == 0
  }
}
