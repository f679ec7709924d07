import Forms
import Store

/// A dataset of a lake, as it is packed for a bucket: what stands in its files.
package protocol LakeDataset: Sendable {
  /// Its folder in the lake.
  var name: String { get }
  /// Whether the same bytes may come from other submissions: then the file's name tells them apart.
  var adds: Bool { get }
  /// The bytes of a file for submissions of one partition; which of them are still there.
  func part(
    of ids: [String], _ submissions: SubmissionStore, _ form: FormDefinition, _ format: LakeFormat
  ) throws -> (payload: [UInt8], ids: [String])
}

/// The submissions themselves.
struct SubmissionsDataset: LakeDataset {
  let name = "submissions"
  let adds = false
  let withoutIdentity: Bool

  func part(
    of ids: [String], _ submissions: SubmissionStore, _ form: FormDefinition, _ format: LakeFormat
  ) throws -> (payload: [UInt8], ids: [String]) {
    var writer = LakeWriter(form: form, withoutIdentity: withoutIdentity)
    var payload = writer.header(format)
    var found: [String] = []
    try submissions.forEachPackedRow(of: ids) { row in
      writer.append(row, format, to: &payload)
      found.append(row.text(row.id))
    }
    return (payload, found)
  }
}
