import Foundation
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Exchange
@testable import Store

/// An OpenRosa server in memory: knows a record by its instanceID, as ODK Central does.
private final class OpenRosaServer: HTTPTransport {
  struct State {
    var records: [String: [UInt8]] = [:]
    var requests: [HTTPRequest] = []
    var script: [Result<HTTPResponse, HTTPFailure>?] = []
  }

  let state = Mutex(State())

  func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
    let result = state.withLock { state -> Result<HTTPResponse, HTTPFailure> in
      state.requests.append(request)
      if !state.script.isEmpty, let scripted = state.script.removeFirst() { return scripted }
      if request.method == "HEAD" {
        return .success(
          HTTPResponse(
            status: 204,
            headers: ["x-openrosa-version": "1.0", "x-openrosa-accept-content-length": "100000"]))
      }
      let record = Self.record(request)
      let id = Self.instance(record)
      if let kept = state.records[id], kept != record {
        return .success(HTTPResponse(status: 409))
      }
      let status = state.records[id] == nil ? 201 : 202
      state.records[id] = record
      return .success(HTTPResponse(status: status))
    }
    return try result.get()
  }

  /// The part `xml_submission_file` of a form, by the standard (RFC 7578).
  static func record(_ request: HTTPRequest) -> [UInt8] {
    let type = request.headers.first { $0.name == "Content-Type" }?.value ?? ""
    let boundary = type.components(separatedBy: "boundary=").last ?? ""
    let text = String(decoding: request.body, as: UTF8.self)
    let parts = text.components(separatedBy: "--\(boundary)")
    guard parts.count == 3, parts[0].isEmpty, parts[2] == "--\r\n",
      parts[1].contains("name=\"xml_submission_file\"")
    else { return [] }
    let body = parts[1].components(separatedBy: "\r\n\r\n").dropFirst().joined(
      separator: "\r\n\r\n")
    return Array(body.dropLast(1).utf8)
  }

  static func instance(_ record: [UInt8]) -> String {
    let text = String(decoding: record, as: UTF8.self)
    return text.components(separatedBy: "<orx:instanceID>").last?
      .components(separatedBy: "</orx:instanceID>").first ?? ""
  }

  func script(_ answers: Result<HTTPResponse, HTTPFailure>?...) {
    state.withLock { $0.script = answers }
  }

  var records: [String: [UInt8]] { state.withLock { $0.records } }
  var requests: [HTTPRequest] { state.withLock { $0.requests } }
}

@Suite struct OpenRosaTests {
  private func channel(_ server: OpenRosaServer) -> Channel {
    .openRosa(
      "central",
      target: OpenRosaTarget(
        url: "https://central.test/v1/key/s3cr3t/projects/1/submission", login: nil,
        transport: server, now: { 1_700_000_000 }))
  }

  @Test func everyRecordArrivesOnceAsAnXForm() throws {
    try withStage(3) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      let report = try synchronise(data, channel(server))
      #expect(report.sent == 3 && report.stopped == nil)
      #expect(server.records.keys.sorted() == (1...3).map { "uuid:" + identifier($0) })
      let record = String(
        decoding: server.records["uuid:" + identifier(2)] ?? [], as: UTF8.self)
      let expected = """
        <?xml version="1.0" encoding="UTF-8"?>
        <data xmlns:orx="http://openrosa.org/xforms" id="acogida" version="1">
          <full_name>Nadie 1</full_name>
          <phone/>
          <household_size>1</household_size>
          <needs/>
          <consent_data/>
          <province/>
          <orx:meta>
            <orx:instanceID>uuid:a0000000-0000-4000-8000-000000000002</orx:instanceID>
            <orx:timeStart>2023-11-14T22:13:20Z</orx:timeStart>
            <orx:timeEnd>2023-11-14T22:13:20Z</orx:timeEnd>
          </orx:meta>
        </data>

        """
      #expect(record == expected)
      let head = try #require(server.requests.first)
      #expect(head.method == "HEAD" && head.body.isEmpty)
      #expect(head.headers.contains(HTTPHeader("X-OpenRosa-Version", "1.0")))
      #expect(head.headers.contains(HTTPHeader("Date", "Tue, 14 Nov 2023 22:13:20 GMT")))
      // The token of the address is a secret.
      let receipt = try #require(try data.outbox.receipts(identifier(1)).first)
      #expect(receipt.place.hasPrefix("https://central.test/v1/key/…/projects/1/submission"))
    }
  }

  @Test func aLostAnswerSendsTheSameBytesAgain() throws {
    try withStage(2) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      server.script(nil, .failure(.broken(code: 52)))
      let report = try synchronise(data, channel(server))
      #expect(report.sent == 2 && report.retries == 1)
      let bodies = server.requests.filter { $0.method == "POST" }.map(\.body)
      #expect(bodies.count == 3 && bodies[0] == bodies[1])
    }
  }

  @Test func aLoginPageGetsNobodysData() throws {
    try withStage(2) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      let page = HTTPResponse(status: 200, body: Array("<html>".utf8))
      server.script(.success(page), .success(page))
      let report = try synchronise(data, channel(server))
      #expect(report.stopped?.kind == .notTheServer && report.sent == 0)
      #expect(server.requests.allSatisfy { $0.method == "HEAD" })
    }
  }

  @Test(
    arguments: [
      (200, .notTheServer), (401, .unauthorised), (403, .forbidden), (402, .quota), (404, .missing),
    ] as [(Int, SyncProblem.Kind)]) func onlyTwoAnswersCount(status: Int, kind: SyncProblem.Kind)
    throws
  {
    try withStage(5) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      let answer = HTTPResponse(status: status)
      server.script(nil, .success(answer), .success(answer))
      let report = try synchronise(data, channel(server))
      #expect(report.stopped?.kind == kind && report.sent == 0)
      #expect(try synchronise(data, channel(server)).sent == 5)
    }
  }

  @Test func aConflictNeedsAPersonAndTheRestGoesOn() throws {
    try withStage(3) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      server.state.withLock { $0.records["uuid:" + identifier(2)] = [1] }
      let report = try synchronise(data, channel(server))
      #expect(report.sent == 2 && report.refused.map(\.kind) == [.differs])
      #expect(try data.outbox.counts("central/openrosa").refused == 1)
    }
  }

  @Test(arguments: [423, 429, 500, 503]) func aBusyServerIsAskedAgain(status: Int) throws {
    try withStage(1) { (data: StageData) throws -> Void in
      let server = OpenRosaServer()
      server.script(nil, .success(HTTPResponse(status: status)))
      let report = try synchronise(data, channel(server))
      #expect(report.sent == 1 && report.retries == 1)
    }
  }

  @Test(
    arguments: [
      ("a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c'"), ("x\u{1}y\u{1F}", "x\u{FFFD}y\u{FFFD}"),
      ("a\r\nb", "a&#13;\nb"), ("ñ😀", "ñ😀"),
    ]) func textIsWhatXMLAllows(text: String, escaped: String)
  {
    #expect(XFormRecord.escape(text) == escaped)
  }
}

@Suite struct HTTPDateTests {
  @Test(arguments: [0, 1_700_000_000, 951_782_400, 4_107_542_399, 86_399, 1_709_164_799])
  func aDateReadsBack(seconds: Int64) {
    #expect(HTTPDate.seconds(HTTPDate.http(seconds)) == seconds)
  }

  @Test(
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (951_826_554, "Tue, 29 Feb 2000 12:15:54 GMT"),
    ]) func isAsTheStandardWritesIt(seconds: Int64, text: String)
  {
    #expect(HTTPDate.http(seconds) == text)
  }

  @Test(arguments: ["", "x", "Thu, 32 Jan 1970 00:00:00 GMT", "Thu, 01 Foo 1970 00:00:00 GMT"])
  func nonsenseIsNoDate(text: String) { #expect(HTTPDate.seconds(text) == nil) }
}
