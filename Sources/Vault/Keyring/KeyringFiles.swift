import Foundation

/// The two copies of a ring's file: how they are written, compared and mended.
struct KeyringFiles {
  static let copySuffix = ".copy"

  let paths: [String]

  init(_ path: String) { paths = [path, path + Self.copySuffix] }

  /// Reads the ring; makes it when it is missing, and makes both copies equal.
  func openForWriting() throws -> [UInt8] {
    let copies = try paths.map { try contents($0) }
    if copies.allSatisfy({ $0 == nil }) {
      let header = Self.header()
      for path in paths { try make(path, header) }
      return header
    }
    let merged = try merge(copies)
    for (path, copy) in zip(paths, copies) where copy != merged {
      if copy == nil {
        try make(path, merged)
      } else {
        try mend(path, merged)
      }
    }
    return merged
  }

  /// Reads the ring as it is.
  func read() throws -> [UInt8] { try merge(paths.map { try contents($0) }) }

  /// Writes slots behind the end of both copies, or of none.
  func append(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    do {
      try write(bytes, at: offset)
    } catch {
      for path in paths { try? OpenFile(path, .readWrite).truncate(to: offset) }
      throw error
    }
  }

  /// Writes slots to the first copy and then to the second, each on the disk before the next step.
  func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
    for path in paths {
      let file = try OpenFile(path, .readWrite)
      let written: Result<Void, SystemError> = bytes.withUnsafeBytes { buffer in
        Result { () throws(SystemError) in try file.write(buffer, at: offset) }
      }
      try written.get()
      try file.sync()
    }
  }

  /// Slot by slot the whole one; a destroyed slot in either copy is destroyed.
  private func merge(_ copies: [[UInt8]?]) throws -> [UInt8] {
    let copies = copies.compactMap { $0.flatMap { Self.isRing($0) ? $0 : nil } }
    guard let first = copies.first else {
      let isMissing = try paths.allSatisfy { try contents($0) == nil }
      throw isMissing
        ? VaultError.keyMissing(path: paths[0]) : VaultError.keyDamaged(path: paths[0])
    }
    guard first[8] <= Keyring.version else { throw VaultError.newerFormat }
    let length = KeySlot.length
    guard let second = copies.dropFirst().first, second != first else {
      return Array(first.prefix(first.count / length * length))
    }
    let slots = max(first.count, second.count) / length
    var merged = Array(first.prefix(length))
    for offset in stride(from: length, to: slots * length, by: length) {
      let found = [first, second].compactMap { copy in
        copy.count >= offset + length ? KeySlot(copy[offset..<offset + length]) : nil
      }
      let chosen = found.first { $0.state == .destroyed } ?? found.first
      merged += chosen?.bytes ?? Array(repeating: 0, count: length)
    }
    return merged
  }

  private static func isRing(_ bytes: [UInt8]) -> Bool {
    bytes.count >= KeySlot.length && bytes.starts(with: Keyring.magic)
  }

  private static func header() -> [UInt8] {
    let bytes = Keyring.magic + [Keyring.version]
    return bytes + Array(repeating: 0, count: KeySlot.length - bytes.count)
  }

  private func contents(_ path: String) throws(SystemError) -> [UInt8]? {
    guard Folder.exists(path) else { return nil }
    let file = try OpenFile(path, .read)
    return try file.bytes(at: 0, count: try file.size())
  }

  /// Makes a copy whole or not at all.
  private func make(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    try WholeFile.write(bytes, to: path)
  }

  /// Brings a copy in line in place: a new file would leave the old one's keys on the disk.
  private func mend(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let file = try OpenFile(path, .readWrite)
    let written: Result<Void, SystemError> = bytes.withUnsafeBytes { buffer in
      Result { () throws(SystemError) in try file.write(buffer, at: 0) }
    }
    try written.get()
    try file.truncate(to: bytes.count)
    try file.sync()
  }
}

/// Files that are there whole or not at all.
package enum WholeFile {
  /// Writes beside the name, syncs, and takes the name's place.
  package static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let draft = path + ".new.\(getpid())"
    unlink(draft)
    do {
      let file = try OpenFile(draft, .createNew)
      let written: Result<Void, SystemError> = bytes.withUnsafeBytes { buffer in
        Result { () throws(SystemError) in try file.write(buffer) }
      }
      try written.get()
      try file.syncAll()
      try Folder.rename(draft, to: path)
      try Folder.sync((path as NSString).deletingLastPathComponent)
    } catch {
      unlink(draft)
      throw error
    }
  }
}
