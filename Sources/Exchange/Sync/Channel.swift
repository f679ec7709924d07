import Forms
import Interview
import Store
import Vault

/// One way out of this machine: what is sent, in which shape, and where to.
public struct Channel: Sendable {
  /// Its name in the outbox and in receipts; a submission is sent once through a channel of this name.
  public let id: String
  let packer: any ParcelPacker
  let target: any SyncTarget

  /// Parts of a lake in a bucket.
  ///
  /// - Parameters:
  ///   - name: the target's name.
  ///   - batch: the most submissions in a part.
  ///   - key: the organisation's key that parts are sealed to; nil: they are not sealed.
  public static func lake(
    _ name: String, _ format: LakeFormat, target: any SyncTarget, batch: Int,
    withoutIdentity: Bool, key: OrganisationKey?,
    form: @escaping @Sendable (String) -> FormDefinition?
  ) -> Channel {
    Channel(
      id: "\(name)/\(format.rawValue)",
      packer: LakePacker(
        format: format, batch: batch, withoutIdentity: withoutIdentity, key: key, form: form),
      target: target)
  }

  /// Single submissions to an OpenRosa server.
  public static func openRosa(_ name: String, target: any SyncTarget) -> Channel {
    Channel(id: "\(name)/openrosa", packer: OpenRosaPacker(), target: target)
  }

  init(id: String, packer: any ParcelPacker, target: any SyncTarget) {
    self.id = id
    self.packer = packer
    self.target = target
  }
}

/// Decides which submissions go together, and makes the bytes.
protocol ParcelPacker: Sendable {
  /// The submissions in groups, each for one parcel.
  func groups(_ pending: [SubmissionSummary]) -> [[SubmissionSummary]]
  /// Whether everything is known that is needed to make the bytes for a group.
  func knows(_ group: [SubmissionSummary]) -> Bool
  /// The bytes for a group; nil when nothing of it is left.
  func draft(
    _ group: [SubmissionSummary], _ submissions: SubmissionStore
  ) throws -> ParcelDraft?
}

/// Makes parts of a lake: submissions of one partition together.
struct LakePacker: ParcelPacker {
  let format: LakeFormat
  let batch: Int
  let withoutIdentity: Bool
  let key: OrganisationKey?
  let form: @Sendable (String) -> FormDefinition?

  func groups(_ pending: [SubmissionSummary]) -> [[SubmissionSummary]] {
    let partitions = Dictionary(grouping: pending, by: LakePartition.init)
    return partitions.keys.sorted().flatMap { partition in
      let all = partitions[partition] ?? []
      return stride(from: 0, to: all.count, by: batch).map {
        Array(all[$0..<min($0 + batch, all.count)])
      }
    }
  }

  func knows(_ group: [SubmissionSummary]) -> Bool {
    group.first.flatMap { form($0.form) } != nil
  }

  func draft(
    _ group: [SubmissionSummary], _ submissions: SubmissionStore
  ) throws -> ParcelDraft? {
    guard let first = group.first, let form = form(first.form) else { return nil }
    var writer = LakeWriter(form: form, withoutIdentity: withoutIdentity)
    var payload = writer.header(format)
    var ids: [String] = []
    try submissions.forEachPackedRow(of: group.map(\.id)) { row in
      writer.append(row, format, to: &payload)
      ids.append(row.text(row.id))
    }
    guard !ids.isEmpty else { return nil }
    if let key { payload = try key.seal(payload) }
    let name = LakeKey.part(
      LakePartition(first), format, payload, isSealed: key != nil)
    return ParcelDraft(name: name, payload: payload, submissions: ids)
  }
}

/// Makes one record of every submission.
struct OpenRosaPacker: ParcelPacker {
  func groups(_ pending: [SubmissionSummary]) -> [[SubmissionSummary]] { pending.map { [$0] } }

  func knows(_ group: [SubmissionSummary]) -> Bool { true }

  func draft(
    _ group: [SubmissionSummary], _ submissions: SubmissionStore
  ) throws -> ParcelDraft? {
    var draft: ParcelDraft?
    try submissions.forEachPackedRow(of: group.map(\.id)) { row in
      let id = row.text(row.id)
      draft = ParcelDraft(
        name: "uuid:\(id)", payload: XFormRecord.xml(row.row), submissions: [id])
    }
    return draft
  }
}
