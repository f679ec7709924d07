import CSodium

/// Names a key without telling anything about it: eight random bytes.
public struct KeyID: Hashable, Sendable, CustomStringConvertible {
  /// The bytes as a number, most significant first.
  public let rawValue: UInt64

  /// Makes an id from its number.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Reads sixteen hexadecimal digits.
  public init?(_ text: String) {
    guard text.utf8.count == 16, let number = UInt64(text, radix: 16) else { return nil }
    rawValue = number
  }

  /// Sixteen hexadecimal digits.
  public var description: String {
    let digits = String(rawValue, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// What a subkey is for.
///
/// A key for one purpose opens nothing of another.
///
/// The numbers are part of the file formats: add, never change.
public enum KeyPurpose: UInt64, Sendable, CaseIterable {
  /// Recognising the right key for a store.
  case keyCheck = 1
  /// Submissions in the database.
  case submission = 2
  /// Journals of interviews.
  case journal = 3
  /// Recorded sound.
  case audio = 4
  /// Keyed hashes that find equal values without storing them.
  case lookup = 5
  /// What is on its way to a server.
  case outbox = 6
  /// Keys of single interviews.
  case keyring = 7
  /// What was done with an interview after it was submitted.
  case audit = 8
  /// The technician's voice print.
  case voice = 9
}

/// The key of one stage's data: 32 random bytes in locked memory.
///
/// Everything is sealed with keys derived from it.
public struct DataKey: Sendable {
  /// The key's name, stored in clear with everything it seals.
  public let id: KeyID
  let secret: SecureBytes

  /// Bytes of key material.
  static let length = Int(crypto_kdf_KEYBYTES)
  /// Keeps keys derived for this program apart from any other use of the same bytes.
  private static let derivationContext = "acogida1"

  init(id: KeyID, secret: SecureBytes) {
    self.id = id
    self.secret = secret
  }

  /// A new key from the system's random source.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public static func random() throws(VaultError) -> DataKey {
    let secret = try SecureBytes(count: length) { $0.fillRandomly() }
    var number: UInt64 = 0
    guard withUnsafeMutableBytes(of: &number, { $0.fillRandomly() }) else { throw .unavailable }
    return DataKey(id: KeyID(rawValue: number), secret: secret)
  }

  /// Seals and opens records for one purpose.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public func cipher(for purpose: KeyPurpose) throws(VaultError) -> RecordCipher {
    RecordCipher(
      keyID: id, key: try subkey(purpose.rawValue, count: RecordCipher.keyLength))
  }

  /// A hash that only the holder of this key can compute.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public func keyedHash() throws(VaultError) -> KeyedHash {
    KeyedHash(key: try subkey(KeyPurpose.lookup.rawValue, count: KeyedHash.keyLength))
  }

  /// The key that authenticates frame headers of a purpose; its number can't be one of ``KeyPurpose``.
  func headerKey(for purpose: KeyPurpose) throws(VaultError) -> SecureBytes {
    try subkey(purpose.rawValue | 1 << 32, count: Int(crypto_kdf_BYTES_MIN))
  }

  /// Derives the key that ``cipher(for:)`` uses from the bytes of a key, into memory of the caller.
  static func derive(
    _ purpose: KeyPurpose, from master: UnsafePointer<UInt8>,
    into target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    crypto_kdf_derive_from_key(
      target, RecordCipher.keyLength, purpose.rawValue, derivationContext, master) == 0
  }

  /// Derives a subkey (BLAKE2b key derivation of libsodium).
  private func subkey(_ number: UInt64, count: Int) throws(VaultError) -> SecureBytes {
    try SecureBytes(count: count) { target in
      guard let target = target.bindMemory(to: UInt8.self).baseAddress else { return false }
      return secret.withBytes { master in
        crypto_kdf_derive_from_key(target, count, number, Self.derivationContext, master) == 0
      }
    }
  }
}
