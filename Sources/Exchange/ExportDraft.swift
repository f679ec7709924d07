import Forms
import Foundation
import Store
import Vault

/// How far an export is.
struct ExportState: Codable, Hashable {
  /// The number in the store of the last submission written; 0 before the first.
  var number: Int64 = 0
  /// Submissions written.
  var submissions = 0
  /// Values left out because no person confirmed or wrote them.
  var unconfirmed = 0
  /// Fields with values that the form lacks, sorted.
  var omitted: [String] = []

  /// What it says to whoever asked for the export.
  var report: ExportReport {
    ExportReport(
      submissions: submissions, omittedFields: omitted.map(FieldName.init(rawValue:)),
      unconfirmed: unconfirmed, last: number)
  }
}

/// A file that an export can go on with: `.NAME.part` beside the output, and `.NAME.part.state`, which says how much of it holds.
///
/// Both are private to the user. They go when the export is complete, or when it can't go on: another form, other
/// options, or a submission that was erased meanwhile and may stand in the part already.
struct ExportDraft {
  private struct Note: Codable {
    let kind: String
    let erased: Int
    let bytes: Int
    let state: ExportState
  }

  /// Where the interrupted export was; its beginning when there is none.
  let state: ExportState
  private let target: String
  private let kind: String
  private let erased: Int
  private let bytes: Int

  /// Looks for an interrupted export to a file.
  ///
  /// - Parameters:
  ///   - kind: tells exports apart that would not go on in the same file.
  ///   - erased: how many interviews were ever erased.
  init(for target: String, kind: String, erased: Int) throws(SystemError) {
    self.target = target
    self.kind = kind
    self.erased = erased
    let note = (try? Data(contentsOf: URL(fileURLWithPath: Self.part(target) + ".state")))
      .flatMap { try? JSONDecoder().decode(Note.self, from: $0) }
    let size = (try? OpenFile(Self.part(target), .read).size()) ?? 0
    if let note, note.kind == kind, note.erased == erased, size >= note.bytes {
      (state, bytes) = (note.state, note.bytes)
    } else {
      try Folder.remove(Self.part(target) + ".state")
      try Folder.remove(Self.part(target))
      (state, bytes) = (ExportState(), 0)
    }
  }

  /// Lets the body go on behind what holds, then makes the output visible; after a failure the part stays.
  func write(_ body: (inout ExportOutput) throws -> Void) throws {
    let file = try OpenFile(Self.part(target), .readWrite)
    try file.truncate(to: bytes)
    var output = ExportOutput(file)
    try body(&output)
    try output.finish()
    try Folder.rename(Self.part(target), to: target)
    try Folder.remove(Self.part(target) + ".state")
    let folder = (target as NSString).deletingLastPathComponent
    try Folder.sync(folder.isEmpty ? "." : folder)
  }

  /// Notes how far the export is; the bytes are on the disk.
  func note(_ state: ExportState, bytes: Int) throws {
    let note = Note(kind: kind, erased: erased, bytes: bytes, state: state)
    try ExportDestination.file(Self.part(target) + ".state").replaceContents(
      with: try RecordJSON.encode(note))
  }

  private static func part(_ target: String) -> String {
    let folder = (target as NSString).deletingLastPathComponent
    let name = (target as NSString).lastPathComponent
    return (folder as NSString).appendingPathComponent(".\(name).part")
  }
}
