import CSodium

/// Whom a key of the ring belongs to: the 128 bits of a UUID.
public struct KeyOwner: Hashable, Sendable {
  let high: UInt64
  let low: UInt64

  /// Reads a UUID in lower case with hyphens; nil for anything else.
  public init?(_ uuid: String) {
    guard uuid.utf8.count == 36 else { return nil }
    // Digit by digit: an export asks for a hundred thousand owners.
    var (high, low): (UInt64, UInt64) = (0, 0)
    for (place, byte) in uuid.utf8.enumerated() {
      switch (place, byte) {
      case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")),
        (23, UInt8(ascii: "-")):
        continue
      case (8, _), (13, _), (18, _), (23, _): return nil
      default:
        guard let digit = KeyOwner.digit(byte) else { return nil }
        if place < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
      }
    }
    self.high = high
    self.low = low
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
    default: nil
    }
  }

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The UUID in lower case.
  public var description: String {
    let digits = Array((KeyID(rawValue: high).description + KeyID(rawValue: low).description).utf8)
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
      .map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }
}

/// A slot of the ring's file: `state (1) | owner (16) | key id (8) | wrapped key (81) | zero (6) | hash (16)`.
///
/// 128 bytes, so that no slot lies across two sectors: writing one never endangers another. The hash tells
/// a slot that was half written from a whole one; the wrapped key authenticates itself.
struct KeySlot {
  /// What the slot holds.
  enum State: UInt8 {
    /// A key that can be unwrapped.
    case live = 1
    /// The mark that the owner had a key, which was overwritten.
    case destroyed = 2
  }

  static let length = 128
  /// Bytes before the hash.
  static let hashed = 112
  private static let wrapped = 25..<106

  let state: State
  let owner: KeyOwner
  /// The slot's bytes.
  let bytes: [UInt8]

  /// A slot for a wrapped key.
  init(owner: KeyOwner, key: DataKey, wrapping cipher: RecordCipher) {
    let secret = key.secret.withBytes {
      Array(UnsafeBufferPointer(start: $0, count: DataKey.length))
    }
    var plain = secret
    let sealed = cipher.seal(plain, context: Self.context(owner, key.id))
    plain.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
    self.init(.live, owner, key.id, sealed)
  }

  /// The mark that an owner's key is gone.
  init(destroyed owner: KeyOwner) {
    self.init(.destroyed, owner, KeyID(rawValue: 0), [])
  }

  private init(_ state: State, _ owner: KeyOwner, _ id: KeyID, _ sealed: [UInt8]) {
    var bytes: [UInt8] = [state.rawValue]
    bytes.reserveCapacity(Self.length)
    bytes.appendLittleEndian(owner.high)
    bytes.appendLittleEndian(owner.low)
    bytes.appendLittleEndian(id.rawValue)
    bytes.append(contentsOf: sealed)
    bytes.append(contentsOf: repeatElement(0, count: Self.hashed - bytes.count))
    self.state = state
    self.owner = owner
    self.bytes = Self.hashed(bytes)
  }

  /// Reads a slot; nil for one that is empty, half written or changed.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == Self.length, let first = bytes.first, let state = State(rawValue: first),
      Self.hash(Array(bytes.prefix(Self.hashed))).elementsEqual(bytes.suffix(16))
    else { return nil }
    self.state = state
    self.bytes = Array(bytes)
    owner = self.bytes.withUnsafeBytes {
      KeyOwner(high: $0.littleEndian(at: 1), low: $0.littleEndian(at: 9))
    }
  }

  /// The owner that a slot names, without looking whether the slot is whole.
  static func owner(_ slot: UnsafeRawBufferPointer) -> KeyOwner {
    KeyOwner(high: slot.littleEndian(at: 1), low: slot.littleEndian(at: 9))
  }

  /// Unwraps the key of a slot into locked memory of 32 bytes; the key's name.
  static func unwrap(
    _ slot: UnsafeRawBufferPointer, cipher: RecordCipher, into target: UnsafeMutablePointer<UInt8>
  ) throws(VaultError) -> KeyID {
    guard slot.count == length, slot[0] == State.live.rawValue else { throw .damaged }
    let owner = owner(slot)
    let id = KeyID(rawValue: slot.littleEndian(at: 17))
    let context = context(owner, id)
    let sealed = UnsafeRawBufferPointer(rebasing: slot[wrapped])
    guard RecordCipher.keyID(of: sealed) == cipher.keyID else {
      throw .otherKey(needed: RecordCipher.keyID(of: sealed) ?? cipher.keyID)
    }
    try cipher.open(sealed, context: context, into: target, count: DataKey.length)
    return id
  }

  private static func context(_ owner: KeyOwner, _ id: KeyID) -> SealContext {
    SealContext(table: "keyring", row: owner.description, purpose: id.description)
  }

  /// Bytes with their hash behind.
  static func hashed(_ bytes: [UInt8]) -> [UInt8] { bytes + hash(bytes) }

  private static func hash(_ bytes: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: 16)
    _ = crypto_generichash(&result, 16, bytes, UInt64(bytes.count), nil, 0)
    return result
  }
}

extension RecordCipher {
  /// Opens a record of a known length into memory of the caller.
  func open(
    _ sealed: UnsafeRawBufferPointer, context: SealContext,
    into target: UnsafeMutablePointer<UInt8>, count: Int
  ) throws(VaultError) {
    guard sealed.count == count + Self.overhead,
      let base = sealed.bindMemory(to: UInt8.self).baseAddress
    else { throw .damaged }
    let status = key.withBytes { key in
      crypto_aead_xchacha20poly1305_ietf_decrypt(
        target, nil, nil, base + Self.prefix, UInt64(sealed.count - Self.prefix), context.bytes,
        UInt64(context.bytes.count), base + 9, key)
    }
    guard status == 0 else { throw .damaged }
  }
}
