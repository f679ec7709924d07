import CSodium
import Foundation

/// The file that holds a stage's key.
///
/// Two layouts, both behind `magic (8) | version (1) | protection (1) | key id (8)` and before a `hash (16)`
/// that tells a damaged file from a wrong key:
/// - protection 0: `key (32)`; only the file's mode (0600) protects it.
/// - protection 1: the key sealed under a passphrase (``PassphraseSeal``).
public enum KeyFile {
  /// How a key is protected.
  public enum Protection: UInt8, Sendable {
    /// By the file's mode alone.
    case file = 0
    /// By a passphrase too.
    case passphrase = 1
  }

  private static let magic = Array("ACOGKEY\n".utf8)
  private static let headLength = 18
  private static let hashLength = 16

  /// Writes a new key's file, complete or not at all; an existing file is never touched.
  ///
  /// - Parameter passphrase: wraps the key; nil leaves it to the file's mode.
  /// - Throws: ``VaultError/keyExists(path:)``, ``VaultError/system(_:)``.
  public static func create(
    _ key: DataKey, at path: String, passphrase: Passphrase? = nil,
    cost: PassphraseCost = .standard
  ) throws(VaultError) {
    let contents = try contents(key, passphrase, cost)
    do {
      try KeyFileWriter.publish(contents, at: path)
    } catch  where error.code == EEXIST {
      throw .keyExists(path: path)
    } catch {
      throw .system(error)
    }
  }

  /// Puts a key's file in place of another and overwrites that one; complete or not at all.
  ///
  /// - Throws: ``VaultError/system(_:)``.
  public static func replace(
    _ key: DataKey, at path: String, passphrase: Passphrase?, cost: PassphraseCost = .standard
  ) throws(VaultError) {
    let contents = try contents(key, passphrase, cost)
    do { try KeyFileWriter.replace(contents, at: path) } catch { throw .system(error) }
  }

  /// Reads a key, and takes back reading rights that others may have on its file.
  ///
  /// - Parameter passphrase: asked for when the key is wrapped by one; nil when there is nobody to ask.
  /// - Throws: ``VaultError/keyMissing(path:)``, ``VaultError/keyDamaged(path:)``, ``VaultError/locked(path:)``,
  ///   ``VaultError/wrongPassphrase(path:)``, ``VaultError/newerFormat``, ``VaultError/system(_:)``.
  public static func load(
    _ path: String, passphrase: () -> Passphrase? = { nil }
  ) throws(VaultError) -> DataKey {
    let (contents, head) = try read(path)
    switch head.protection {
    case .file:
      let secret = try SecureBytes(count: DataKey.length) { target in
        contents.withBytes {
          target.copyMemory(
            from: UnsafeRawBufferPointer(start: $0 + headLength, count: DataKey.length))
        }
        return true
      }
      return DataKey(id: head.id, secret: secret)
    case .passphrase:
      guard let passphrase = passphrase() else { throw .locked(path: path) }
      let bytes = contents.withBytes {
        Array(UnsafeBufferPointer(start: $0, count: contents.count))
      }
      let secret = try PassphraseSeal.open(
        bytes[headLength..<bytes.count - hashLength], passphrase: passphrase,
        context: Array(bytes[..<headLength]), path: path)
      return DataKey(id: head.id, secret: secret)
    }
  }

  /// The key's name and how it is protected; needs no passphrase.
  ///
  /// - Throws: as ``load(_:passphrase:)``.
  public static func describe(
    _ path: String
  ) throws(VaultError) -> (id: KeyID, protection: Protection) {
    try read(path).head
  }

  private static func contents(
    _ key: DataKey, _ passphrase: Passphrase?, _ cost: PassphraseCost
  ) throws(VaultError) -> SecureBytes {
    var head = magic
    head.append(1)
    head.append((passphrase == nil ? Protection.file : .passphrase).rawValue)
    head.appendLittleEndian(key.id.rawValue)
    guard let passphrase else {
      return try hashed(count: headLength + DataKey.length) { target in
        target.copyBytes(from: head)
        key.secret.withBytes { secret in
          target[headLength..<headLength + DataKey.length]
            .copyBytes(from: UnsafeRawBufferPointer(start: secret, count: DataKey.length))
        }
      }
    }
    let sealed: Result<[UInt8], VaultError> = key.secret.withBytes { secret in
      let secret = UnsafeRawBufferPointer(start: secret, count: DataKey.length)
      return Result { () throws(VaultError) in
        try PassphraseSeal.seal(secret, passphrase: passphrase, cost: cost, context: head)
      }
    }
    let body = head + (try sealed.get())
    return try hashed(count: body.count) { $0.copyBytes(from: body) }
  }

  /// Locked bytes with the hash of all of them behind.
  private static func hashed(
    count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(VaultError) -> SecureBytes {
    try SecureBytes(count: count + hashLength) { target in
      fill(target)
      return hash(UnsafeRawBufferPointer(target), count: count, into: target)
    }
  }

  /// Reads the file straight into locked memory and checks its hash.
  private static func read(
    _ path: String
  ) throws(VaultError) -> (contents: SecureBytes, head: (id: KeyID, protection: Protection)) {
    let contents: SecureBytes
    do {
      let file = try OpenFile(path, .read)
      _ = fchmod(file.descriptor, 0o600)
      let size = try file.size()
      guard (headLength + hashLength...1_024).contains(size) else {
        throw VaultError.keyDamaged(path: path)
      }
      contents = try SecureBytes(count: size) { (try? file.read(into: $0, at: 0)) == size }
    } catch let error as VaultError {
      throw error
    } catch let error as SystemError {
      throw error.code == ENOENT ? .keyMissing(path: path) : .system(error)
    } catch {
      throw .unavailable
    }
    let head: Result<(id: KeyID, protection: Protection), VaultError> = contents.withBytes {
      start in
      let bytes = UnsafeRawBufferPointer(start: start, count: contents.count)
      return Result { () throws(VaultError) in try parse(bytes, path: path) }
    }
    return (contents, try head.get())
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(VaultError) -> (id: KeyID, protection: Protection) {
    guard bytes.prefix(8).elementsEqual(magic) else { throw .keyDamaged(path: path) }
    guard bytes[8] <= 1, let protection = Protection(rawValue: bytes[9]) else {
      throw .newerFormat
    }
    let body = bytes.count - hashLength
    let length =
      protection == .file ? DataKey.length : DataKey.length + PassphraseSeal.overhead
    let expected = try SecureBytes(count: bytes.count) { target in
      target.copyMemory(from: bytes)
      return hash(bytes, count: body, into: target)
    }
    let isWhole = expected.withBytes { sodium_memcmp($0, bytes.baseAddress, bytes.count) == 0 }
    guard isWhole, body == headLength + length else { throw .keyDamaged(path: path) }
    return (KeyID(rawValue: bytes.littleEndian(UInt64.self, at: 10)), protection)
  }

  /// Puts the hash of the first bytes behind them.
  private static func hash(
    _ bytes: UnsafeRawBufferPointer, count: Int, into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let source = bytes.baseAddress, let end = target.baseAddress else { return false }
    return crypto_generichash(
      (end + count).assumingMemoryBound(to: UInt8.self), hashLength,
      source.assumingMemoryBound(to: UInt8.self), UInt64(count), nil, 0) == 0
  }
}

/// Puts locked bytes into files.
enum KeyFileWriter {
  /// Writes beside the name, syncs, then links: `link` refuses a name that exists, where `rename` would overwrite it.
  static func publish(_ contents: SecureBytes, at path: String) throws(SystemError) {
    let draft = try write(contents, beside: path)
    defer { unlink(draft) }
    guard link(draft, path) == 0 else { throw .last("link", path) }
    try Folder.sync((path as NSString).deletingLastPathComponent)
  }

  /// Takes the place of the file at the path, whose contents are then overwritten.
  static func replace(_ contents: SecureBytes, at path: String) throws(SystemError) {
    let draft = try write(contents, beside: path)
    defer { unlink(draft) }
    guard Folder.exists(path) else {
      try Folder.rename(draft, to: path)
      return try Folder.sync((path as NSString).deletingLastPathComponent)
    }
    let old = try OpenFile(path, .readWrite)
    try Folder.rename(draft, to: path)
    try Folder.sync((path as NSString).deletingLastPathComponent)
    try old.wipe()
  }

  private static func write(
    _ contents: SecureBytes, beside path: String
  ) throws(SystemError) -> String {
    let draft = path + ".new.\(getpid())"
    // Left by a process of the same number that died here; its key was never used.
    unlink(draft)
    let file = try OpenFile(draft, .createNew)
    let written: Result<Void, SystemError> = contents.withBytes { start in
      Result { () throws(SystemError) in
        try file.write(UnsafeRawBufferPointer(start: start, count: contents.count))
      }
    }
    do {
      try written.get()
      try file.syncAll()
    } catch {
      unlink(draft)
      throw error
    }
    return draft
  }
}

extension OpenFile {
  /// Overwrites the whole file with zeros, as far as the file system writes in place.
  package func wipe() throws(SystemError) {
    let zeros = [UInt8](repeating: 0, count: try size())
    let written: Result<Void, SystemError> = zeros.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in try write(bytes, at: 0) }
    }
    try written.get()
    try syncAll()
  }
}
