import Vault

/// The keys of a stage: its data key, and the key of every interview.
struct InterviewKeys: Sendable {
  /// Wraps the others; seals what belongs to no interview, and what was kept before interviews had keys.
  let stage: DataKey
  let ring: Keyring

  /// Opens the ring of a stage.
  init(_ stage: DataKey, in directory: DataDirectory, isWriting: Bool) throws(StoreError) {
    self.stage = stage
    do { ring = try Keyring(directory.keyring, key: stage, isWriting: isWriting) } catch {
      throw StoreError(error, path: directory.keyring, key: stage.id)
    }
  }

  /// The key of an interview; the stage's for one that was begun before interviews had keys of their own.
  ///
  /// - Throws: ``StoreError/closed(id:)`` when it was erased; others.
  func key(of id: String) throws(StoreError) -> DataKey {
    try naming(id) { owner throws(VaultError) in try ring.key(of: owner) ?? stage }
  }

  /// Gives interviews keys, unless they are known already: then they keep what they have.
  ///
  /// - Parameter isKnown: whether something is kept of an interview that has no key of its own.
  func makeKeys(
    for ids: [String], unless isKnown: (String) throws(StoreError) -> Bool
  ) throws(StoreError) {
    var owners: [KeyOwner] = []
    for id in ids {
      let owner = try owner(id)
      guard try naming(id, { _ throws(VaultError) in try ring.hasKey(owner) }) == false,
        try !isKnown(id)
      else { continue }
      owners.append(owner)
    }
    guard !owners.isEmpty else { return }
    try naming(ids[0]) { _ throws(VaultError) in try ring.makeKeys(for: owners) }
  }

  /// Makes everything that an interview's key sealed unreadable for ever.
  func destroyKey(of id: String) throws(StoreError) {
    try naming(id) { owner throws(VaultError) in try ring.destroy(owner) }
  }

  private func owner(_ id: String) throws(StoreError) -> KeyOwner {
    guard let owner = KeyOwner(id) else { throw .invalidIdentifier(id) }
    return owner
  }

  @discardableResult
  private func naming<Result>(
    _ id: String, _ work: (KeyOwner) throws(VaultError) -> Result
  ) throws(StoreError) -> Result {
    let owner = try owner(id)
    do { return try work(owner) } catch {
      if error == .keyDestroyed { throw .closed(id: id) }
      if case .otherKey(let needed) = error { throw .wrongKey(needed: needed, found: stage.id) }
      throw StoreError(error, path: ring.path, key: stage.id)
    }
  }
}
