import Foundation

/// An open file that closes itself.
///
/// Every file made here is private to the user (0600).
package struct OpenFile: ~Copyable, Sendable {
  package let descriptor: Int32
  package let path: String
  private let ownsDescriptor: Bool

  /// How a file is opened.
  package enum Mode: Sendable {
    /// Reading only; the file must exist.
    case read
    /// A new file for appending; a file of that name is an error (`EEXIST`).
    case createNew
    /// Reading and writing; made when missing.
    case readWrite
    /// Reading and writing; made when missing. A symbolic link is not followed (`ELOOP`).
    case readWriteOwn
    /// Writing from the beginning; the file must exist.
    case write
    /// Writing at the end; the file must exist.
    case append

    fileprivate var flags: Int32 {
      switch self {
      case .read: O_RDONLY
      case .createNew: O_RDWR | O_CREAT | O_EXCL
      case .readWrite: O_RDWR | O_CREAT
      // A pipe without a reader must not make the program wait.
      case .readWriteOwn: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK
      case .write: O_WRONLY
      case .append: O_WRONLY | O_APPEND
      }
    }
  }

  package init(_ path: String, _ mode: Mode) throws(SystemError) {
    descriptor = Glibc.open(path, mode.flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("open", path) }
    self.path = path
    ownsDescriptor = true
  }

  /// Whether it is a file with contents, and no folder, pipe or device.
  package func isRegular() throws(SystemError) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// Borrows a descriptor that somebody else closes, for example standard output.
  package init(borrowing descriptor: Int32, name: String) {
    self.descriptor = descriptor
    path = name
    ownsDescriptor = false
  }

  /// Takes over a descriptor, which it closes.
  package init(owning descriptor: Int32, name: String) {
    self.descriptor = descriptor
    path = name
    ownsDescriptor = true
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// Writes all bytes, at the end of what was written before.
  ///
  /// On a full disk some of the bytes may have been written; the caller knows how to undo that.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let count = Glibc.write(descriptor, base + written, bytes.count - written)
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw .last("write", path)
      }
    }
  }

  /// Writes all bytes at an offset, over what is there.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemError) {
    var written = 0
    while written < bytes.count, let base = bytes.baseAddress {
      let count = pwrite(
        descriptor, base + written, bytes.count - written, off_t(offset + written))
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw .last("write", path)
      }
    }
  }

  /// Reads up to the buffer's size from an offset; less only at the end of the file.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    var total = 0
    while total < buffer.count, let base = buffer.baseAddress {
      let count = pread(descriptor, base + total, buffer.count - total, off_t(offset + total))
      if count == 0 { break }
      if count > 0 {
        total += count
      } else if errno != EINTR {
        throw .last("read", path)
      }
    }
    return total
  }

  /// Reads `count` bytes from an offset, or fewer at the end of the file.
  package func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max(count, 0))
    let result: Result<Int, SystemError> = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in try read(into: buffer, at: offset) }
    }
    bytes.removeLast(bytes.count - (try result.get()))
    return bytes
  }

  package func size() throws(SystemError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    return Int(status.st_size)
  }

  package func truncate(to size: Int) throws(SystemError) {
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0
    else { throw .last("ftruncate", path) }
  }

  /// Puts the contents, and the size, on the disk (`fdatasync`).
  package func sync() throws(SystemError) {
    guard fdatasync(descriptor) == 0 else { throw .last("fdatasync", path) }
  }
}
