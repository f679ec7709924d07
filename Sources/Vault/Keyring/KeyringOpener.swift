/// Opens records of many owners one after the other: the keys pass through one piece of locked memory.
public struct KeyringOpener: ~Copyable {
  private let ring: Keyring
  private let fallback: RecordCipher
  private let purpose: KeyPurpose
  private let scratch: SecureScratch

  /// Prepares for records of a purpose; those sealed before the ring was there open with the data key.
  ///
  /// - Throws: ``VaultError/unavailable``.
  public init(_ ring: Keyring, key: DataKey, purpose: KeyPurpose) throws(VaultError) {
    let fallback = try key.cipher(for: purpose)
    scratch = try SecureScratch(count: DataKey.length + RecordCipher.keyLength)
    self.ring = ring
    self.purpose = purpose
    self.fallback = fallback
  }

  /// Opens a sealed record of an owner into a buffer that grows as needed.
  ///
  /// - Returns: how many bytes of the buffer the record fills.
  /// - Throws: ``VaultError/keyDestroyed``, ``VaultError/damaged`` and others.
  public func open(
    _ sealed: UnsafeRawBufferPointer, of owner: KeyOwner, context: SealContext,
    into buffer: inout [UInt8]
  ) throws(VaultError) -> Int {
    if RecordCipher.keyID(of: sealed) == fallback.keyID {
      return try fallback.open(sealed, context: context, into: &buffer)
    }
    guard let slot = try ring.slot(of: owner) else { throw .damaged }
    let id = try Keyring.unwrap(slot, ring.wrapping, into: scratch.bytes)
    let subkey = scratch.bytes + DataKey.length
    guard DataKey.derive(purpose, from: scratch.bytes, into: subkey) else { throw .unavailable }
    return try RecordCipher.open(
      sealed, context: context, keyID: id, key: subkey, into: &buffer)
  }
}
