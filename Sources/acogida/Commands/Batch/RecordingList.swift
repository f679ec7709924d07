import Foundation
import Transcription

/// A recording and where its transcript goes.
struct RecordingItem: Hashable, Sendable {
  let path: String
  /// Where its files go, without their endings; nil is standard output.
  let target: String?

  /// The file of a format.
  func file(_ ending: String) -> String? { target.map { "\($0).\(ending)" } }

  /// Where the text of a recording without its end goes: not the name by which the next run sees that it is done.
  func incomplete(_ format: TranscriptFormat) -> String? {
    target.map { "\($0).incomplete.\(format.rawValue)" }
  }

  /// Bytes the file has.
  var size: Int64 { RecordingList.state(path)?.size ?? 0 }
}

/// Finds recordings.
enum RecordingList {
  private static let kinds: Set<String> = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "m4a", "aac", "wma", "aiff", "aif", "au", "caf",
    "mp4", "m4v", "mkv", "webm", "mov", "avi", "3gp", "amr", "mpg", "mpeg", "wmv", "m2ts", "ts",
    "mka", "weba", "w64", "gsm",
  ]

  /// The recordings that the paths name; a file is taken whatever its name, folders by the kinds above.
  ///
  /// Inside `out` the tree of a folder is mirrored.
  /// - Throws: ``Failure`` for a path that isn't there.
  static func items(_ paths: [String], out: String?) throws -> [RecordingItem] {
    var items: [RecordingItem] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure(key: "error.file", ["path": path, "reason": "ENOENT"])
      }
      guard isFolder.boolValue else {
        items.append(item(path, name: (path as NSString).lastPathComponent, out))
        continue
      }
      items += names(path, except: out).map { item("\(path)/\($0)", name: $0, out) }
    }
    return items
  }

  private static func names(_ folder: String, except out: String?) -> [String] {
    let target = out.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    let walk = FileManager.default.enumerator(atPath: folder)
    var names: [String] = []
    while let name = walk?.nextObject() as? String {
      let whole = URL(fileURLWithPath: "\(folder)/\(name)").standardizedFileURL.path
      if name.split(separator: "/").last?.hasPrefix(".") == true || whole == target {
        // Hidden, as macOS' `._` files and the wastebaskets of drives are: not meant.
        walk?.skipDescendants()
      } else if kinds.contains((name as NSString).pathExtension.lowercased()) {
        names.append(name)
      }
    }
    return names.sorted()
  }

  private static func item(_ path: String, name: String, _ out: String?) -> RecordingItem {
    // The whole name stays in front: a.wav and a.mp3 must not share a transcript.
    RecordingItem(path: path, target: out.map { "\($0)/\(name)" })
  }

  /// Size and time of change; nil where there is no file.
  static func state(_ path: String) -> FileState? {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    return FileState(
      size: Int64(info.st_size), seconds: Int64(info.st_mtim.tv_sec),
      nanoseconds: Int64(info.st_mtim.tv_nsec))
  }

  /// By what one sees that a file has changed.
  struct FileState: Hashable, Sendable {
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64
  }
}

/// Formats of one run: `txt`, several with commas, or `all`.
struct TranscriptFormats: Hashable, Sendable {
  let list: [TranscriptFormat]

  /// nil for a name that is none.
  init?(_ text: String) {
    if text == "all" {
      list = TranscriptFormat.allCases
      return
    }
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    let formats = names.compactMap { TranscriptFormat(rawValue: String($0)) }
    guard formats.count == names.count, !formats.isEmpty else { return nil }
    list = formats
  }
}
