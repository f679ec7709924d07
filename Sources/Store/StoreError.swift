import Foundation
import GRDB
import Vault

/// What can go wrong with kept data; texts for people are made at the edge.
public enum StoreError: Error, Hashable, Sendable {
  /// Not a stage name: lower-case letters, digits, `-` and `_`, at most 32, a letter or digit first.
  case invalidStage(String)
  /// Not the identifier of an interview, nor the beginning of one.
  case invalidIdentifier(String)
  /// The stage has no data yet; only reading was asked for.
  case noData(path: String)
  /// Another process works on the same data; its number, where it could be read.
  case inUse(process: Int32?)
  /// The folder or the file may not be written.
  case readOnly(path: String)
  /// The disk or the quota is full. Nothing that was saved before is affected.
  case noSpace(path: String)
  /// The file is not readable as what it should be. It is left as it is.
  case damaged(path: String)
  /// The data were made with another key.
  case wrongKey(needed: KeyID, found: KeyID)
  /// There are data, but the key file is gone.
  case keyMissing(path: String)
  /// The key file is not one, or was changed.
  case keyDamaged(path: String)
  /// The data were written by a newer version of the program.
  case newerSchema(path: String)
  /// A submission's sealed contents were changed.
  case unreadable(id: String)
  /// No submission has an identifier that begins so.
  case notFound(prefix: String)
  /// Several submissions have identifiers that begin so.
  case ambiguous(prefix: String, matches: Int)
  /// Too short a beginning of an identifier to destroy what it stands for; how many characters it takes.
  case prefixTooShort(prefix: String, least: Int)
  /// Another submission is kept under this identifier already.
  case differs(id: String)
  /// The interview was submitted or erased; nothing can be added to it.
  case closed(id: String)
  /// The key is wrapped by a passphrase, and none was given.
  case locked(path: String)
  /// The passphrase is not the one that wraps the key.
  case wrongPassphrase(path: String)
  /// A key file exists already; it is never overwritten.
  case keyExists(path: String)
  /// The data, or the submission, belong to another stage.
  case otherStage(needed: String, found: String)
  /// Encryption or locked memory is not available.
  case vaultUnavailable
  /// The operating system refused for another reason.
  case system(SystemError)
  /// SQLite refused for another reason; its extended result code.
  case database(code: Int32)
}

extension StoreError {
  /// The store's name for a refusal of the system.
  package init(_ error: SystemError) {
    if error.isNoSpace {
      self = .noSpace(path: error.path)
    } else if error.isReadOnly {
      self = .readOnly(path: error.path)
    } else {
      self = .system(error)
    }
  }

  /// The store's name for what is wrong with a key or a seal; `path` is the file it was met in.
  init(_ error: VaultError, path: String, key: KeyID?) {
    self =
      switch error {
      case .unavailable: .vaultUnavailable
      case .damaged: .damaged(path: path)
      case .otherKey(let needed): .wrongKey(needed: needed, found: key ?? needed)
      case .newerFormat: .newerSchema(path: path)
      case .keyMissing(let path): .keyMissing(path: path)
      case .keyDamaged(let path): .keyDamaged(path: path)
      case .keyExists(let path): .keyExists(path: path)
      case .locked(let path): .locked(path: path)
      case .wrongPassphrase(let path): .wrongPassphrase(path: path)
      case .keyDestroyed: .damaged(path: path)
      case .system(let error): StoreError(error)
      }
  }

  /// The store's name for any error met while working on a file.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as SystemError: self = StoreError(error)
    case let error as VaultError: self = StoreError(error, path: path, key: nil)
    case let error as DatabaseError: self = StoreError(error, path: path)
    default: self = .damaged(path: path)
    }
  }

  private init(_ error: DatabaseError, path: String) {
    self =
      switch error.resultCode {
      case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path)
      case .SQLITE_FULL: .noSpace(path: path)
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly(path: path)
      case .SQLITE_CANTOPEN: Folder.exists(path) ? .readOnly(path: path) : .noData(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(process: nil)
      default: .database(code: error.extendedResultCode.rawValue)
      }
  }

  /// Runs work on a file and names what goes wrong.
  static func naming<Result>(
    _ path: String, _ work: () throws -> Result
  ) throws(StoreError) -> Result {
    do { return try work() } catch { throw StoreError(error, path: path) }
  }
}
