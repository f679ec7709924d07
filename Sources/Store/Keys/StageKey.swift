import Foundation
import Vault

/// Where the passphrase comes from when a key is wrapped by one.
public struct KeyUnlock: Sendable {
  let passphrase: @Sendable () -> Passphrase?

  /// Asks when, and only when, the key needs it; nil means nobody can be asked.
  public init(_ passphrase: @escaping @Sendable () -> Passphrase?) { self.passphrase = passphrase }

  /// Nobody can be asked.
  public static let none = KeyUnlock { nil }
}

/// The key of a stage.
enum StageKey {
  static func load(
    _ directory: DataDirectory, _ unlock: KeyUnlock
  ) throws(StoreError) -> DataKey {
    do { return try KeyFile.load(directory.key, passphrase: unlock.passphrase) } catch {
      throw StoreError(error, path: directory.key, key: nil)
    }
  }

  /// Makes a key only where nothing is kept yet: a new key beside old data would hide that they are lost.
  static func loadOrMake(
    _ directory: DataDirectory, _ unlock: KeyUnlock
  ) throws(StoreError) -> DataKey {
    try StoreError.naming(directory.key) {
      if !Folder.exists(directory.key), try !directory.holdsData() {
        try KeyFile.create(DataKey.random(), at: directory.key)
      }
      return try load(directory, unlock)
    }
  }
}
