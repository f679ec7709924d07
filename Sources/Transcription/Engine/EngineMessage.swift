import Audio
import Foundation

/// What the desk tells its engine process, as Wyoming events.
public enum EngineRequest: Hashable, Sendable {
  /// Load the model; segments are numbered from `firstSegment`.
  case configure(EngineConfiguration, firstSegment: Int)
  /// Sound.
  case audio(AudioFrame)
  /// Who speaks in the sound that follows; replaces what was told before.
  case voices([VoiceSpan])
  /// Close the open segment now.
  case flush
  /// No more sound: settle everything.
  case finish

  /// The request as an event.
  public func event() throws -> WyomingEvent {
    switch self {
    case .configure(let configuration, let firstSegment):
      let json = try JSONEncoder().encode(configuration)
      var data = try JSONDecoder().decode([String: JSONValue].self, from: json)
      data["language"] = configuration.languages.first.map { .string($0) } ?? .null
      data["firstSegment"] = .integer(Int64(firstSegment))
      return WyomingEvent(type: "transcribe", data: data)
    case .audio(let frame):
      return WyomingEvent(
        type: "audio-chunk",
        data: [
          "rate": .integer(Int64(AudioFormat.sampleRate)), "width": .integer(2),
          "channels": .integer(1), "position": .integer(frame.position),
          "timestamp": .integer(frame.position * 1000 / Int64(AudioFormat.sampleRate)),
        ], payload: PCM.bytes(frame.samples))
    case .voices(let spans):
      let list = spans.map { span in
        JSONValue.object([
          "start": .integer(span.start), "end": .integer(span.end),
          "speaker": .string(span.speaker),
        ])
      }
      return WyomingEvent(type: "voices", data: ["spans": .array(list)])
    case .flush: return WyomingEvent(type: "flush")
    case .finish: return WyomingEvent(type: "audio-stop")
    }
  }

  /// Reads a request; nil for an event that is none of these, which is to be passed over.
  public init?(_ event: WyomingEvent) {
    switch event.type {
    case "transcribe":
      guard let json = try? JSONEncoder().encode(event.data),
        let configuration = try? JSONDecoder().decode(EngineConfiguration.self, from: json)
      else { return nil }
      self = .configure(
        configuration, firstSegment: Int(event.data["firstSegment"]?.integer ?? 0))
    case "audio-chunk":
      guard let position = event.data["position"]?.integer, event.payload.count % 2 == 0
      else { return nil }
      self = .audio(AudioFrame(position: position, samples: PCM.samples(event.payload)))
    case "voices": self = .voices(EngineRequest.spans(event))
    case "flush": self = .flush
    case "audio-stop": self = .finish
    default: return nil
    }
  }
}

extension EngineRequest {
  fileprivate static func spans(_ event: WyomingEvent) -> [VoiceSpan] {
    guard case .array(let list) = event.data["spans"] else { return [] }
    return list.compactMap { item in
      guard case .object(let span) = item, let start = span["start"]?.integer,
        let end = span["end"]?.integer, let speaker = span["speaker"]?.string
      else { return nil }
      return VoiceSpan(start: start, end: end, speaker: speaker)
    }
  }
}

/// What the engine process answers, as Wyoming events.
public enum EngineReply: Hashable, Sendable {
  /// The model is loaded.
  case ready
  /// Text.
  case transcript(TranscriptEvent)
  /// Settled segments of which another is known to have spoken by now, with their labels.
  case speakers([Int: String])
  /// Everything before this sample is settled, and this is the number of the next segment.
  case progress(position: Int64, nextSegment: Int)
  /// All sound is settled.
  case finished(position: Int64)
  /// The engine can't work.
  case failed(EngineFailure)

  /// The reply as an event.
  public func event() -> WyomingEvent {
    switch self {
    case .ready: WyomingEvent(type: "ready")
    case .transcript(let transcript): EngineReply.event(transcript)
    case .speakers(let labels):
      WyomingEvent(
        type: "speakers",
        data: Dictionary(uniqueKeysWithValues: labels.map { (String($0), .string($1)) }))
    case .progress(let position, let nextSegment):
      WyomingEvent(
        type: "progress",
        data: ["position": .integer(position), "nextSegment": .integer(Int64(nextSegment))])
    case .finished(let position):
      WyomingEvent(type: "finished", data: ["position": .integer(position)])
    case .failed(let failure): EngineReply.event(failure)
    }
  }

  /// Reads a reply; nil for an event that is none of these.
  public init?(_ event: WyomingEvent) {
    switch event.type {
    case "ready": self = .ready
    case "transcript", "transcript-revisable":
      guard let transcript = EngineReply.transcript(event) else { return nil }
      self = .transcript(transcript)
    case "speakers":
      let pairs = event.data.compactMap { key, value in
        Int(key).flatMap { number in value.string.map { (number, $0) } }
      }
      self = .speakers(Dictionary(pairs) { $1 })
    case "progress":
      guard let position = event.data["position"]?.integer,
        let next = event.data["nextSegment"]?.integer
      else { return nil }
      self = .progress(position: position, nextSegment: Int(next))
    case "finished":
      guard let position = event.data["position"]?.integer else { return nil }
      self = .finished(position: position)
    case "error": self = .failed(EngineReply.failure(event))
    default: return nil
    }
  }

  private static func event(_ transcript: TranscriptEvent) -> WyomingEvent {
    var data: [String: JSONValue] = [
      "text": .string(transcript.text), "segment": .integer(Int64(transcript.segment)),
      "start": .number(transcript.start), "end": .number(transcript.end),
      "lag": .integer(Int64(transcript.lagMilliseconds)),
    ]
    data["language"] = transcript.language.map { .string($0) }
    data["speaker"] = transcript.speaker.map { .string($0) }
    let isSettled = transcript.kind == .settled
    return WyomingEvent(type: isSettled ? "transcript" : "transcript-revisable", data: data)
  }

  private static func transcript(_ event: WyomingEvent) -> TranscriptEvent? {
    guard let text = event.data["text"]?.string, let segment = event.data["segment"]?.integer,
      let start = event.data["start"]?.number, let end = event.data["end"]?.number
    else { return nil }
    return TranscriptEvent(
      kind: event.type == "transcript" ? .settled : .revisable, segment: Int(segment),
      start: start, end: end, text: text,
      lagMilliseconds: Int(event.data["lag"]?.integer ?? 0),
      language: event.data["language"]?.string, speaker: event.data["speaker"]?.string)
  }

  private static func event(_ failure: EngineFailure) -> WyomingEvent {
    let (code, text) =
      switch failure {
      case .modelMissing(let path): ("model-missing", path)
      case .modelCorrupt(let path): ("model-corrupt", path)
      case .keepsDying: ("keeps-dying", "")
      case .unreachable(let reason): ("unreachable", reason)
      case .remote(let problem): ("remote", problem.rawValue)
      }
    return WyomingEvent(type: "error", data: ["code": .string(code), "text": .string(text)])
  }

  private static func failure(_ event: WyomingEvent) -> EngineFailure {
    let text = event.data["text"]?.string ?? ""
    switch event.data["code"]?.string {
    case "model-missing": return .modelMissing(path: text)
    case "model-corrupt": return .modelCorrupt(path: text)
    case "keeps-dying": return .keepsDying
    case "remote": return .remote(RemoteProblem(rawValue: text) ?? .nonsense)
    default: return .unreachable(reason: text)
    }
  }
}

/// Samples as bytes: signed 16-bit, little-endian.
public enum PCM {
  /// The samples as bytes.
  public static func bytes(_ samples: [Int16]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(samples.count * 2)
    for sample in samples {
      let bits = UInt16(bitPattern: sample)
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
    }
    return bytes
  }

  /// The bytes as samples; an odd last byte is dropped.
  public static func samples(_ bytes: [UInt8]) -> [Int16] {
    var samples: [Int16] = []
    samples.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      samples.append(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))
    }
    return samples
  }
}
