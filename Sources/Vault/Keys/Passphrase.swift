import CSodium

/// What somebody remembers and types: bytes in locked memory, wiped when released.
public struct Passphrase: Sendable {
  let bytes: SecureBytes

  /// How many bytes it has.
  public var count: Int { bytes.count }

  /// The fewest bytes of a passphrase that is set; shorter ones are guessed.
  public static let minimumLength = 8

  /// Takes the bytes over and wipes them where they were.
  ///
  /// - Throws: ``VaultError/unavailable`` also for an empty one.
  public init(wiping source: inout [UInt8]) throws(VaultError) {
    guard !source.isEmpty else { throw .unavailable }
    let copy = source
    bytes = try SecureBytes(count: copy.count) { target in
      target.copyBytes(from: copy)
      return true
    }
    source.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
  }

  /// Takes text over; for tests and for text that stands in memory anyway.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public init(_ text: String) throws(VaultError) {
    var bytes = Array(text.utf8)
    try self.init(wiping: &bytes)
  }

  /// Whether both are the same, in constant time for equal lengths.
  public static func isSame(_ one: Passphrase, _ other: Passphrase) -> Bool {
    guard one.count == other.count else { return false }
    return one.bytes.withBytes { first in
      other.bytes.withBytes { sodium_memcmp(first, $0, one.count) == 0 }
    }
  }
}

/// What guessing a passphrase costs: Argon2id's passes and memory (RFC 9106, libsodium `crypto_pwhash`).
public struct PassphraseCost: Hashable, Sendable {
  /// Passes over the memory.
  let passes: UInt64
  /// Bytes of memory.
  let memory: UInt64

  /// For keys: 256 MiB and three passes, about a second on a laptop.
  public static let standard = PassphraseCost(
    passes: UInt64(crypto_pwhash_OPSLIMIT_MODERATE), memory: UInt64(crypto_pwhash_MEMLIMIT_MODERATE)
  )
  /// The least that Argon2id allows; for tests.
  package static let least = PassphraseCost(
    passes: UInt64(crypto_pwhash_OPSLIMIT_MIN), memory: UInt64(crypto_pwhash_MEMLIMIT_MIN))
}

/// Bytes sealed under a passphrase: `passes (8) | memory (8) | salt (16) | nonce (24) | ciphertext | tag (16)`.
///
/// Argon2id makes the key, XChaCha20-Poly1305 seals; the parameters are authenticated with the contents.
enum PassphraseSeal {
  static let overhead = 32 + nonceLength + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
  private static let nonceLength = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  /// More memory than this is a damaged file's wish: 4 GiB.
  private static let memoryLimit: UInt64 = 4 << 30

  /// Seals bytes; `context` is authenticated and not stored.
  static func seal(
    _ plaintext: UnsafeRawBufferPointer, passphrase: Passphrase, cost: PassphraseCost,
    context: [UInt8]
  ) throws(VaultError) -> [UInt8] {
    var sealed: [UInt8] = []
    sealed.appendLittleEndian(cost.passes)
    sealed.appendLittleEndian(cost.memory)
    sealed += [UInt8](repeating: 0, count: 16 + nonceLength)
    sealed.withUnsafeMutableBytes {
      _ = UnsafeMutableRawBufferPointer(rebasing: $0[16...]).fillRandomly()
    }
    let key = try derive(sealed, passphrase)
    var body = [UInt8](repeating: 0, count: plaintext.count + overhead - sealed.count)
    let bound = context + sealed
    let nonce = Array(sealed[32...])
    let status = key.withBytes { key in
      crypto_aead_xchacha20poly1305_ietf_encrypt(
        &body, nil, plaintext.bindMemory(to: UInt8.self).baseAddress, UInt64(plaintext.count),
        bound, UInt64(bound.count), nil, nonce, key)
    }
    guard status == 0 else { throw .unavailable }
    return sealed + body
  }

  /// Opens sealed bytes into locked memory.
  ///
  /// - Throws: ``VaultError/wrongPassphrase(path:)``, ``VaultError/keyDamaged(path:)`` with the path of the file.
  static func open(
    _ sealed: ArraySlice<UInt8>, passphrase: Passphrase, context: [UInt8], path: String
  ) throws(VaultError) -> SecureBytes {
    guard sealed.count > overhead else { throw .keyDamaged(path: path) }
    let head = Array(sealed.prefix(32 + nonceLength))
    guard isBearable(head) else { throw .keyDamaged(path: path) }
    let key = try derive(head, passphrase)
    let bound = context + head
    let body = Array(sealed.dropFirst(head.count))
    let nonce = Array(head[32...])
    var isWrong = false
    let opened = try? SecureBytes(count: sealed.count - overhead) { target in
      let status = key.withBytes { key in
        crypto_aead_xchacha20poly1305_ietf_decrypt(
          target.bindMemory(to: UInt8.self).baseAddress, nil, nil, body, UInt64(body.count), bound,
          UInt64(bound.count), nonce, key)
      }
      isWrong = status != 0
      return status == 0
    }
    guard let opened else { throw isWrong ? .wrongPassphrase(path: path) : .unavailable }
    return opened
  }

  /// Whether the file's parameters are such as this program writes.
  private static func isBearable(_ head: [UInt8]) -> Bool {
    head.withUnsafeBytes {
      $0.littleEndian(UInt64.self, at: 8) <= memoryLimit
        && $0.littleEndian(UInt64.self, at: 0) <= 1 << 10
    }
  }

  private static func derive(_ head: [UInt8], _ passphrase: Passphrase) throws(VaultError)
    -> SecureBytes
  {
    let (passes, memory): (UInt64, UInt64) = head.withUnsafeBytes {
      ($0.littleEndian(at: 0), $0.littleEndian(at: 8))
    }
    let salt = Array(head[16..<32])
    return try SecureBytes(count: RecordCipher.keyLength) { target in
      passphrase.bytes.withBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: passphrase.count) { text in
          guard let base = target.bindMemory(to: UInt8.self).baseAddress else { return false }
          return crypto_pwhash(
            base, UInt64(RecordCipher.keyLength), text, UInt64(passphrase.count), salt, passes,
            Int(memory), crypto_pwhash_ALG_ARGON2ID13) == 0
        }
      }
    }
  }
}
