import Exchange
import Foundation
import Vault

/// What a lake holds already.
struct LakeManifest: Codable {
  /// What was taken out of one store.
  struct Origin: Codable {
    /// The number of the last submission.
    var through: Int64
    /// How many there were.
    var submissions: Int
    /// Interviews known to be erased: those from before the lake was begun, and those that it names; nil in older lakes.
    var erased: Set<String>?
  }

  static let name = "acogida.lake/1"
  var schema = LakeManifest.name
  var isIdentified = false
  /// The formats it is written in; nil in older lakes, whose definitions tell.
  var formats: [LakeFormat]?
  var origins: [String: Origin] = [:]

  /// Reads the manifest; an empty one where there is none.
  static func read(_ path: String) throws -> LakeManifest {
    guard Folder.exists(path) else { return LakeManifest() }
    let data = try LakeFile.read(path)
    guard let manifest = try? JSONDecoder().decode(LakeManifest.self, from: data),
      manifest.schema == name
    else { throw LakeRefusal.foreign(path) }
    return manifest
  }
}

/// The files of a run that is complete, and what the manifest says behind it.
struct LakeCommit: Codable {
  struct File: Codable {
    /// Name in the staging folder.
    let staged: String
    /// Path in the lake.
    let place: String
    let bytes: Int
  }

  let files: [File]
  let manifest: LakeManifest

  static func read(_ path: String) throws -> LakeCommit? {
    guard Folder.exists(path) else { return nil }
    guard let commit = try? JSONDecoder().decode(LakeCommit.self, from: LakeFile.read(path)) else {
      throw LakeRefusal.foreign(path)
    }
    return commit
  }

  /// Writes it when everything that it names is on the disk.
  func write(_ path: String) throws {
    sync()
    try LakeFile.write(JSONEncoder().encode(self), to: path)
  }
}

/// Files of a lake's notes.
enum LakeFile {
  static func read(_ path: String) throws -> Data {
    let file = try OpenFile(path, .read)
    return Data(try file.bytes(at: 0, count: file.size()))
  }

  /// Replaces a file, whole or not at all.
  static func write(_ data: some Sequence<UInt8>, to path: String) throws {
    try ExportDestination.file(path).replaceContents(with: Array(data))
  }
}
