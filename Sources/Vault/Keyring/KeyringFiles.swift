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

  /// Reads the ring as it is; one that was not made yet has no keys.
  func read() throws -> [UInt8] {
    let copies = try paths.map { try contents($0) }
    return copies.allSatisfy { $0 == nil } ? Self.header() : try merge(copies)
  }

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
    let copies = copies.compactMap { $0 }
    let length = KeySlot.length
    guard let header = copies.compactMap(Self.header(of:)).first else {
      throw VaultError.keyDamaged(path: paths[0])
    }
    guard header[8] <= Keyring.version else { throw VaultError.newerFormat }
    let slots = (copies.map(\.count).max() ?? 0) / length
    if copies.count == 2, copies[0] == copies[1] { return Array(copies[0].prefix(slots * length)) }
    var merged = header
    for offset in stride(from: length, to: slots * length, by: length) {
      let found = copies.compactMap { copy in
        copy.count >= offset + length ? KeySlot(copy[offset..<offset + length]) : nil
      }
      let chosen = found.first { $0.state == .destroyed } ?? found.first
      merged += chosen?.bytes ?? Array(repeating: 0, count: length)
    }
    return merged
  }

  /// The header: `magic (8) | version (1) | zero (103) | hash (16)`, as long as a slot.
  static func header(version: UInt8 = Keyring.version) -> [UInt8] {
    let bytes = Keyring.magic + [version]
    return KeySlot.hashed(bytes + Array(repeating: 0, count: KeySlot.hashed - bytes.count))
  }

  private static func header(of bytes: [UInt8]) -> [UInt8]? {
    let header = Array(bytes.prefix(KeySlot.length))
    let isWhole =
      header.starts(with: Keyring.magic)
      && header == KeySlot.hashed(Array(header.prefix(KeySlot.hashed)))
    return isWhole ? header : nil
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
  /// Renames a file over another, whose contents are then overwritten as far as the file system writes in place.
  package static func move(_ path: String, over other: String) throws(SystemError) {
    let folder = (other as NSString).deletingLastPathComponent
    guard Folder.exists(other) else {
      try Folder.rename(path, to: other)
      return try Folder.sync(folder)
    }
    let old = try OpenFile(other, .readWrite)
    try Folder.rename(path, to: other)
    try Folder.sync(folder)
    try old.wipe()
  }

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
