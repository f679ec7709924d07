import Exchange
import Foundation
import Vault

/// The files of a run while they grow: in memory until too much has come together, then in a folder.
struct LakeStaging {
  private struct Part {
    let name: String
    var buffer: [UInt8] = []
    var isOnDisk = false
  }

  private let folder: String
  private let limit: Int
  /// By folder in the lake and format.
  private var parts: [String: Part] = [:]
  private var formats: [String: LakeFormat] = [:]
  private var waiting = 0

  init(_ folder: String, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  /// Appends a record to the file of a folder; what stands before the records comes first.
  mutating func append(
    _ place: String, _ format: LakeFormat, header: () -> [UInt8],
    _ record: (inout [UInt8]) -> Void
  ) throws {
    if parts[place] == nil {
      parts[place] = Part(name: String(parts.count), buffer: header())
      formats[place] = format
    }
    let before = parts[place]?.buffer.count ?? 0
    record(&parts[place, default: Part(name: "")].buffer)
    waiting += (parts[place]?.buffer.count ?? 0) - before
    if waiting > limit { try flush() }
  }

  private mutating func flush() throws {
    try Folder.make(folder)
    for (place, part) in parts where !part.buffer.isEmpty {
      let path = "\(folder)/\(part.name)"
      let file = try OpenFile(path, part.isOnDisk ? .append : .createNew)
      try part.buffer.withUnsafeBytes { try file.write($0) }
      parts[place]?.buffer = []
      parts[place]?.isOnDisk = true
    }
    waiting = 0
  }

  /// Writes everything, and names each file by its bytes.
  ///
  /// - Parameter run: what tells this run from others: counts of another day's part may have the same bytes, and both count.
  mutating func seal(_ run: String) throws -> [LakeCommit.File] {
    try flush()
    return try parts.keys.sorted().map { place in
      let name = parts[place]?.name ?? ""
      let bytes = Array(try LakeFile.read("\(folder)/\(name)"))
      let origin = place.hasPrefix("daily/") ? run : ""
      let file = LakeKey.part(formats[place] ?? .jsonl, bytes, of: origin)
      return LakeCommit.File(staged: name, place: "\(place)/\(file)", bytes: bytes.count)
    }
  }
}
