import Foundation
import GRDB
import Vault

/// A new data key for a stage: every key is wrapped anew, what the old key sealed itself is sealed anew.
///
/// Beside `key`, `keyring` and `voice` stand `key.next`, `keyring.next` and `voice.next`, whole and synced, before the database
/// changes; the database's own mark of its key, changed in one transaction, decides which of them count. A
/// crash at any point is completed or taken back at the next start.
enum KeyRotation {
  static func next(_ path: String) -> String { path + ".next" }

  /// Completes or takes back a rotation that a crash interrupted.
  static func finish(_ directory: DataDirectory) throws(StoreError) {
    let next = next(directory.key)
    guard Folder.exists(next) else { return }
    let new: KeyID
    do {
      new = try KeyFile.describe(next).id
    } catch .keyDamaged {
      return try discard(directory)
    } catch {
      throw StoreError(error, path: next, key: nil)
    }
    guard try IntakeDatabase.notedKey(directory.database) == new else {
      return try discard(directory)
    }
    try install(directory)
  }

  /// Puts the new key and the new ring in place of the old ones and overwrites those.
  ///
  /// The ring first, the key last: while `key.next` is there, this is done again.
  static func install(_ directory: DataDirectory) throws(StoreError) {
    try StoreError.naming(directory.path) {
      for copy in ["", ".copy"] {
        let (old, new) = (directory.keyring + copy, next(directory.keyring) + copy)
        if Folder.exists(new) { try WholeFile.move(new, over: old) }
      }
      let voice = next(directory.voice)
      if Folder.exists(voice) { try WholeFile.move(voice, over: directory.voice) }
      try WholeFile.move(next(directory.key), over: directory.key)
    }
  }

  private static func discard(_ directory: DataDirectory) throws(StoreError) {
    try StoreError.naming(directory.path) {
      // The key last: while it is there, this is done again.
      for path in [
        next(directory.keyring), next(directory.keyring) + ".copy", next(directory.voice),
        next(directory.key),
      ] {
        try Folder.remove(path)
      }
      try Folder.sync(directory.path)
    }
  }
}

extension StageData {
  /// Gives the stage a new data key.
  ///
  /// Open the data again afterwards, also when this fails: the key may have changed.
  /// Backups of the key made before open only backups of the data made before.
  /// - Parameter passphrase: wraps the new key; nil leaves it to the file's mode.
  /// - Returns: the new key's name.
  /// - Throws: ``StoreError``; the next start completes what was begun, or takes it back.
  public func rotateKey(
    passphrase: Passphrase?, cost: PassphraseCost = .standard
  ) throws(StoreError) -> KeyID {
    let path = KeyRotation.next(directory.key)
    let new = try StoreError.naming(directory.key) {
      try Folder.remove(path)
      let new = try DataKey.random()
      let owners = try interviewsWithoutKey()
      try keys.ring.rewrap(
        under: new, to: KeyRotation.next(directory.keyring), adopting: owners, of: keys.stage)
      try resealVoice(under: new, to: KeyRotation.next(directory.voice))
      try KeyFile.create(new, at: path, passphrase: passphrase, cost: cost)
      return new
    }
    // From the change of the database on nothing may be sealed with the old key.
    defer { keys.ring.retire(for: new) }
    try StoreError.naming(database.path) {
      try database.pool.write { connection in
        try outbox.reseal(under: new, connection)
        try audits.reseal(under: new, connection)
        try indexPeople(with: PersonIndex(new), connection)
        try KeyCheck.replace(new, connection)
      }
    }
    try KeyRotation.install(directory)
    return new.id
  }

  /// Wraps the data key by a passphrase, another one, or none.
  ///
  /// - Throws: ``StoreError``; the key file is as it was when it does.
  public func protectKey(
    _ passphrase: Passphrase?, cost: PassphraseCost = .standard
  ) throws(StoreError) {
    try StoreError.naming(directory.key) {
      try KeyFile.replace(keys.stage, at: directory.key, passphrase: passphrase, cost: cost)
    }
  }

  /// The key and the keys of all interviews, for a backup.
  public var keyBackup: KeyBackup { KeyBackup(key: keys.stage, ring: keys.ring) }

  /// Interviews that are sealed with the data key itself, from before interviews had keys.
  private func interviewsWithoutKey() throws -> [KeyOwner] {
    let known = Set(keys.ring.owners).union(keys.ring.destroyed)
    let kept = try database.pool.read {
      try String.fetchAll($0, sql: "SELECT uuid FROM interview WHERE state <> 'erased'")
    }
    let files = try InterviewFile.all(.journal, in: directory).keys
    let sounds = try InterviewFile.all(.audio, in: directory).keys
    return Set(kept + files + sounds).compactMap(KeyOwner.init).filter { !known.contains($0) }
  }
}

extension StageData {
  /// Brings a stage's keys back from a backup.
  ///
  /// - Returns: how many keys of interviews came back; erased ones never do.
  /// - Throws: ``StoreError/wrongKey(needed:found:)`` when the data were made with another key,
  ///   ``StoreError/keyExists(path:)`` when another key is there.
  public static func restoreKey(
    _ backup: KeyBackup, to directory: DataDirectory, passphrase: Passphrase?,
    cost: PassphraseCost = .standard
  ) throws(StoreError) -> Int {
    let lock = try StoreError.naming(directory.path) {
      try directory.make()
      return try InstanceLock.acquire(directory.lock)
    }
    defer { withExtendedLifetime(lock) {} }
    try KeyRotation.finish(directory)
    if let needed = try IntakeDatabase.notedKey(directory.database), needed != backup.key.id {
      throw .wrongKey(needed: needed, found: backup.key.id)
    }
    return try StoreError.naming(directory.key) {
      try placeKey(backup.key, directory, passphrase, cost)
      let erased = try erasedInterviews(directory)
      let ring = try Keyring(directory.keyring, key: backup.key, isWriting: true)
      return try ring.takeOver(backup.ring) { !erased.contains($0) }
    }
  }

  /// Writes the key where none is, or where a damaged one is, which is set aside.
  private static func placeKey(
    _ key: DataKey, _ directory: DataDirectory, _ passphrase: Passphrase?, _ cost: PassphraseCost
  ) throws {
    do {
      guard try KeyFile.describe(directory.key).id == key.id else {
        throw StoreError.keyExists(path: directory.key)
      }
    } catch VaultError.keyMissing {
      try KeyFile.create(key, at: directory.key, passphrase: passphrase, cost: cost)
    } catch VaultError.keyDamaged {
      try Folder.rename(directory.key, to: directory.key + ".damaged")
      try KeyFile.create(key, at: directory.key, passphrase: passphrase, cost: cost)
    }
  }

  private static func erasedInterviews(_ directory: DataDirectory) throws -> Set<KeyOwner> {
    guard Folder.exists(directory.database) else { return [] }
    let queue = try DatabaseQueue(path: directory.database)
    let ids = try queue.read {
      try String.fetchAll($0, sql: "SELECT uuid FROM interview WHERE state = 'erased'")
    }
    return Set(ids.compactMap(KeyOwner.init))
  }
}
