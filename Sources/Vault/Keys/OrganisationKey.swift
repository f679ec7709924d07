import CSodium
import Foundation

/// The public key of an organisation's headquarters: what is sealed to it can't be opened on the machine that sealed it.
///
/// Sealing is libsodium's sealed box (X25519, XSalsa20-Poly1305, a new sender key for every box), without any framing, so
/// that every libsodium binding opens it.
///
/// The file is one line, `acogida-public-key-1:` and the key's 32 bytes in Base64.
public struct OrganisationKey: Hashable, Sendable {
  /// Bytes that sealing adds.
  public static let overhead = crypto_box_sealbytes()
  static let length = crypto_box_publickeybytes()
  static let label = "acogida-public-key-1:"
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Reads a key file.
  ///
  /// - Throws: ``VaultError/keyMissing(path:)``, ``VaultError/keyDamaged(path:)``, ``VaultError/system(_:)``.
  public init(file path: String) throws(VaultError) {
    bytes = try KeyText.read(path, label: Self.label, count: Self.length)
  }

  /// Writes the key to a new file; a file that exists is never touched.
  ///
  /// - Throws: ``VaultError/keyExists(path:)``, ``VaultError/system(_:)``.
  public func create(at path: String) throws(VaultError) {
    try KeyText.create(Self.label + Data(bytes).base64EncodedString() + "\n", at: path)
  }

  /// Seals bytes for the holder of the secret key.
  ///
  /// - Throws: ``VaultError/unavailable`` for a key that is no point of the curve.
  public func seal(_ plaintext: [UInt8]) throws(VaultError) -> [UInt8] {
    let sealed: Result<[UInt8], VaultError> = plaintext.withUnsafeBytes { bytes in
      Result { () throws(VaultError) in try seal(bytes) }
    }
    return try sealed.get()
  }

  func seal(_ plaintext: UnsafeRawBufferPointer) throws(VaultError) -> [UInt8] {
    guard Sodium.isReady else { throw .unavailable }
    var sealed = [UInt8](repeating: 0, count: plaintext.count + Self.overhead)
    guard
      crypto_box_seal(
        &sealed, plaintext.bindMemory(to: UInt8.self).baseAddress, UInt64(plaintext.count), bytes)
        == 0
    else { throw .unavailable }
    return sealed
  }
}

/// The secret key that opens what was sealed to an ``OrganisationKey``; it stays at headquarters.
///
/// The file is one line, `acogida-secret-key-1:` and the key's 32 bytes in Base64, readable by its owner alone.
public struct OrganisationSecret: Sendable {
  private static let label = "acogida-secret-key-1:"
  private let secret: SecureBytes
  /// The other half, which everybody may have.
  public let publicKey: OrganisationKey

  /// Makes a new pair of keys.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public static func random() throws(VaultError) -> OrganisationSecret {
    let secret = try SecureBytes(count: crypto_box_secretkeybytes()) { $0.fillRandomly() }
    return OrganisationSecret(secret)
  }

  private init(_ secret: SecureBytes) {
    self.secret = secret
    var key = [UInt8](repeating: 0, count: OrganisationKey.length)
    secret.withBytes { _ = crypto_scalarmult_base(&key, $0) }
    publicKey = OrganisationKey(bytes: key)
  }

  /// Reads a key file.
  ///
  /// - Throws: as ``OrganisationKey/init(file:)``.
  public init(file path: String) throws(VaultError) {
    let bytes = try KeyText.read(
      path, label: Self.label, count: crypto_box_secretkeybytes())
    self.init(
      try SecureBytes(count: bytes.count) { target in
        target.copyBytes(from: bytes)
        return true
      })
  }

  /// Writes the key to a new file, private to the user; a file that exists is never touched.
  ///
  /// - Throws: ``VaultError/keyExists(path:)``, ``VaultError/system(_:)``.
  public func create(at path: String) throws(VaultError) {
    let count = crypto_box_secretkeybytes()
    let encoded = secret.withBytes { Data(bytes: $0, count: count).base64EncodedString() }
    try KeyText.create(Self.label + encoded + "\n", at: path)
  }

  /// Opens a sealed box into locked memory.
  func open(locked sealed: [UInt8]) throws(VaultError) -> SecureBytes {
    guard sealed.count > OrganisationKey.overhead else { throw .damaged }
    let opened = try? SecureBytes(count: sealed.count - OrganisationKey.overhead) { target in
      secret.withBytes {
        crypto_box_seal_open(
          target.bindMemory(to: UInt8.self).baseAddress, sealed, UInt64(sealed.count),
          publicKey.bytes, $0) == 0
      }
    }
    guard let opened else { throw .damaged }
    return opened
  }

  /// Opens a sealed box.
  ///
  /// - Throws: ``VaultError/damaged`` when it was changed, cut, or sealed to another key.
  public func open(_ sealed: [UInt8]) throws(VaultError) -> [UInt8] {
    guard sealed.count >= OrganisationKey.overhead else { throw .damaged }
    var plaintext = [UInt8](repeating: 0, count: sealed.count - OrganisationKey.overhead)
    let status = secret.withBytes {
      crypto_box_seal_open(&plaintext, sealed, UInt64(sealed.count), publicKey.bytes, $0)
    }
    guard status == 0 else { throw .damaged }
    return plaintext
  }
}

/// Keys as one line of text.
private enum KeyText {
  static func create(_ text: String, at path: String) throws(VaultError) {
    do {
      let file = try OpenFile(path, .createNew)
      let written: Result<Void, SystemError> = Array(text.utf8).withUnsafeBytes { bytes in
        Result { () throws(SystemError) in try file.write(bytes) }
      }
      try written.get()
      try file.syncAll()
    } catch  where error.code == EEXIST {
      throw .keyExists(path: path)
    } catch {
      throw .system(error)
    }
  }

  static func read(_ path: String, label: String, count: Int) throws(VaultError) -> [UInt8] {
    do {
      let text = try OpenFile(path, .read).bytes(at: 0, count: 1_024)
      let line = String(decoding: text, as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      guard line.hasPrefix(label),
        let bytes = Data(base64Encoded: String(line.dropFirst(label.count))), bytes.count == count
      else { throw VaultError.keyDamaged(path: path) }
      return Array(bytes)
    } catch let error as VaultError {
      throw error
    } catch let error as SystemError {
      throw error.code == ENOENT ? .keyMissing(path: path) : .system(error)
    } catch {
      throw .keyDamaged(path: path)
    }
  }
}
