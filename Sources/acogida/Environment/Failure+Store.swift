import Exchange
import Forms
import Foundation
import Messages
import Store
import Terminal
import Vault

extension Failure {
  /// What went wrong with kept data.
  init(_ error: StoreError) {
    switch error {
    case .invalidStage(let stage):
      self.init(key: "error.stageName", ["stage": stage], exitCode: 64)
    case .invalidIdentifier(let id), .notFound(let id): self.init(key: "error.notFound", ["id": id])
    case .noData(let path): self.init(key: "error.noData", ["path": path], exitCode: 2)
    case .inUse(let process):
      let number = process.map(String.init) ?? "?"
      self.init(key: "error.storeLocked", ["pid": number], exitCode: 2)
    case .readOnly(let path): self.init(key: "error.storeReadOnly", ["path": path])
    case .noSpace(let path): self.init(key: "error.diskFull", ["path": path])
    case .damaged(let path): self.init(key: "error.storeCorrupt", ["path": path])
    case .wrongKey(let needed, let found):
      self.init(key: "error.wrongKey", ["path": "\(found) ≠ \(needed)"])
    case .keyMissing(let path): self.init(key: "error.keyMissing", ["path": path])
    case .keyDamaged(let path): self.init(key: "error.keyDamaged", ["path": path])
    case .locked(let path): self.init(key: "error.locked", ["path": path], exitCode: 2)
    case .wrongPassphrase(let path): self.init(key: "error.wrongPassphrase", ["path": path])
    case .keyExists(let path): self.init(key: "error.keyExists", ["path": path], exitCode: 2)
    case .otherStage(let needed, let found):
      self.init(key: "error.otherStage", ["needed": needed, "found": found], exitCode: 2)
    case .newerSchema(let path): self.init(key: "error.newerData", ["path": path])
    case .unreadable(let id): self.init(key: "error.unreadable", ["id": id])
    case .ambiguous(let prefix, _): self.init(key: "error.ambiguous", ["id": prefix])
    case .prefixTooShort(let prefix, let least):
      self.init(key: "error.prefixTooShort", ["id": prefix, "least": String(least)], exitCode: 2)
    case .differs(let id), .closed(let id): self.init(key: "error.closed", ["id": id])
    case .vaultUnavailable: self.init(key: "error.internal", ["reason": "libsodium"])
    case .system(let error): self.init(key: "error.internal", ["reason": "\(error)"])
    case .database(let code): self.init(key: "error.internal", ["reason": "SQLite \(code)"])
    }
  }

  /// What went wrong with an organisation's key.
  init(_ error: VaultError) {
    switch error {
    case .locked(let path): self.init(key: "error.locked", ["path": path], exitCode: 2)
    case .wrongPassphrase(let path): self.init(key: "error.wrongPassphrase", ["path": path])
    case .keyDestroyed: self.init(key: "error.internal", ["reason": "destroyed key"])
    case .keyMissing(let path): self.init(key: "error.file", ["path": path, "reason": "ENOENT"])
    case .keyDamaged(let path): self.init(key: "error.organisationKey", ["path": path])
    case .keyExists(let path): self.init(key: "error.exists", ["path": path])
    case .system(let error): self.init(writing: error.path, error.code)
    case .unavailable: self.init(key: "error.internal", ["reason": "libsodium"])
    case .damaged, .otherKey, .newerFormat: self.init(key: "error.internal", ["reason": "\(error)"])
    }
  }

  /// What went wrong with an export.
  init(_ error: ExportError, path: String) {
    switch error {
    case .store(let error): self.init(error)
    case .noSpace: self.init(writing: path, ENOSPC)
    case .readOnly: self.init(writing: path, EACCES)
    case .readerGone: self.init(writing: path, EPIPE)
    case .cancelled: self.init(writing: path, ECANCELED)
    case .system(let error): self.init(writing: path, error.code)
    }
  }

  init(writing path: String, _ code: Int32) {
    if path == "-" {
      self.init(key: "error.standardOutput", ["reason": Failure.reason(code: code)])
      return
    }
    let folder = (path as NSString).deletingLastPathComponent
    let isFolderMissing = code == ENOENT && !folder.isEmpty && access(folder, F_OK) != 0
    self.init(
      key: "error.output",
      ["path": path, "reason": isFolderMissing ? "noFolder" : Failure.reason(code: code)])
  }

  /// Why the screen can't be used.
  init(_ error: TerminalError, term: String) {
    switch error {
    case .notATerminal: self.init(key: "error.noTerminal", exitCode: 2)
    case .unsuitable: self.init(key: "error.dumbTerminal", ["term": term], exitCode: 2)
    }
  }

  /// The words for any error.
  static func explain(_ error: any Error, _ catalogue: Catalogue) -> String {
    let failure = Failure(error) ?? Failure(key: "error.internal", ["reason": "\(type(of: error))"])
    return failure.text(catalogue)
  }
}

extension JournalLoss {
  /// What is missing, in words.
  func text(_ catalogue: Catalogue) -> String {
    events > 0
      ? catalogue.plural("recover.missing", events)
      : catalogue.text("recover.unreadable", ["bytes": String(bytes)])
  }
}
