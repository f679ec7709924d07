import CSodium

/// Where a sealed record belongs; opening it anywhere else fails.
public struct SealContext: Hashable, Sendable {
  let bytes: [UInt8]

  /// Binds a record to its table or kind of file, its row, and what it is for.
  public init(table: String, row: String, purpose: String) {
    var joined = LengthPrefixed()
    joined.append(table)
    joined.append(row)
    joined.append(purpose)
    bytes = joined.bytes
  }

  init(bytes: [UInt8]) { self.bytes = bytes }
}

/// Seals and opens records with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha, libsodium).
///
/// A sealed record is `version (1) | key id (8) | nonce (24) | ciphertext | tag (16)`. Nonces are
/// random; at 192 bits they never meet. The context is authenticated but not stored.
public struct RecordCipher: Sendable {
  /// Bytes that sealing adds.
  public static let overhead = prefix + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
  static let keyLength = Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
  private static let version: UInt8 = 1
  private static let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  static let prefix = 9 + nonceLength

  let keyID: KeyID
  let key: SecureBytes

  /// Seals a record for its place.
  public func seal(_ plaintext: [UInt8], context: SealContext) -> [UInt8] {
    var sealed: [UInt8] = []
    sealed.reserveCapacity(plaintext.count + Self.overhead)
    seal(plaintext, context: context, appendingTo: &sealed)
    return sealed
  }

  /// Appends the sealed record to a buffer.
  func seal(_ plaintext: [UInt8], context: SealContext, appendingTo buffer: inout [UInt8]) {
    let start = buffer.count
    buffer.append(Self.version)
    buffer.appendLittleEndian(keyID.rawValue)
    buffer.append(contentsOf: repeatElement(0, count: plaintext.count + Self.overhead - 9))
    buffer.withUnsafeMutableBytes { all in
      let target = UnsafeMutableRawBufferPointer(rebasing: all[start...])
      let bytes = target.bindMemory(to: UInt8.self)
      guard let base = bytes.baseAddress else { return }
      randombytes_buf(base + 9, Self.nonceLength)
      _ = key.withBytes { key in
        crypto_aead_xchacha20poly1305_ietf_encrypt(
          base + Self.prefix, nil, plaintext, UInt64(plaintext.count), context.bytes,
          UInt64(context.bytes.count), nil, base + 9, key)
      }
    }
  }

  /// Opens a sealed record.
  ///
  /// - Throws: ``VaultError/damaged``, ``VaultError/otherKey(needed:)``, ``VaultError/newerFormat``.
  public func open(_ sealed: [UInt8], context: SealContext) throws(VaultError) -> [UInt8] {
    var plaintext = [UInt8](repeating: 0, count: max(sealed.count - Self.overhead, 0))
    let result: Result<Int, VaultError> = sealed.withUnsafeBytes { sealed in
      Result { () throws(VaultError) in
        try open(sealed, context: context, into: &plaintext)
      }
    }
    plaintext.removeLast(plaintext.count - (try result.get()))
    return plaintext
  }

  /// Opens a sealed record into a buffer that is used again and again, and grows as needed.
  ///
  /// - Returns: how many bytes of the buffer the record fills.
  /// - Throws: as ``open(_:context:)``.
  public func open(
    _ sealed: UnsafeRawBufferPointer, context: SealContext, into buffer: inout [UInt8]
  ) throws(VaultError) -> Int {
    let result: Result<Int, VaultError> = key.withBytes { key in
      Result { () throws(VaultError) in
        try Self.open(sealed, context: context, keyID: keyID, key: key, into: &buffer)
      }
    }
    return try result.get()
  }

  /// The key that a sealed record asks for; nil for what is no record.
  package static func keyID(of sealed: UnsafeRawBufferPointer) -> KeyID? {
    guard sealed.count >= overhead, sealed[0] == version else { return nil }
    return KeyID(rawValue: sealed.littleEndian(UInt64.self, at: 1))
  }

  /// Opens a sealed record with the bytes of a key.
  static func open(
    _ sealed: UnsafeRawBufferPointer, context: SealContext, keyID: KeyID,
    key: UnsafePointer<UInt8>, into buffer: inout [UInt8]
  ) throws(VaultError) -> Int {
    guard sealed.count >= Self.overhead else { throw .damaged }
    guard sealed[0] == Self.version else {
      if sealed[0] > Self.version { throw .newerFormat }
      throw .damaged
    }
    let needed = KeyID(rawValue: sealed.littleEndian(UInt64.self, at: 1))
    guard needed == keyID else { throw .otherKey(needed: needed) }
    let count = sealed.count - Self.overhead
    if buffer.count < count {
      buffer.append(contentsOf: repeatElement(0, count: count - buffer.count))
    }
    guard let base = sealed.bindMemory(to: UInt8.self).baseAddress else { throw .damaged }
    let status = crypto_aead_xchacha20poly1305_ietf_decrypt(
      &buffer, nil, nil, base + Self.prefix, UInt64(sealed.count - Self.prefix),
      context.bytes, UInt64(context.bytes.count), base + 9, key)
    guard status == 0 else { throw .damaged }
    return count
  }
}
