import Foundation
import GRDB
import HTTP
import Interview
import Synchronization
import TestSupport
import Testing
import Vault

@testable import Exchange
@testable import Store

/// The outbox against a server in memory that fails as it is told.
@Suite struct SyncRunTests {
  @Test func everySubmissionArrivesOnceInParts() throws {
    try withStage(25, days: 2) { data in
      let server = FakeServer()
      let first = try synchronise(data, channel(target(server)))
      #expect(first.sent == 25 && first.parcels == 4 && first.stopped == nil)
      let keys = server.objects.keys.sorted()
      #expect(keys.count == 4)
      let folder =
        "https://s3.test/bucket/submissions/stage%3Dtest/office%3D__HIVE_DEFAULT_PARTITION__"
        + "/dt%3D2023-11-14/form%3Dacogida/format%3Djsonl/part-"
      #expect(keys[0].hasPrefix(folder) && keys[0].hasSuffix(".jsonl"))
      #expect(try identifiers(server.objects.values).sorted() == (1...25).map(identifier))
      // Nothing is left to do, and nothing is asked of the server.
      let asked = server.requests.count
      #expect(try synchronise(data, channel(target(server))).sent == 0)
      #expect(server.requests.count == asked)
    }
  }

  @Test(.timeLimit(.minutes(15))) func whatCannotBeReadIsNotSentAndHoldsNothingUp() throws {
    try withStage(3) { data in
      try data.submissions.database.pool.write {
        try $0.execute(sql: "UPDATE submission SET sealed_row = zeroblob(80) WHERE number = 2")
      }
      let server = FakeServer()
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 2 && report.stopped == nil && report.refused.isEmpty)
      #expect(try identifiers(server.objects.values).sorted() == [identifier(1), identifier(3)])
      #expect(data.submissions.unreadable.map(\.id) == [identifier(2)])
    }
  }

  @Test func aKeyIsTheHashOfWhatIsThere() throws {
    try withStage(3) { data in
      let server = FakeServer()
      _ = try synchronise(data, channel(target(server)))
      for (key, object) in server.objects {
        #expect(key.contains("part-" + Digest.hexadecimal(Digest.sha256(object).prefix(16))))
      }
      let put = try #require(server.requests.first { $0.method == "PUT" })
      #expect(put.headers.contains(HTTPHeader("If-None-Match", "*")))
      let md5 = Data(MD5.digest(put.body)).base64EncodedString()
      #expect(put.headers.contains(HTTPHeader("Content-MD5", md5)))
      #expect(server.requests.last?.method == "HEAD")
    }
  }

  @Test func anAnswerThatGotLostIsNoSecondObject() throws {
    try withStage(5) { data in
      let server = FakeServer()
      // Written, but the answer never comes; then a broken line; then 412 says that it is there.
      let lost = LosingAnswers(server, count: 2)
      let report = try synchronise(data, channel(target(lost)))
      #expect(report.sent == 5 && report.retries == 2 && server.puts == 1)
      let receipt = try #require(try data.outbox.receipts(identifier(1)).first)
      #expect(receipt.state == .sent && receipt.status == 412 && receipt.attempts == 1)
      #expect(receipt.place.hasPrefix("s3://bucket/submissions/stage=test/"))
    }
  }

  @Test func withoutConditionalWritesItLooksFirst() throws {
    try withStage(12) { data in
      let server = FakeServer()
      server.state.withLock { $0.isConditional = false }
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 12 && server.puts == 2)
      #expect(
        server.requests.map(\.method) == ["PUT", "HEAD", "PUT", "HEAD", "HEAD", "PUT", "HEAD"])
    }
  }

  @Test func withoutMD5TagsEveryByteIsCompared() throws {
    try withStage(4) { data in
      let server = FakeServer()
      server.state.withLock { $0.tagsByMD5 = false }
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 4)
      #expect(server.requests.map(\.method) == ["PUT", "HEAD", "GET"])
    }
  }

  @Test func anotherObjectUnderTheNameIsNotTakenForOurs() throws {
    try withStage(4) { data in
      let server = FakeServer()
      let plan = try #require(
        try LakePacker(
          dataset: SubmissionsDataset(withoutIdentity: false), format: .jsonl, batch: 10, key: nil,
          form: { _ in form }
        ).draft(data.submissions.list().reversed(), data.submissions))
      let url = "https://s3.test/bucket/" + URIEncoding.encode(plan.name, keeping: "/")
      server.state.withLock { $0.objects[url] = [1, 2, 3] }
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 0 && report.refused.map(\.kind) == [.differs])
      #expect(server.objects[url] == [1, 2, 3])
      #expect(try data.outbox.receipts(identifier(1)).first?.state == .refused)
    }
  }

  @Test(
    arguments: [
      (401, "InvalidAccessKeyId", .unauthorised), (403, "SignatureDoesNotMatch", .unauthorised),
      (403, "AccessDenied", .forbidden), (403, "ExpiredToken", .expired),
      (400, "ExpiredToken", .expired), (403, "QuotaExceeded", .quota), (507, "", .quota),
      (413, "EntityTooLarge", .quota), (404, "NoSuchBucket", .missing),
      (301, "PermanentRedirect", .region), (400, "AuthorizationHeaderMalformed", .region),
    ] as [(Int, String, SyncProblem.Kind)])
  func whatNobodyButAPersonCanMendStopsTheRun(
    status: Int, code: String, kind: SyncProblem.Kind
  ) throws {
    try withStage(30) { data in
      let server = FakeServer()
      let refusal = FakeServer.error(status, code)
      server.script(.success(refusal), .success(refusal))
      let report = try synchronise(data, channel(target(server)))
      #expect(report.stopped?.kind == kind && report.stopped?.status == status)
      #expect(report.sent == 0 && server.requests.count == 2)
      // Mended, the next run sends all, the frozen part first.
      #expect(try synchronise(data, channel(target(server))).sent == 30)
      #expect(try identifiers(server.objects.values).count == 30)
    }
  }

  @Test(
    arguments: [
      FakeServer.error(503, "SlowDown"), FakeServer.error(500, "InternalError"),
      FakeServer.error(409, "ConditionalRequestConflict"), FakeServer.error(400, "BadDigest"),
      FakeServer.error(403, "SignatureDoesNotMatch"), HTTPResponse(status: 429),
      HTTPResponse(status: 200, body: Array("<html>Welcome to the hotel".utf8)),
      FakeServer.error(400, "RequestTimeout"), HTTPResponse(status: 302),
    ])
  func whatPassesByItselfIsTriedAgain(answer: HTTPResponse) throws {
    try withStage(4) { data in
      let server = FakeServer()
      server.script(.success(answer))
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 4 && report.stopped == nil)
      #expect(report.retries == 1 && server.puts == 1)
    }
  }

  @Test func aNetworkThatIsGoneStopsAfterAFewAttempts() throws {
    try withStage(30) { data in
      let server = FakeServer()
      server.state.withLock {
        $0.script = Array(repeating: .failure(.unreachable), count: 4)
      }
      let report = try synchronise(data, channel(target(server)))
      #expect(report.stopped?.kind == .unreachable && server.requests.count == 4)
      #expect(try data.outbox.counts("hq/jsonl").unsent == 30)
    }
  }

  @Test func aWrongClockIsMadeUpFor() throws {
    try withStage(2) { data in
      let server = FakeServer()
      let date = "Tue, 14 Nov 2023 23:13:20 GMT"
      server.script(
        .success(FakeServer.error(403, "RequestTimeTooSkewed", headers: ["date": date])))
      let report = try synchronise(data, channel(target(server)))
      #expect(report.sent == 2)
      let stamps = server.requests.compactMap { request in
        request.headers.first { $0.name == "x-amz-date" }?.value
      }
      #expect(stamps == ["20231114T221320Z", "20231114T231320Z", "20231114T231320Z"])
    }
  }

  @Test func whatIsSealedOnlyTheOrganisationOpens() throws {
    try withStage(3) { data in
      let server = FakeServer()
      let secret = try OrganisationSecret.random()
      _ = try synchronise(data, channel(target(server), key: secret.publicKey))
      let (key, object) = try #require(server.objects.first)
      #expect(key.hasSuffix(".jsonl.sealed"))
      #expect(!String(decoding: object, as: UTF8.self).contains("Nadie"))
      #expect(try identifiers([try secret.open(object)]).count == 3)
      let stranger = try OrganisationSecret.random()
      #expect(throws: VaultError.damaged) { try stranger.open(object) }
    }
  }

  @Test func anotherFormsSubmissionsWait() throws {
    try withStage(3) { data in
      let server = FakeServer()
      let channel = Channel.lake(
        "hq", .csv, target: target(server), batch: 10, withoutIdentity: false, key: nil,
        form: { _ in nil })
      let report = try synchronise(data, channel)
      #expect(report.sent == 0 && report.unknownForms == ["acogida"] && report.stopped == nil)
    }
  }
}

/// Passes requests on and loses the first answers.
final class LosingAnswers: HTTPTransport {
  private let server: FakeServer
  private let left: Mutex<Int>

  init(_ server: FakeServer, count: Int) {
    self.server = server
    left = Mutex(count)
  }

  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    let answer = try server.send(request)
    let isLost = left.withLock { left in
      left -= 1
      return left >= 0
    }
    if isLost { throw .broken(code: 52) }
    return answer
  }
}
