import Exchange
import Store

/// `sync --json`: what a run did with a channel.
struct SyncRunReport: Encodable {
  let schema = "acogida.sync/1"
  let channel: String
  let stage: String
  let sent: Int
  let parcels: Int
  let bytes: Int
  let retries: Int
  let unsent: Int
  let refused: Int
  /// Why the run stopped before all was sent.
  let stopped: String?
  let status: Int?
  let detail: String?

  init(_ report: SyncReport, _ counts: ChannelCounts, stage: String) {
    channel = report.channel
    self.stage = stage
    sent = report.sent
    parcels = report.parcels
    bytes = report.bytes
    retries = report.retries
    unsent = counts.unsent
    refused = counts.refused
    stopped = report.stopped?.kind.rawValue
    status = report.stopped?.status
    detail = report.stopped?.detail
  }
}

/// `sync --dry-run --json`: what a run would send.
struct SyncPlanReport: Encodable {
  struct Partition: Encodable {
    let day: String
    let office: String
    let form: String
    let submissions: Int
  }

  let schema = "acogida.sync-plan/1"
  let channel: String
  let stage: String
  let submissions: Int
  let parcels: Int
  let partitions: [Partition]

  init(_ plan: SyncPlan, stage: String) {
    channel = plan.channel
    self.stage = stage
    submissions = plan.submissions
    parcels = plan.parcels
    partitions = plan.partitions.map {
      Partition(
        day: $0.partition.day, office: $0.partition.office, form: $0.partition.form,
        submissions: $0.submissions)
    }
  }
}
