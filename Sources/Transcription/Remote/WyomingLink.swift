import Foundation

/// A connection to a Wyoming server: one thread reads, any thread sends.
///
/// Sendable without a check because only the reading thread touches the parser, and the stream is Sendable.
public final class WyomingLink: @unchecked Sendable {
  private let stream: SocketStream
  private var parser = WyomingParser(limits: .network)

  /// How long a connection and the answer to "who are you" may take, seconds.
  static let patience = 5

  /// Connects.
  public init(host: String, port: Int, answerSeconds: Int) throws(RemoteProblem) {
    stream = try SocketStream(host: host, port: port, within: WyomingLink.patience)
    stream.limitWriting(to: answerSeconds)
  }

  /// Asks the server what it can do.
  public func describe() throws(RemoteProblem) -> WyomingInfo {
    try send(WyomingEvent(type: "describe"))
    let end = ContinuousClock.now + .seconds(WyomingLink.patience)
    while true {
      let event = try next(before: end)
      if event.type == "error" { throw WyomingLink.problem(event) }
      if event.type == "info" { return WyomingInfo(event) }
    }
  }

  /// Sends an event.
  public func send(_ event: WyomingEvent) throws(RemoteProblem) {
    guard let bytes = try? event.encoded() else { throw .nonsense }
    try stream.write(bytes)
  }

  /// The next event.
  ///
  /// - Parameter end: when to give up; nil for never.
  /// - Throws: ``RemoteProblem/cut`` at the end of the stream, ``RemoteProblem/nonsense`` for bytes that are no event.
  public func next(before end: ContinuousClock.Instant? = nil) throws(RemoteProblem)
    -> WyomingEvent
  {
    while true {
      do throws(WyomingError) {
        if let event = try parser.next() { return event }
      } catch {
        throw .nonsense
      }
      let rest = end.map { max(0, ($0 - .now) / .seconds(1)) }
      guard let bytes = try stream.read(within: rest) else { throw .cut }
      parser.append(bytes)
    }
  }

  /// What stands behind a server's error.
  public static func problem(_ event: WyomingEvent) -> RemoteProblem {
    let code = event.data["code"]?.string ?? ""
    return RemoteProblem(rawValue: code) ?? .serverFailed
  }
}

/// What a Wyoming server says of itself.
public struct WyomingInfo: Hashable, Sendable {
  /// Name of its recogniser; nil where it has none.
  public let recogniser: String?
  /// Names of its models.
  public let models: [String]
  /// ISO 639-1 codes of the languages they know; empty where it does not say.
  public let languages: [String]
  /// Whether it speaks this program's extension: times, text that may change, progress.
  public let isExtended: Bool

  /// The version of the extension.
  static let extensionVersion: Int64 = 1

  /// Reads an `info` event.
  public init(_ event: WyomingEvent) {
    let programs = WyomingInfo.objects(event.data["asr"])
    let models = programs.flatMap { WyomingInfo.objects($0["models"]) }
    recogniser = programs.first.map { $0["name"]?.string ?? "" }
    self.models = models.compactMap { $0["name"]?.string }
    languages = Array(Set(models.flatMap { $0["languages"]?.strings ?? [] })).sorted()
    if case .object(let own) = event.data["acogida"] {
      isExtended = own["protocol"]?.integer == WyomingInfo.extensionVersion
    } else {
      isExtended = false
    }
  }

  /// Refuses a server that can't do what is asked.
  ///
  /// - Parameter language: the language spoken, ISO 639-1; nil to have it detected.
  public func check(language: String?) throws(RemoteProblem) {
    guard recogniser != nil else { throw .notARecogniser }
    guard let language, !languages.isEmpty else { return }
    let known = languages.contains { $0.lowercased().prefix { $0.isLetter } == language }
    if !known { throw .languageUnknown }
  }

  /// The `info` event of a server with one model.
  static func event(model: String, languages: [String], version: String) -> WyomingEvent {
    let attribution = JSONValue.object(["name": .string("Acogida"), "url": .string("")])
    let common: [String: JSONValue] = [
      "attribution": attribution, "installed": .boolean(true), "version": .string(version),
    ]
    let inner: [String: JSONValue] = [
      "name": .string(model), "description": .string(model),
      "languages": .array(languages.map { .string($0) }),
    ]
    let program: [String: JSONValue] = [
      "name": .string("acogida"), "description": .string("Acogida"),
      "models": .array([.object(inner.merging(common) { $1 })]),
      "supports_transcript_streaming": .boolean(false),
    ]
    var data: [String: JSONValue] = [
      "asr": .array([.object(program.merging(common) { $1 })]),
      "acogida": .object(["protocol": .integer(extensionVersion)]),
    ]
    for kind in ["tts", "handle", "intent", "wake", "mic", "snd"] { data[kind] = .array([]) }
    return WyomingEvent(type: "info", data: data)
  }

  private static func objects(_ value: JSONValue?) -> [[String: JSONValue]] {
    guard case .array(let items) = value else { return [] }
    return items.compactMap { if case .object(let object) = $0 { object } else { nil } }
  }
}
