import Audio
import Foundation
import HTTP
import Transcription

/// Recognises segments at an OpenAI-compatible transcription endpoint (`POST /v1/audio/transcriptions`).
struct EndpointRecognizer: RemoteRecognizer {
  private let url: String
  private let modelsURL: String?
  private let model: String
  private let language: String?
  private let key: String?
  private let answerSeconds: Int
  private let transport: any HTTPTransport
  private let cancel: @Sendable () -> Void

  /// The most bytes that an answer may have.
  private static let answerLimit = 1 << 20

  /// Prepares a client; nothing is sent.
  ///
  /// - Throws: ``RemoteProblem/keyMissing``.
  init(_ remote: RemoteEngine, url: String, languages: [String]) throws(RemoteProblem) {
    let curl = CurlTransport(
      HTTPSettings(
        authorityFile: remote.authorityFile.isEmpty ? nil : remote.authorityFile,
        connectTimeout: .seconds(5), stallTimeout: .seconds(remote.answerSeconds)),
      userAgent: "acogida")
    self.init(
      remote, url: url, languages: languages, key: try RemoteKey.read(remote), transport: curl,
      cancel: { curl.cancel() })
  }

  init(
    _ remote: RemoteEngine, url: String, languages: [String], key: String?,
    transport: any HTTPTransport, cancel: @escaping @Sendable () -> Void = {}
  ) {
    self.url = url
    modelsURL = remote.address.modelsURL
    model = remote.model
    language = languages.count == 1 ? languages[0] : nil
    self.key = key
    answerSeconds = remote.answerSeconds
    self.transport = transport
    self.cancel = cancel
  }

  /// The models it lists; empty where it does not tell. Finds out whether it is there and takes the key.
  func models() throws(RemoteProblem) -> [String] {
    guard let modelsURL else { return [] }
    let request = HTTPRequest(
      "GET", modelsURL, headers: headers, responseLimit: EndpointRecognizer.answerLimit)
    let response = try send(request)
    // Small servers have nothing there.
    guard response.status != 404, response.status != 405 else { return [] }
    try check(response.status)
    struct List: Decodable {
      struct Model: Decodable { let id: String }
      let data: [Model]
    }
    return (try? JSONDecoder().decode(List.self, from: Data(response.body)))?.data.map(\.id) ?? []
  }

  mutating func ask(_ samples: [Int16]) throws(RemoteProblem) -> Recognition {
    var form = MultipartForm()
    form.add("model", model)
    if let language { form.add("language", language) }
    form.add("response_format", "json")
    form.add("temperature", "0")
    form.add("file", name: "segment.wav", type: "audio/wav", WAV.bytes(samples))
    let response = try send(
      HTTPRequest(
        "POST", url, headers: headers + [HTTPHeader("Content-Type", form.contentType)],
        body: form.bytes, responseLimit: EndpointRecognizer.answerLimit))
    try check(response.status)
    struct Answer: Decodable { let text: String }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else {
      throw .nonsense
    }
    return Recognition(text: answer.text, language: language)
  }

  private var headers: [HTTPHeader] {
    [HTTPHeader("Accept", "application/json")]
      + (key.map { [HTTPHeader("Authorization", "Bearer \($0)")] } ?? [])
  }

  /// Sends once; an answer that trickles in is given up too.
  private func send(_ request: HTTPRequest) throws(RemoteProblem) -> HTTPResponse {
    let giveUp = DispatchWorkItem { [cancel] in cancel() }
    DispatchQueue.global().asyncAfter(
      deadline: .now() + .seconds(answerSeconds * 2), execute: giveUp)
    defer { giveUp.cancel() }
    do throws(HTTPFailure) {
      return try transport.send(request)
    } catch {
      switch error {
      case .libraryMissing: throw .libraryMissing
      case .unknownHost, .unknownProxy: throw .unknownHost
      case .unreachable: throw .unreachable
      case .timedOut, .cancelled: throw .timedOut
      case .untrusted, .authorityFile: throw .untrusted
      case .broken: throw .cut
      }
    }
  }

  private func check(_ status: Int) throws(RemoteProblem) {
    switch status {
    case 200..<300: return
    case 401, 403: throw .keyRefused
    case 408: throw .timedOut
    case 425, 429, 502, 503, 504: throw .busy
    case 500...: throw .serverFailed
    default: throw .refused
    }
  }
}

/// The key of an endpoint.
enum RemoteKey {
  /// Reads the key; nil where none is meant.
  ///
  /// - Throws: ``RemoteProblem/keyMissing`` for a file that can't be read, is empty or may be read by others.
  static func read(
    _ remote: RemoteEngine,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(RemoteProblem) -> String? {
    guard !remote.keyFile.isEmpty else {
      let text = environment[remote.keyVariable] ?? ""
      return text.isEmpty ? nil : try cleaned(text)
    }
    var info = stat()
    guard stat(remote.keyFile, &info) == 0, info.st_mode & 0o077 == 0,
      let text = try? String(contentsOfFile: remote.keyFile, encoding: .utf8)
    else { throw .keyMissing }
    return try cleaned(text)
  }

  private static func cleaned(_ text: String) throws(RemoteProblem) -> String {
    let key = text.trimmingCharacters(in: .whitespacesAndNewlines)
    // Anything else would be another header.
    guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .keyMissing
    }
    return key
  }
}
