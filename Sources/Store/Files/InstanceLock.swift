import Foundation
import Vault

/// Held by the one process that may change a stage's data; released when the process ends, however it ends.
final class InstanceLock: Sendable {
  private let file: OpenFile

  private init(_ file: consuming OpenFile) { self.file = file }

  /// Takes the lock at once or not at all.
  ///
  /// - Throws: ``StoreError/inUse(process:)``; ``StoreError/system(_:)`` where something that is no file of its
  ///   own stands at the path, such as a symbolic link.
  static func acquire(_ path: String) throws(StoreError) -> InstanceLock {
    do {
      let file = try OpenFile(path, .readWriteOwn)
      guard try file.isRegular() else {
        throw StoreError.system(SystemError(operation: "open", path: path, code: EINVAL))
      }
      guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw errno == EWOULDBLOCK
          ? StoreError.inUse(process: holder(file)) : StoreError(.last("flock", path))
      }
      note(in: file)
      return InstanceLock(file)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Writes this process's number for whoever is turned away.
  ///
  /// The lock holds without it, so a full disk is no reason to fail.
  private static func note(in file: borrowing OpenFile) {
    let text = Array("\(getpid())\n".utf8)
    let written: ()? = text.withUnsafeBytes { try? file.write($0, at: 0) }
    if written != nil { try? file.truncate(to: text.count) }
  }

  private static func holder(_ file: borrowing OpenFile) -> Int32? {
    guard let bytes = try? file.bytes(at: 0, count: 16) else { return nil }
    return Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}
