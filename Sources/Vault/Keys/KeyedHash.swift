import CSodium

/// A keyed BLAKE2b hash: finds equal values without keeping them, and tells nothing to who lacks the key.
public struct KeyedHash: Sendable {
  static let keyLength = Int(crypto_generichash_KEYBYTES)
  /// Bytes of a hash: 128 bits, beyond chance collisions at any number of people.
  public static let length = Int(crypto_generichash_BYTES_MIN)
  let key: SecureBytes

  /// Hashes a value; `domain` keeps kinds of values apart, for example `document_number`.
  public func hash(_ value: String, domain: String) -> [UInt8] {
    var message = LengthPrefixed()
    message.append(domain)
    message.append(value)
    var result = [UInt8](repeating: 0, count: Self.length)
    let status = key.withBytes {
      crypto_generichash(
        &result, Self.length, message.bytes, UInt64(message.bytes.count), $0, Self.keyLength)
    }
    // Fails only for lengths outside the library's limits, which are constants here.
    precondition(status == 0)
    return result
  }
}

/// Texts joined so that no two lists of texts give the same bytes.
struct LengthPrefixed {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      bytes.appendLittleEndian(UInt32(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }
}
