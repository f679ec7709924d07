/// What can be wrong with keys and sealed data; texts for people are made at the edge.
public enum VaultError: Error, Hashable, Sendable {
  /// The encryption library or its locked memory is not available.
  case unavailable
  /// The bytes were changed, cut, moved from elsewhere, or sealed with a key of the same id but other contents.
  case damaged
  /// The bytes were sealed with another key.
  case otherKey(needed: KeyID)
  /// The bytes were written by a newer version of the program.
  case newerFormat
  /// There is no key file.
  case keyMissing(path: String)
  /// The key file is not one, or was changed.
  case keyDamaged(path: String)
  /// A key file exists already; it is never overwritten.
  case keyExists(path: String)
  /// The key is wrapped by a passphrase, and none was given.
  case locked(path: String)
  /// The passphrase is not the one that wraps the key.
  case wrongPassphrase(path: String)
  /// The owner's key was destroyed; nothing that it sealed can be opened again.
  case keyDestroyed
  /// The operating system refused.
  case system(SystemError)
}
