import CSodium

/// Entries that each carry the hash of everything before them: none can be changed, left out or moved without breaking the chain (BLAKE2b-256).
public enum HashChain {
  /// Bytes of a link.
  public static let length = 32
  /// What stands before the first entry.
  public static let start = [UInt8](repeating: 0, count: length)

  /// The link of an entry that follows another.
  public static func link(_ previous: [UInt8], _ entry: some Sequence<UInt8>) -> [UInt8] {
    hash(previous + entry)
  }

  /// The hash of bytes.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: length)
    _ = crypto_generichash(&result, length, bytes, UInt64(bytes.count), nil, 0)
    return result
  }
}
