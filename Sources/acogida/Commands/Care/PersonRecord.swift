import Exchange
import Foundation
import Interview
import Messages
import Store

/// Everything that is kept of one person, for the person (right of access and to data portability, GDPR articles 15 and 20).
struct PersonRecord: Encodable {
  let schema = "acogida.person/1"
  /// When it was written, milliseconds since 1970-01-01 UTC.
  let written: Int64
  /// The stage it comes from.
  let stage: String
  /// The interview asked for and those that may be of the same person, the newest first.
  let interviews: [Kept]

  /// One interview.
  struct Kept: Encodable {
    let id: String
    /// What it has in common with the one asked for; empty for that one itself.
    let matches: [PossibleDuplicate.Match]
    let submission: Submission
    let audit: [AuditEntry]
    let notes: [AuditNote]
    /// Whether sound is kept.
    let hasSound: Bool
  }

  /// Gathers what is kept.
  ///
  /// - Parameter all: also submissions with the same document, or the same name and date of birth.
  init(_ prefix: String, in data: StageData, all: Bool, at time: Int64) throws {
    let submission = try data.submissions.get(prefix)
    let others = try data.possibleDuplicates(
      of: { submission.field($0)?.value }, except: submission.id)
    written = time
    stage = data.directory.stage
    interviews =
      [try Self.kept(submission, [], data)]
      + (try all ? others.map { try Self.kept(data.submissions.get($0.id), $0.matches, data) } : [])
  }

  private static func kept(
    _ submission: Submission, _ matches: [PossibleDuplicate.Match], _ data: StageData
  ) throws -> Kept {
    let report = try data.audit(submission.id)
    return Kept(
      id: submission.id, matches: matches, submission: submission, audit: report.entries,
      notes: report.notes, hasSound: try data.hasSound(submission.id))
  }

  /// Writes the record to a file, whole or not at all, or to standard output.
  static func export(
    _ prefix: String, all: Bool, to path: String, _ context: StoreContext
  ) throws {
    let record = try PersonRecord(
      prefix.lowercased(), in: context.open(.reading), all: all, at: Clock.now)
    guard path != "-" else { return try Output.json(record) }
    do throws(ExportError) {
      let text = try? Output.encode(record)
      try ExportDestination.file(path).replaceContents(with: Array(((text ?? "") + "\n").utf8))
    } catch {
      throw Failure(error, path: path)
    }
  }
}
