import CSodium

/// The part of a frame in clear: enough to find frames and to read a range without opening the rest.
///
/// 40 bytes: `magic (4) | length of the sealed body (4) | sequence (8) | position (8) | count (4) |
/// kind (1) | zero (3) | SipHash-2-4 (8)`. The keyed hash lets a reader trust the length before it has
/// the body, and find the next frame after damage; the body's seal authenticates the header once more.
struct FrameHeader: Hashable, Sendable {
  /// Data, or the mark of an orderly end.
  enum Kind: UInt8, Sendable {
    case data = 0
    case end = 1
  }

  let bodyLength: Int
  let sequence: UInt64
  let position: Int64
  let count: Int
  let kind: Kind

  static let length = 40
  static let magic: [UInt8] = [0xAC, 0x06, 0x1D, 0xA1]
  private static let hashed = 32

  /// The header's bytes, authenticated for a file.
  func bytes(_ authenticator: FrameAuthenticator) -> [UInt8] {
    var bytes = Self.magic
    bytes.reserveCapacity(Self.length)
    bytes.appendLittleEndian(UInt32(bodyLength))
    bytes.appendLittleEndian(sequence)
    bytes.appendLittleEndian(position)
    bytes.appendLittleEndian(UInt32(count))
    bytes.append(contentsOf: [kind.rawValue, 0, 0, 0])
    bytes.append(contentsOf: authenticator.hash(bytes))
    return bytes
  }

  init(bodyLength: Int, sequence: UInt64, position: Int64, count: Int, kind: Kind) {
    self.bodyLength = bodyLength
    self.sequence = sequence
    self.position = position
    self.count = count
    self.kind = kind
  }

  /// Reads a header; nil unless it was written for this file with this key.
  init?(_ bytes: [UInt8], _ authenticator: FrameAuthenticator) {
    guard bytes.count == Self.length, bytes.starts(with: Self.magic),
      authenticator.hash(Array(bytes[..<Self.hashed])) == Array(bytes[Self.hashed...]),
      let kind = Kind(rawValue: bytes[28])
    else { return nil }
    self = bytes.withUnsafeBytes {
      FrameHeader(
        bodyLength: Int($0.littleEndian(UInt32.self, at: 4)),
        sequence: $0.littleEndian(at: 8), position: $0.littleEndian(at: 16),
        count: Int($0.littleEndian(UInt32.self, at: 24)), kind: kind)
    }
  }
}

/// Authenticates frame headers of one file.
struct FrameAuthenticator: Sendable {
  let key: SecureBytes
  let context: SealContext

  func hash(_ header: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: Int(crypto_shorthash_BYTES))
    let message = context.bytes + header
    _ = key.withBytes { crypto_shorthash(&result, message, UInt64(message.count), $0) }
    return result
  }
}

/// Everything needed to write or read one file of frames.
public struct FrameKeys: Sendable {
  let cipher: RecordCipher
  let authenticator: FrameAuthenticator
  let context: SealContext

  /// Derives the keys for a file.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public init(_ key: DataKey, purpose: KeyPurpose, context: SealContext) throws(VaultError) {
    cipher = try key.cipher(for: purpose)
    authenticator = FrameAuthenticator(key: try key.headerKey(for: purpose), context: context)
    self.context = context
  }

  /// The seal of a body is bound to the file and to its own header.
  func context(of header: [UInt8]) -> SealContext {
    SealContext(bytes: context.bytes + header)
  }
}
