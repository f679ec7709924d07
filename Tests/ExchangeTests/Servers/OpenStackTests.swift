import Foundation
import HTTP
import TestSupport
import Testing

@testable import Exchange
@testable import Store

/// The outbox against OpenStack Swift: another implementation of S3, signatures and conditional writes of its own.
@Suite(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"), .serialized)
struct OpenStackTests {
  private enum Answer: Decodable {
    case ready(S3Server)
    case skipped(String)

    private enum Keys: CodingKey { case skip }

    init(from decoder: any Decoder) throws {
      let reason = try decoder.container(keyedBy: Keys.self)
        .decodeIfPresent(String.self, forKey: .skip)
      if let reason { self = .skipped(reason) } else { self = .ready(try S3Server(from: decoder)) }
    }
  }

  private struct Made: Decodable { let made: String }

  @Test func everySubmissionArrivesOnceAndNobodyElseGetsIn() throws {
    let helper = try HelperProcess("swift_s3.py", interpreter: "/usr/bin/python3")
    defer { helper.end() }
    switch try helper.line(Answer.self) {
    case .skipped(let reason): print("OpenStack Swift was not asked: \(reason)")
    case .ready(let server):
      let made = try HelperProcess.ask("bucket.py", server.arguments, Made.self)
      #expect(made.made == "lake")
      try check(server)
    }
  }

  private func check(_ server: S3Server) throws {
    try withStage(60, days: 2) { (data: StageData) throws -> Void in
      let stranger = target(server, server.stranger_key, server.stranger_secret)
      #expect(try synchronise(data, channel(stranger, batch: 20)).stopped?.kind == .forbidden)
      let wrong = target(server, server.access_key, "wrong")
      // Swift answers a wrong signature with 403, in some versions without telling why.
      let refusal = try #require(try synchronise(data, channel(wrong, batch: 20)).stopped)
      #expect(
        refusal.status == 403 && [.unauthorised, .forbidden].contains(refusal.kind), "\(refusal)")
      let right = target(server, server.access_key, server.secret_key)
      for format in LakeFormat.allCases {
        let report = try synchronise(data, channel(right, format, batch: 20))
        #expect(report.sent == 60 && report.stopped == nil && report.refused.isEmpty)
      }
      let payload = Array("again".utf8)
      let draft = ParcelDraft(
        name: "other/ñ=1/x.bin", payload: payload, submissions: [identifier(1)])
      let parcel = try #require(try data.outbox.freeze(draft, channel: "x", at: 0))
      #expect(right.find(parcel) == .absent)
      #expect(right.deliver(parcel, payload) == .there(status: 200))
      // This version passes over `If-None-Match` and writes the same bytes again, which does no harm.
      #expect([.there(status: 412), .there(status: 200)].contains(right.deliver(parcel, payload)))
    }
    try withTemporaryFolder { (folder: String) throws -> Void in
      let counts = try HelperProcess.ask(
        "lake.py", server.arguments + [folder], LakeCounts.self)
      #expect(counts.rows == ["jsonl": 60, "csv": 60])
      #expect(counts.distinct == ["jsonl": 60, "csv": 60])
    }
  }

  private func target(_ server: S3Server, _ key: String, _ secret: String) -> S3Target {
    S3Target(
      bucket: S3Bucket(name: "lake", region: "us-east-1", endpoint: server.endpoint),
      credentials: AWSCredentials(accessKey: key, secretKey: secret),
      transport: CurlTransport(userAgent: "acogida-test"),
      now: { Int64(Date().timeIntervalSince1970) })
  }
}
