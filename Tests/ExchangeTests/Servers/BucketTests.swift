import Forms
import Foundation
import HTTP
import Interview
import TestSupport
import Testing

@testable import Exchange
@testable import Store

/// The outbox over real HTTP, to a server that checks every signature.
@Suite(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"), .serialized)
struct BucketTests {
  private func withServer(_ body: (S3Server) throws -> Void) throws {
    let helper = try HelperProcess("s3.py")
    defer { helper.end() }
    try body(try helper.line())
  }

  private func target(
    _ server: S3Server, endpoint: String? = nil, secret: String? = nil, key: String? = nil,
    bucket: String? = nil, settings: HTTPSettings = .init()
  ) -> S3Target {
    S3Target(
      bucket: S3Bucket(
        name: bucket ?? server.bucket, region: "us-east-1", endpoint: endpoint ?? server.endpoint),
      credentials: AWSCredentials(
        accessKey: key ?? server.access_key, secretKey: secret ?? server.secret_key),
      transport: CurlTransport(settings, userAgent: "acogida-test"),
      now: { Int64(Date().timeIntervalSince1970) })
  }

  @Test func duckDBFindsEverySubmissionOnce() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(120, days: 3) { (data: StageData) throws -> Void in
        for format in LakeFormat.allCases {
          let report = try synchronise(data, channel(target(server), format, batch: 25))
          #expect(report.sent == 120 && report.parcels == 6 && report.retries == 0)
        }
        let counts = try lake(server)
        let persons = try persons(data)
        for format in ["jsonl", "csv"] {
          #expect(counts.objects[format] == 6)
          #expect(counts.rows[format] == 120 && counts.distinct[format] == 120)
          #expect(counts.persons[format] == persons)
        }
        #expect(counts.days == ["2023-11-14": 40, "2023-11-15": 40, "2023-11-16": 40])
      }
    }
  }

  private func lake(_ server: S3Server) throws -> LakeCounts {
    try withTemporaryFolder { folder in
      try HelperProcess.ask("lake.py", server.arguments + [folder], LakeCounts.self)
    }
  }

  /// The sum of the household sizes, as SQLite has them.
  private func persons(_ data: StageData) throws -> Int {
    var sum = 0
    try data.submissions.forEachRow { row in
      guard case .integer(let size)? = row.field("household_size")?.value else { return }
      sum += size
    }
    return sum
  }

  @Test func theServerRefusesWrongSignaturesAndStrangers() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(2) { (data: StageData) throws -> Void in
        let wrong = try synchronise(data, channel(target(server, secret: "wrong")))
        #expect(wrong.stopped?.kind == .unauthorised)
        #expect(wrong.stopped?.detail == "SignatureDoesNotMatch")
        let unknown = try synchronise(data, channel(target(server, key: "AKIANOBODY")))
        #expect(unknown.stopped?.kind == .unauthorised)
        let stranger = target(
          server, secret: server.stranger_secret, key: server.stranger_key)
        #expect(try synchronise(data, channel(stranger)).stopped?.kind == .forbidden)
        let nowhere = target(server, bucket: "nowhere")
        #expect(try synchronise(data, channel(nowhere)).stopped?.kind == .missing)
        #expect(try synchronise(data, channel(target(server))).sent == 2)
      }
    }
  }

  @Test func whatIsThereAlreadyIsComparedAndNotWritten() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(3) { (data: StageData) throws -> Void in
        let target = target(server)
        let payload = Array("{\"submission_id\":\"x\"}\n".utf8)
        let draft = ParcelDraft(
          name: "submissions/dt=x/ñ +%.jsonl", payload: payload, submissions: [identifier(1)])
        let parcel = try #require(try data.outbox.freeze(draft, channel: "x", at: 0))
        #expect(target.find(parcel) == .absent)
        #expect(target.deliver(parcel, payload) == .there(status: 200))
        #expect(target.deliver(parcel, payload) == .there(status: 412))
        #expect(target.find(parcel) == .there(status: 200))
        let other = ParcelDraft(
          name: draft.name, payload: payload + [10], submissions: [identifier(2)])
        let clash = try #require(try data.outbox.freeze(other, channel: "x", at: 0))
        #expect(
          target.deliver(clash, other.payload) == .refused(SyncProblem(.differs, status: 412)))
      }
    }
  }

  /// Drops, delays, duplicates, cuts and changes: a thousand submissions, none lost, none twice.
  @Test(arguments: [1, 2]) func aBadNetworkLosesNothingAndDoublesNothing(seed: Int) throws {
    try withServer { (server: S3Server) throws -> Void in
      let proxy = try HelperProcess("faults.py", [server.port, String(seed)])
      let endpoint = "http://127.0.0.1:\(try proxy.line(Port.self).port)"
      try withStage(1_000, days: 4) { (data: StageData) throws -> Void in
        let settings = HTTPSettings(connectTimeout: .seconds(5), stallTimeout: .seconds(2))
        let target = target(server, endpoint: endpoint, settings: settings)
        let channel = channel(target, batch: 10)
        var retries = 0
        // A person starts it again when it gives up; what was refused by a changed answer, too.
        for _ in 0..<20 {
          try data.outbox.retryRefused(channel.id, at: 0)
          retries += try synchronise(data, channel, RetryPolicy(attempts: 12)).retries
          if try data.outbox.counts(channel.id).sent == 1_000 { break }
        }
        #expect(
          try data.outbox.counts(channel.id) == ChannelCounts(sent: 1_000, unsent: 0, refused: 0))
        #expect(retries > 20)
        let counts = try lake(server)
        #expect(counts.rows["jsonl"] == 1_000 && counts.distinct["jsonl"] == 1_000)
        #expect(counts.objects["jsonl"] == 100)
      }
      proxy.end()
      let faults: [String: Int] = try proxy.line()
      // Every kind of fault was met.
      #expect(faults.count == 8, "\(faults)")
    }
  }

  @Test func aLimitOfBandwidthIsKept() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(1) { (data: StageData) throws -> Void in
        let payload = [UInt8](repeating: 65, count: 300_000)
        let draft = ParcelDraft(name: "slow", payload: payload, submissions: [identifier(1)])
        let parcel = try #require(try data.outbox.freeze(draft, channel: "x", at: 0))
        let slow = target(server, settings: HTTPSettings(bytesPerSecond: 200_000))
        let begin = ContinuousClock.now
        #expect(slow.deliver(parcel, payload) == .there(status: 200))
        #expect(ContinuousClock.now - begin > .milliseconds(700))
      }
    }
  }

  private struct Port: Decodable { let port: Int }

  @Test func onlyATrustedCertificateGetsData() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(2) { (data: StageData) throws -> Void in
        try withTemporaryFolder { (folder: String) throws -> Void in
          let authority = folder + "/ca.pem"
          let helper = try HelperProcess("faults.py", [server.port, "1", "0", authority])
          let endpoint = "https://127.0.0.1:\(try helper.line(Port.self).port)"
          let report = try synchronise(data, channel(target(server, endpoint: endpoint)))
          #expect(report.stopped?.kind == .untrusted && report.retries == 0)
          let settings = HTTPSettings(authorityFile: authority)
          let trusting = target(server, endpoint: endpoint, settings: settings)
          #expect(try synchronise(data, channel(trusting)).sent == 2)
          helper.end()
        }
      }
    }
  }

  @Test func aProxyIsUsedWhenThereIsOne() throws {
    try withServer { (server: S3Server) throws -> Void in
      try withStage(2) { (data: StageData) throws -> Void in
        let helper = try HelperProcess("faults.py", [server.port, "1", "0"])
        let proxy = "http://127.0.0.1:\(try helper.line(Port.self).port)"
        let target = target(server, settings: HTTPSettings(proxy: proxy))
        #expect(try synchronise(data, channel(target)).sent == 2)
        helper.end()
        let passed: [String: Int] = try helper.line()
        #expect(passed["none"] == 2)
      }
    }
  }
}
