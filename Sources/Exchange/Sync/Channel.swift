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
  ///   - dataset: what stands in the parts; nil: the submissions.
  ///   - batch: the most submissions in a part.
  ///   - key: the organisation's key that parts are sealed to; nil: they are not sealed.
  package static func lake(
    _ name: String, _ format: LakeFormat, of dataset: (any LakeDataset)? = nil,
    target: any SyncTarget, batch: Int, withoutIdentity: Bool, key: OrganisationKey?,
    form: @escaping @Sendable (String) -> FormDefinition?
  ) -> Channel {
    let dataset = dataset ?? SubmissionsDataset(withoutIdentity: withoutIdentity)
    return Channel(
      id: lakeID(name, format, of: dataset.name),
      packer: LakePacker(dataset: dataset, format: format, batch: batch, key: key, form: form),
      target: target)
  }

  /// The name of a channel for a dataset; that of submissions was there before the others.
  package static func lakeID(_ name: String, _ format: LakeFormat, of dataset: String) -> String {
    dataset == "submissions"
      ? "\(name)/\(format.rawValue)" : "\(name)/\(dataset)/\(format.rawValue)"
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
  let dataset: any LakeDataset
  let format: LakeFormat
  let batch: Int
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
    var (payload, ids) = try dataset.part(of: group.map(\.id), submissions, form, format)
    guard !ids.isEmpty else { return nil }
    if let key { payload = try key.seal(payload) }
    let folder = LakePartition(first).folder(format, of: dataset.name)
    let file = LakeKey.part(format, payload, of: dataset.adds ? ids.joined() : "")
    let name = "\(folder)/\(file)" + (key != nil ? LakeKey.sealed : "")
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
