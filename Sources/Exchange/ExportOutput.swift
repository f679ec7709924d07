import Foundation
import Vault

/// Where an export goes.
public enum ExportDestination: Hashable, Sendable {
  /// A file, private to the user, complete or not at all: it appears under its name only when everything is on the disk.
  case file(String)
  /// Standard output, as it comes.
  case standardOutput
}

/// Collects bytes and writes them in large pieces.
struct ExportOutput: ~Copyable {
  /// The bytes not written yet; append to it, then call ``drain()``.
  var buffer: [UInt8] = []
  private let file: OpenFile
  /// Bytes that may not be on the disk yet.
  var unsynced: Int { written + buffer.count }
  private var written = 0
  private static let pieceSize = 1 << 18

  init(_ file: consuming OpenFile) {
    self.file = file
    buffer.reserveCapacity(Self.pieceSize + 1 << 16)
  }

  /// Writes when enough has come together.
  mutating func drain() throws(SystemError) {
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Writes everything.
  mutating func flush() throws(SystemError) {
    let result: Result<Void, SystemError> = buffer.withUnsafeBytes { bytes in
      Result { () throws(SystemError) in try file.write(bytes) }
    }
    try result.get()
    written += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes everything, puts it on the disk, and gives its length.
  mutating func settle() throws(SystemError) -> Int {
    try flush()
    try file.sync()
    written = 0
    return try file.size()
  }

  /// Gives a file that was made without a name its name.
  func name(_ path: String) throws(SystemError) {
    let source = "/proc/self/fd/\(file.descriptor)"
    guard linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
      throw .last("linkat", path)
    }
  }

  /// Writes everything and puts it on the disk.
  mutating func finish() throws(SystemError) {
    try flush()
    try file.syncAll()
  }
}

extension ExportDestination {
  var name: String {
    switch self {
    case .file(let path): path
    case .standardOutput: "standard output"
    }
  }

  /// Lets the body write, then makes the output visible; after a failure nothing of it stays.
  func write(_ body: (inout ExportOutput) throws -> Void) throws {
    switch self {
    case .standardOutput:
      var output = ExportOutput(OpenFile(borrowing: STDOUT_FILENO, name: name))
      try body(&output)
      try output.flush()
    case .file(let path):
      // Through a link to the file it names; `rename` would replace the link.
      let target = realPath(path)
      if let device = try? OpenFile(existing: target), device.isNoRegularFile {
        var output = ExportOutput(device)
        try body(&output)
        try output.flush()
      } else {
        try replace(target, body)
      }
    }
  }

  /// Writes a file without a name, syncs, names it: whoever kills the program leaves nothing behind.
  private func replace(_ path: String, _ body: (inout ExportOutput) throws -> Void) throws {
    let folder = (path as NSString).deletingLastPathComponent
    let name = (path as NSString).lastPathComponent
    let draft = (folder as NSString).appendingPathComponent(
      ".\(name).\(UInt32.random(in: .min ... .max)).part")
    do {
      let nameless = OpenFile(namelessIn: folder.isEmpty ? "." : folder)
      let isNameless = nameless != nil
      var output = ExportOutput(try nameless ?? OpenFile(draft, .createNew))
      try body(&output)
      try output.finish()
      if isNameless { try output.name(draft) }
      try Folder.rename(draft, to: path)
    } catch {
      unlink(draft)
      throw error
    }
    try Folder.sync(folder.isEmpty ? "." : folder)
  }

  func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension ExportDestination {
  /// Makes these bytes the whole contents; folders above that are missing are made.
  ///
  /// - Throws: ``ExportError``.
  public func replaceContents(with bytes: [UInt8]) throws(ExportError) {
    do {
      if case .file(let path) = self {
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty { try Folder.make(folder) }
      }
      try write { $0.buffer.append(contentsOf: bytes) }
    } catch {
      throw ExportError(error, path: name)
    }
  }
}

extension OpenFile {
  /// Makes a file without a name on the folder's disk; nil where the file system can't.
  fileprivate init?(namelessIn folder: String) {
    let descriptor = Glibc.open(folder, O_RDWR | O_CLOEXEC | Self.nameless, 0o600)
    guard descriptor >= 0 else { return nil }
    self.init(owning: descriptor, name: folder)
  }

  /// `O_TMPFILE` of Linux, which Swift does not import.
  private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

  /// Opens what exists for writing, without changing it.
  fileprivate init(existing path: String) throws(SystemError) { try self.init(path, .append) }

  /// Whether it is a pipe or a device, which can't be replaced by a file.
  fileprivate var isNoRegularFile: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }
}
