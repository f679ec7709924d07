import Audio
import Foundation

/// The extension of Wyoming between a desk and `acogida engine serve`: one long talk instead of single utterances.
///
/// The desk's `transcribe` has an object `acogida` with how it wants its segments; from then on both sides
/// speak as a desk and its own engine process do (``EngineRequest``, ``EngineReply``), without any path.
public enum RemoteSession {
  /// Most languages a desk may name.
  private static let mostLanguages = 16

  /// What opens a session.
  public static func opening(
    _ configuration: EngineConfiguration, firstSegment: Int
  ) -> WyomingEvent {
    var wishes: [String: JSONValue] = [
      "languages": .array(configuration.languages.map { .string($0) }),
      "end_silence": .number(configuration.endSilence),
      "maximum_segment": .number(configuration.maximumSegment),
      "live": .boolean(configuration.isLive), "first_segment": .integer(Int64(firstSegment)),
    ]
    wishes["margin"] = configuration.margin.map { .number($0) }
    let language = configuration.languages.count == 1 ? configuration.languages.first : nil
    return WyomingEvent(
      type: "transcribe",
      data: ["language": language.map { .string($0) } ?? .null, "acogida": .object(wishes)])
  }

  /// Whether a `transcribe` opens a session of the extension.
  static func isExtended(_ event: WyomingEvent) -> Bool { wishes(event) != nil }

  private static func wishes(_ event: WyomingEvent) -> [String: JSONValue]? {
    if case .object(let wishes) = event.data["acogida"] { wishes } else { nil }
  }

  /// What the server's own engine process is told: its model and threads, the desk's wishes as far as they make sense.
  ///
  /// - Parameters:
  ///   - event: a `transcribe`, with or without the extension.
  ///   - base: the server's configuration.
  ///   - known: the languages of its model.
  /// - Throws: ``RemoteProblem/languageUnknown`` for a language that the model does not know.
  static func configuration(
    _ event: WyomingEvent, base: EngineConfiguration, known: Set<String>
  ) throws(RemoteProblem) -> (EngineConfiguration, firstSegment: Int) {
    var result = base
    let wishes = wishes(event)
    if let languages = wishes?["languages"]?.strings {
      result.languages = languages
    } else if let language = event.data["language"]?.string {
      result.languages = [String(language.lowercased().prefix { $0.isLetter })]
    }
    guard result.languages.count <= mostLanguages, known.isSuperset(of: result.languages) else {
      throw .languageUnknown
    }
    guard let wishes else {
      // Nobody sees text that may change.
      result.isLive = false
      return (result, 0)
    }
    result.endSilence = within(0.2...5, wishes["end_silence"]) ?? base.endSilence
    result.maximumSegment = within(2...26, wishes["maximum_segment"]) ?? base.maximumSegment
    result.margin = within(0...2, wishes["margin"])
    result.isLive = wishes["live"]?.boolean ?? true
    let first = wishes["first_segment"]?.integer ?? 0
    return (result, Int(max(0, min(first, 1 << 40))))
  }

  private static func within(_ range: ClosedRange<Double>, _ value: JSONValue?) -> Double? {
    guard let number = value?.number, number.isFinite else { return nil }
    return min(max(number, range.lowerBound), range.upperBound)
  }
}

/// Passes on what a server answers, as long as it can be true. A pure value.
///
/// A server may be wrong or wicked: a position that was never sent would make the desk forget sound that
/// nobody has heard, an old segment would be heard twice.
public struct ReplyCheck: Sendable {
  /// Longest text of one segment, characters.
  private static let longestText = 8_000

  private var nextSegment: Int
  private var sent: Int64 = 0

  /// A check for a session whose first segment has this number.
  public init(firstSegment: Int) { nextSegment = firstSegment }

  /// Notes that sound up to this sample was sent.
  public mutating func note(sent position: Int64) { sent = max(sent, position) }

  /// The reply as it may be passed on.
  ///
  /// - Throws: ``RemoteProblem`` for what can't be true, and for the server's own failure.
  public mutating func take(_ reply: EngineReply) throws(RemoteProblem) -> EngineReply {
    switch reply {
    case .ready: return reply
    case .failed: throw .serverFailed
    case .transcript(let event):
      let limit = Double(sent) / Double(AudioFormat.sampleRate) + 1
      guard event.segment == nextSegment, event.start.isFinite, event.end.isFinite,
        event.start >= 0, event.start <= event.end, event.end <= limit,
        event.text.count <= ReplyCheck.longestText
      else { throw .nonsense }
      if event.kind == .settled { nextSegment += 1 }
      return .transcript(cleaned(event))
    case .speakers(let labels):
      guard labels.allSatisfy({ (0..<nextSegment).contains($0.key) && $0.value.count <= 64 })
      else { throw .nonsense }
      return reply
    case .progress(let position, let next):
      guard position <= sent, next == nextSegment else { throw .nonsense }
      return reply
    case .finished(let position):
      guard position <= sent else { throw .nonsense }
      return reply
    }
  }

  private func cleaned(_ event: TranscriptEvent) -> TranscriptEvent {
    let scalars = event.text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : String(scalar)
    }
    let code = event.language?.lowercased().filter { $0.isASCII && $0.isLetter }
    return TranscriptEvent(
      kind: event.kind, segment: event.segment, start: event.start, end: event.end,
      text: scalars.joined().precomposedStringWithCanonicalMapping,
      lagMilliseconds: min(max(0, event.lagMilliseconds), 86_400_000),
      language: code.flatMap { (2...3).contains($0.count) ? $0 : nil })
  }
}
