import Foundation
import Store
import Vault

/// What can go wrong with an export; texts for people are made at the edge.
public enum ExportError: Error, Hashable, Sendable {
  /// The submissions can't be read.
  case store(StoreError)
  /// The disk with the output is full. A file that was there before is unchanged.
  case noSpace(path: String)
  /// The output's folder or file may not be written.
  case readOnly(path: String)
  /// Whoever read the output has gone, as `head` does; no reason to complain.
  case readerGone
  /// The task that exported was cancelled; nothing of the output stays.
  case cancelled
  /// The operating system refused for another reason.
  case system(SystemError)

  init(_ error: SystemError) {
    if error.isNoSpace {
      self = .noSpace(path: error.path)
    } else if error.isReadOnly {
      self = .readOnly(path: error.path)
    } else {
      self = error.code == EPIPE ? .readerGone : .system(error)
    }
  }

  init(_ error: any Error, path: String) {
    switch error {
    case let error as ExportError: self = error
    case let error as StoreError: self = .store(error)
    case let error as SystemError: self = ExportError(error)
    case is CancellationError: self = .cancelled
    default: self = .system(SystemError(operation: "export", path: path, code: EIO))
    }
  }
}
