import Forms
import Foundation
import HTTP
import Interview
import Synchronization
import TestSupport
import Vault

@testable import Exchange
@testable import Store

/// A target on a server in memory, or on any other transport.
func target(_ transport: any HTTPTransport, endpoint: String = "https://s3.test") -> S3Target {
  S3Target(
    bucket: S3Bucket(name: "bucket", region: "us-east-1", endpoint: endpoint),
    credentials: AWSCredentials(accessKey: "AKID", secretKey: "secret"), transport: transport,
    now: { 1_700_000_000 })
}

/// A channel of JSON Lines.
func channel(
  _ target: any SyncTarget, _ format: LakeFormat = .jsonl, batch: Int = 10,
  redacted: Bool = false, key: OrganisationKey? = nil
) -> Channel {
  .lake(
    "hq", format, target: target, batch: batch, withoutIdentity: redacted, key: key,
    form: { $0 == form.id ? form : nil })
}

/// Surroundings that never wait.
func surroundings(_ policy: RetryPolicy = RetryPolicy(attempts: 4)) -> SyncSurroundings {
  SyncSurroundings(now: { 1_700_000_000_000 }, pause: { _ in true }, policy: policy)
}

/// A stage with so many submissions, removed when the test is over.
func withStage(
  _ count: Int, days: Int = 1, _ body: (StageData) throws -> Void
) throws {
  try withTemporaryFolder { root in
    let data = try StageData.open(DataDirectory(root: root, stage: "test"))
    try data.submissions.save(
      (0..<count).map {
        try submission(
          $0 + 1, ["full_name": .text("Nadie \($0)"), "household_size": .integer($0 % 9)],
          at: 1_700_000_000_000 + Int64($0 % days) * 86_400_000)
      })
    try body(data)
  }
}

/// Runs a channel once.
func synchronise(
  _ data: StageData, _ channel: Channel, _ policy: RetryPolicy = RetryPolicy(attempts: 4)
) throws -> SyncReport {
  var run = SyncRun(data, channel, surroundings(policy))
  return try run.run()
}

/// The identifiers in JSON Lines objects, each as often as it is there.
func identifiers(_ objects: some Sequence<[UInt8]>) throws -> [String] {
  return try objects.flatMap { object in
    try object.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(LakeLine.self, from: Data($0)).submission_id
    }
  }
}

/// What every line of the lake has.
struct LakeLine: Decodable { let submission_id: String }
