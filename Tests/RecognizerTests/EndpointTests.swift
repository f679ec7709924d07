import Foundation
import HTTP
import Synchronization
import TestSupport
import Testing
import Transcription

@testable import Recognizer

/// An OpenAI-compatible endpoint, without a network.
@Suite struct EndpointTests {
  /// Answers every request alike and keeps them.
  private final class FakeTransport: HTTPTransport {
    let requests = Mutex<[HTTPRequest]>([])
    private let answer: Result<HTTPResponse, HTTPFailure>

    init(_ answer: Result<HTTPResponse, HTTPFailure>) { self.answer = answer }

    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
      requests.withLock { $0.append(request) }
      return try answer.get()
    }
  }

  private func ask(
    _ answer: Result<HTTPResponse, HTTPFailure>
  ) throws -> (Recognition, HTTPRequest) {
    let url = "https://a.example/v1/audio/transcriptions"
    let address = try #require(RemoteAddress(url))
    let transport = FakeTransport(answer)
    var endpoint = EndpointRecognizer(
      RemoteEngine(address: address), url: url, languages: ["es"], key: "k", transport: transport)
    let recognition = try endpoint.ask([1, -2, .max])
    return (recognition, try #require(transport.requests.withLock { $0.first }))
  }

  private static func response(_ status: Int, _ body: String = "{}")
    -> Result<HTTPResponse, HTTPFailure>
  {
    .success(HTTPResponse(status: status, body: Array(body.utf8)))
  }

  @Test func aSegmentIsAskedAsAForm() throws {
    let (heard, request) = try ask(Self.response(200, #"{"text":"hola","usage":{}}"#))
    #expect(heard == Recognition(text: "hola", language: "es"))
    #expect(request.headers.contains(HTTPHeader("Authorization", "Bearer k")))
    let body = String(decoding: request.body, as: Unicode.ASCII.self)
    #expect(body.hasSuffix("\r\n--acogida-7f3b9d5e41c8a260--\r\n"))
    #expect(body.contains("name=\"language\"\r\n\r\nes\r\n"))
    #expect(body.contains("filename=\"segment.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF"))
  }

  @Test func aRecordingInMemoryIsAWave() {
    let bytes = WAV.bytes([1, -2, .max])
    #expect(bytes.count == 50)
    #expect(bytes[4..<8] == [42, 0, 0, 0] && bytes[24..<28] == [0x80, 0x3E, 0, 0])
    #expect(bytes[40...] == [6, 0, 0, 0, 1, 0, 0xFE, 0xFF, 0xFF, 0x7F])
  }

  @Test(arguments: [
    (401, RemoteProblem.keyRefused), (403, .keyRefused), (400, .refused), (404, .refused),
    (413, .refused), (302, .refused), (408, .timedOut), (429, .busy), (503, .busy),
    (500, .serverFailed), (200, .nonsense),
  ])
  func aStatusSaysWhatIsWrong(status: Int, problem: RemoteProblem) {
    #expect(throws: problem) { try ask(Self.response(status)) }
  }

  @Test(arguments: [
    (HTTPFailure.unknownHost, RemoteProblem.unknownHost), (.unreachable, .unreachable),
    (.timedOut, .timedOut), (.cancelled, .timedOut), (.untrusted, .untrusted),
    (.authorityFile, .untrusted), (.broken(code: 52), .cut), (.libraryMissing, .libraryMissing),
  ])
  func aNetworkSaysWhatIsWrong(failure: HTTPFailure, problem: RemoteProblem) {
    #expect(throws: problem) { try ask(.failure(failure)) }
  }

  @Test(arguments: 0..<100) func noAnswerCrashes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(#"{"text":"dos palabras"}"#.utf8)
    for _ in 0..<3 { bytes[Int.random(in: bytes.indices, using: &random)] = random.bytes(1)[0] }
    // A text, or a refusal.
    _ = try? ask(.success(HTTPResponse(status: 200, body: bytes)))
  }

  @Test func aKeyIsReadFromItsFileOrTheEnvironment() throws {
    try withTemporaryFolder { folder in
      let address = try #require(RemoteAddress("https://a.example"))
      var remote = RemoteEngine(address: address)
      let name = remote.keyVariable
      #expect(try RemoteKey.read(remote, environment: [:]) == nil)
      #expect(try RemoteKey.read(remote, environment: [name: " k\n"]) == "k")
      #expect(throws: RemoteProblem.keyMissing) {
        try RemoteKey.read(remote, environment: [name: "k\r\nHost: x"])
      }
      remote.keyFile = folder + "/key"
      #expect(throws: RemoteProblem.keyMissing) { try RemoteKey.read(remote, environment: [:]) }
      try Data("secret\n".utf8).write(to: URL(fileURLWithPath: remote.keyFile))
      chmod(remote.keyFile, 0o644)
      #expect(throws: RemoteProblem.keyMissing) { try RemoteKey.read(remote, environment: [:]) }
      chmod(remote.keyFile, 0o600)
      #expect(try RemoteKey.read(remote, environment: [name: "other"]) == "secret")
    }
  }
}
