import Foundation

/// A refusal by the operating system, with what was tried on which file.
public struct SystemError: Error, Hashable, Sendable {
  /// The call that failed, for example `open`.
  public let operation: String
  /// The file or folder; never holds personal data, as no file name does.
  public let path: String
  /// The system's error number (`errno`).
  public let code: Int32

  /// Makes an error from its parts.
  public init(operation: String, path: String, code: Int32) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// Reads `errno`; call it directly after the failed call.
  package static func last(_ operation: String, _ path: String) -> SystemError {
    SystemError(operation: operation, path: path, code: errno)
  }

  /// Whether the disk or the quota is full.
  public var isNoSpace: Bool { code == ENOSPC || code == EDQUOT }
  /// Whether the folder or the file may not be written.
  public var isReadOnly: Bool { code == EROFS || code == EACCES || code == EPERM }
}
