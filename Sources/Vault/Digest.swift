import CSodium

/// SHA-256 and its keyed form, as protocols on the network ask for them; what is kept on this machine uses ``KeyedHash``.
public enum Digest {
  /// Bytes of a SHA-256 digest (FIPS 180-4).
  public static let length = Int(crypto_hash_sha256_BYTES)

  /// The SHA-256 of bytes.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: length)
    crypto_hash_sha256(&result, bytes, UInt64(bytes.count))
    return result
  }

  /// The HMAC-SHA-256 (RFC 2104) of a message under a key of any length.
  public static func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    var result = [UInt8](repeating: 0, count: length)
    crypto_auth_hmacsha256_init(&state, key, key.count)
    crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
    crypto_auth_hmacsha256_final(&state, &result)
    return result
  }

  /// Lower-case hexadecimal digits of bytes.
  public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
