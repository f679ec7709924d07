import Foundation
import Recognizer
import Speakers

/// What a folder of transcripts was made from: a line for every recording that is done.
///
/// A line is written when the files of a recording are complete; by it the next run knows what needs no second time, and reports
/// know what was analysed and when.
actor BatchLedger {
  /// A recording that is done.
  struct Entry: Hashable, Sendable, Codable {
    /// The recording's name below the folders that were given.
    let recording: String
    /// SHA-256 of its file.
    let sha256: String
    /// What it was transcribed with.
    let settings: String
    /// Its length, seconds.
    let seconds: Double
    /// Segments with text; 0 where no word was heard.
    let segments: Int
    /// When the recording was last changed, ISO 8601.
    let recorded: String
    /// When it was transcribed, ISO 8601.
    let analysed: String
    /// How high the voices lie, by their labels, where the configuration asks for it.
    var pitch: [String: PitchClass]?
  }

  /// The file's name: hidden, so that no walk over transcripts takes it for one.
  static let fileName = ".acogida.jsonl"

  /// The folder.
  nonisolated let folder: String
  private let path: String
  private var entries: [String: Entry]

  /// Opens the ledger of a folder; lines that a kill left half are passed over.
  init(folder: String) {
    self.folder = folder
    path = "\(folder)/\(BatchLedger.fileName)"
    entries = BatchLedger.read(folder)
  }

  /// The last entry of every recording in a folder.
  static func read(_ folder: String) -> [String: Entry] {
    let text = try? String(contentsOfFile: "\(folder)/\(fileName)", encoding: .utf8)
    var entries: [String: Entry] = [:]
    for line in (text ?? "").split(separator: "\n") {
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)) else {
        continue
      }
      entries[entry.recording] = entry
    }
    return entries
  }

  /// What is known about a recording.
  func entry(_ recording: String) -> Entry? { entries[recording] }

  /// Notes that a recording is done; on disk when it returns.
  func note(_ entry: Entry) throws {
    let line = try Output.encode(entry) + "\n"
    try Failure.reading(path) {
      let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      try file.write(contentsOf: Data(line.utf8))
      fsync(descriptor)
    }
    entries[entry.recording] = entry
  }
}
