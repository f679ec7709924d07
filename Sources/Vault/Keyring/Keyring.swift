import Foundation
import Synchronization

/// The keys of single interviews, each wrapped under the data key and each destroyable alone.
///
/// Everything of an interview is sealed with its own key, and that key is in the ring's file only. Who
/// destroys it makes every copy of the interview unreadable, also those in backups of the database, the
/// journals and the sound; only a copy of the ring itself (with the data key) could open them again.
///
/// The file is kept twice, because losing it loses everything: the second copy stands in for slots of the
/// first that are damaged. A slot is written to the first copy and synced, then to the second; a
/// destroyed one in either counts. One process writes; others read what is there.
public final class Keyring: Sendable {
  private struct State {
    var bytes: [UInt8]
    var index: [KeyOwner: Int]?
    var destroyed: Set<KeyOwner> = []
    /// The key that took this one's place, once it did.
    var successor: KeyID?
  }

  /// Where the first copy is.
  public let path: String
  private let cipher: RecordCipher
  /// Whether keys may be made and destroyed.
  public let isWriting: Bool
  private let state: Mutex<State>

  static let magic = Array("ACOGRING".utf8)
  static let version: UInt8 = 1

  /// Opens a ring.
  ///
  /// - Parameters:
  ///   - path: of the first copy; the second has `.copy` behind its name.
  ///   - key: wraps the keys.
  ///   - isWriting: makes the ring when it is missing, and mends a copy that differs.
  /// - Throws: ``VaultError/keyDamaged(path:)``, ``VaultError/newerFormat``, ``VaultError/system(_:)``.
  public init(_ path: String, key: DataKey, isWriting: Bool) throws(VaultError) {
    self.path = path
    self.isWriting = isWriting
    cipher = try key.cipher(for: .keyring)
    let files = KeyringFiles(path)
    let bytes = try Self.naming { try isWriting ? files.openForWriting() : files.read() }
    state = Mutex(State(bytes: bytes))
  }

  /// Whether a ring is at a path.
  public static func exists(_ path: String) -> Bool {
    Folder.exists(path) || Folder.exists(path + KeyringFiles.copySuffix)
  }

  /// The key of an owner; nil for one that never had a key of its own.
  ///
  /// - Throws: ``VaultError/keyDestroyed``, ``VaultError/otherKey(needed:)``, ``VaultError/damaged``.
  public func key(of owner: KeyOwner) throws(VaultError) -> DataKey? {
    let slot = try slot(of: owner)
    guard let slot else { return nil }
    var id = KeyID(rawValue: 0)
    var failure: VaultError?
    let secret = try? SecureBytes(count: DataKey.length) { target in
      guard let base = target.bindMemory(to: UInt8.self).baseAddress else { return false }
      do throws(VaultError) {
        id = try Self.unwrap(slot, cipher, into: base)
        return true
      } catch {
        failure = error
        return false
      }
    }
    guard let secret else { throw failure ?? .unavailable }
    return DataKey(id: id, secret: secret)
  }

  /// Whether an owner has a key.
  ///
  /// - Throws: ``VaultError/keyDestroyed`` when it had one.
  public func hasKey(_ owner: KeyOwner) throws(VaultError) -> Bool { try slot(of: owner) != nil }

  /// Gives every owner that has none a key of its own; they are on the disk when it returns.
  ///
  /// - Throws: ``VaultError/keyDestroyed`` when one of them had a key; ``VaultError/system(_:)``, and then none has one.
  public func makeKeys(for owners: [KeyOwner]) throws(VaultError) {
    try change { state throws(VaultError) in
      let missing = owners.filter { state.index?[$0] == nil }
      if missing.contains(where: state.destroyed.contains) { throw .keyDestroyed }
      guard !missing.isEmpty else { return }
      let slots = try missing.map { owner throws(VaultError) in
        KeySlot(owner: owner, key: try .random(), wrapping: cipher)
      }
      try append(slots, &state)
    }
  }

  /// Takes over keys from a backup of the same ring; those that are there or were destroyed stay as they are.
  ///
  /// - Parameter isWanted: whether an owner's key may come back.
  /// - Returns: how many keys came back.
  package func takeOver(
    _ backup: [UInt8], where isWanted: (KeyOwner) -> Bool
  ) throws(VaultError) -> Int {
    var count = 0
    try change { state throws(VaultError) in
      let slots = stride(
        from: KeySlot.length, through: backup.count - KeySlot.length, by: KeySlot.length
      )
      .compactMap { KeySlot(backup[$0..<$0 + KeySlot.length]) }
      .filter {
        $0.state == .live && state.index?[$0.owner] == nil
          && !state.destroyed.contains($0.owner) && isWanted($0.owner)
      }
      count = slots.count
      try append(slots, &state)
    }
    return count
  }

  /// Writes all keys, wrapped under another data key, to a new ring; destroyed ones stay marked.
  ///
  /// - Parameter adopted: owners whose records were sealed with the present data key itself, which their key becomes.
  /// - Throws: ``VaultError/damaged`` for a slot that does not open; others.
  package func rewrap(
    under new: DataKey, to path: String, adopting adopted: [KeyOwner], of old: DataKey
  ) throws(VaultError) {
    let owners = owners
    let cipher = try new.cipher(for: .keyring)
    var slots: [KeySlot] = destroyed.map { KeySlot(destroyed: $0) }
    for owner in owners {
      guard let key = try key(of: owner) else { continue }
      slots.append(KeySlot(owner: owner, key: key, wrapping: cipher))
    }
    let known = Set(owners).union(destroyed)
    slots += adopted.filter { !known.contains($0) }
      .map { KeySlot(owner: $0, key: old, wrapping: cipher) }
    let header = contents.prefix(KeySlot.length)
    let bytes = header + slots.flatMap(\.bytes)
    try Self.naming {
      for file in KeyringFiles(path).paths { try WholeFile.write(Array(bytes), to: file) }
    }
  }

  /// Overwrites an owner's key in both copies; it is gone from the disk's files when it returns.
  ///
  /// What a file system or a solid-state disk keeps of overwritten blocks is beyond any program's reach.
  /// - Returns: whether there was one.
  /// - Throws: ``VaultError/system(_:)``.
  @discardableResult
  public func destroy(_ owner: KeyOwner) throws(VaultError) -> Bool {
    var existed = false
    try change { state throws(VaultError) in
      guard !state.destroyed.contains(owner) else { return }
      guard let offset = state.index?[owner] else {
        // Nothing to overwrite, but no key may be made, or brought back, from now on.
        try append([KeySlot(destroyed: owner)], &state)
        state.index?[owner] = nil
        state.destroyed.insert(owner)
        return
      }
      existed = true
      let slot = KeySlot(destroyed: owner).bytes
      try Self.naming { try KeyringFiles(path).write(slot, at: offset) }
      state.bytes.replaceSubrange(offset..<offset + KeySlot.length, with: slot)
      state.index?[owner] = nil
      state.destroyed.insert(owner)
    }
    return existed
  }

  /// Owners whose keys were destroyed.
  public var destroyed: Set<KeyOwner> {
    state.withLock { state in
      Self.makeIndex(&state)
      return state.destroyed
    }
  }

  /// Owners that have a key.
  public var owners: [KeyOwner] {
    state.withLock { state in
      Self.makeIndex(&state)
      return (state.index ?? [:]).keys.sorted { ($0.high, $0.low) < ($1.high, $1.low) }
    }
  }

  /// Ends the use of this ring: another one, wrapped under another key, takes its place in the file.
  package func retire(for successor: DataKey) {
    state.withLock { $0.successor = successor.id }
  }

  /// Everything of the file, for a backup.
  package var contents: [UInt8] { state.withLock { $0.bytes } }

  /// The slot of an owner, looked for in the file once more when it is not known yet.
  func slot(of owner: KeyOwner) throws(VaultError) -> ArraySlice<UInt8>? {
    try Self.naming {
      try state.withLock { state in
        if let successor = state.successor { throw VaultError.otherKey(needed: successor) }
        Self.makeIndex(&state)
        if state.index?[owner] == nil, !state.destroyed.contains(owner), !isWriting {
          // The process that writes may have added keys since.
          let bytes = try KeyringFiles(path).read()
          if bytes != state.bytes {
            state = State(bytes: bytes)
            Self.makeIndex(&state)
          }
        }
        if state.destroyed.contains(owner) { throw VaultError.keyDestroyed }
        return state.index?[owner].map { state.bytes[$0..<$0 + KeySlot.length] }
      }
    }
  }

  static func unwrap(
    _ slot: ArraySlice<UInt8>, _ cipher: RecordCipher, into target: UnsafeMutablePointer<UInt8>
  ) throws(VaultError) -> KeyID {
    let result: Result<KeyID, VaultError> = slot.withUnsafeBytes { bytes in
      Result { () throws(VaultError) in
        try KeySlot.unwrap(bytes, cipher: cipher, into: target)
      }
    }
    return try result.get()
  }

  var wrapping: RecordCipher { cipher }

  private func append(_ slots: [KeySlot], _ state: inout State) throws(VaultError) {
    guard !slots.isEmpty else { return }
    let offset = state.bytes.count
    let bytes = slots.flatMap(\.bytes)
    try Self.naming { try KeyringFiles(path).append(bytes, at: offset) }
    state.bytes += bytes
    for (number, slot) in slots.enumerated() {
      state.index?[slot.owner] = offset + number * KeySlot.length
    }
  }

  private func change(
    _ body: (inout State) throws(VaultError) -> Void
  ) throws(VaultError) {
    guard isWriting else { throw .system(SystemError(operation: "write", path: path, code: EROFS)) }
    let result: Result<Void, VaultError> = state.withLock { state in
      Result { () throws(VaultError) in
        if let successor = state.successor { throw .otherKey(needed: successor) }
        Self.makeIndex(&state)
        try body(&state)
      }
    }
    try result.get()
  }

  /// Finds where every owner's slot is, once.
  private static func makeIndex(_ state: inout State) {
    guard state.index == nil else { return }
    var index: [KeyOwner: Int] = [:]
    var destroyed: Set<KeyOwner> = []
    index.reserveCapacity(state.bytes.count / KeySlot.length)
    state.bytes.withUnsafeBytes { bytes in
      for offset in stride(
        from: KeySlot.length, through: bytes.count - KeySlot.length, by: KeySlot.length)
      {
        let slot = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + KeySlot.length])
        switch KeySlot.State(rawValue: slot[0]) {
        case .live: index[KeySlot.owner(slot)] = offset
        case .destroyed: destroyed.insert(KeySlot.owner(slot))
        case nil: break
        }
      }
    }
    for owner in destroyed { index[owner] = nil }
    state.index = index
    state.destroyed = destroyed
  }

  private static func naming<Result>(_ work: () throws -> Result) throws(VaultError) -> Result {
    do {
      return try work()
    } catch let error as VaultError {
      throw error
    } catch let error as SystemError {
      throw .system(error)
    } catch {
      throw .unavailable
    }
  }
}
