import CSodium
import Foundation
import Transcription

/// Checks a model's files before native code reads them: sherpa-onnx may end the process on a bad file.
public enum ModelIntegrity {
  /// Compares every file that the folder's `SHA256SUMS` names with its checksum.
  ///
  /// A folder without checksums passes when no file is empty. Files that passed once are not read
  /// again while size and time stay the same, if there is a cache folder.
  /// - Throws: ``EngineFailure/modelCorrupt(path:)`` or ``EngineFailure/modelMissing(path:)``.
  public static func check(_ files: ModelFiles, cacheFolder: String?) throws(EngineFailure) {
    for path in files.all {
      guard let size = state(path)?.size else { throw .modelMissing(path: path) }
      guard size > 0 else { throw .modelCorrupt(path: path) }
    }
    let sums = checksums(folder: files.folder)
    guard !sums.isEmpty else { return }
    let stamp = stamp(files, sums: sums)
    if let cacheFolder, known(stamp, in: cacheFolder) { return }
    for path in files.all {
      let name = (path as NSString).lastPathComponent
      guard let expected = sums[name] else { continue }
      guard digest(path) == expected else { throw .modelCorrupt(path: path) }
    }
    if let cacheFolder { remember(stamp, in: cacheFolder) }
  }

  /// The checksums in a folder's `SHA256SUMS`, by file name.
  static func checksums(folder: String) -> [String: String] {
    guard let text = try? String(contentsOfFile: "\(folder)/SHA256SUMS", encoding: .utf8)
    else { return [:] }
    var sums: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard words.count == 2 else { continue }
      let name = words[1].drop { $0 == " " || $0 == "*" }
      sums[(String(name) as NSString).lastPathComponent] = words[0].lowercased()
    }
    return sums
  }

  /// SHA-256 of a file in hexadecimal; nil when it can't be read.
  public static func digest(_ path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    while let block = try? file.read(upToCount: 1 << 20), !block.isEmpty {
      block.withUnsafeBytes { raw in
        _ = crypto_hash_sha256_update(
          &state, raw.bindMemory(to: UInt8.self).baseAddress, UInt64(raw.count))
      }
    }
    var hash = [UInt8](repeating: 0, count: 32)
    crypto_hash_sha256_final(&state, &hash)
    return hash.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  private static func state(_ path: String) -> (size: Int64, time: Int64)? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    return (Int64(info.st_size), Int64(info.st_mtim.tv_sec))
  }

  private static func stamp(_ files: ModelFiles, sums: [String: String]) -> String {
    files.all.map { path in
      let info = state(path)
      let sum = sums[(path as NSString).lastPathComponent] ?? ""
      return "\(path) \(info?.size ?? 0) \(info?.time ?? 0) \(sum)"
    }.joined(separator: "\n") + "\n"
  }

  private static func known(_ stamp: String, in folder: String) -> Bool {
    (try? String(contentsOfFile: "\(folder)/verified-model", encoding: .utf8)) == stamp
  }

  /// Not being able to remember costs half a second next time and nothing else.
  private static func remember(_ stamp: String, in folder: String) {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? stamp.write(toFile: "\(folder)/verified-model", atomically: true, encoding: .utf8)
  }
}
