import Audio
import Foundation
import Transcription

/// Recognises single utterances on any Wyoming server.
struct WyomingRecognizer: RemoteRecognizer {
  private let host: String
  private let port: Int
  private let language: String?
  private let answerSeconds: Int
  private var link: WyomingLink?

  /// Sound of one event, samples: a tenth of a second, as satellites send it.
  private static let chunk = 1_600

  init(host: String, port: Int, languages: [String], answerSeconds: Int, link: WyomingLink?) {
    self.host = host
    self.port = port
    language = languages.count == 1 ? languages[0] : nil
    self.answerSeconds = answerSeconds
    self.link = link
  }

  mutating func ask(_ samples: [Int16]) throws(RemoteProblem) -> Recognition {
    if let link {
      // Some servers end the connection after each utterance; that shows only now.
      do throws(RemoteProblem) {
        return try ask(samples, on: link)
      } catch .cut {
        self.link = nil
      }
    }
    let fresh = try WyomingLink(host: host, port: port, answerSeconds: answerSeconds)
    let recognition = try ask(samples, on: fresh)
    link = fresh
    return recognition
  }

  private func ask(_ samples: [Int16], on link: WyomingLink) throws(RemoteProblem) -> Recognition {
    let format: [String: JSONValue] = [
      "rate": .integer(Int64(AudioFormat.sampleRate)), "width": .integer(2),
      "channels": .integer(1),
    ]
    try link.send(
      WyomingEvent(type: "transcribe", data: ["language": language.map { .string($0) } ?? .null]))
    try link.send(WyomingEvent(type: "audio-start", data: format))
    for start in stride(from: 0, to: samples.count, by: WyomingRecognizer.chunk) {
      let piece = samples[start..<min(start + WyomingRecognizer.chunk, samples.count)]
      try link.send(
        WyomingEvent(type: "audio-chunk", data: format, payload: PCM.bytes(Array(piece))))
    }
    try link.send(WyomingEvent(type: "audio-stop"))
    let end = ContinuousClock.now + .seconds(answerSeconds)
    while true {
      let event = try link.next(before: end)
      switch event.type {
      case "transcript":
        guard let text = event.data["text"]?.string else { throw .nonsense }
        return Recognition(text: text, language: event.data["language"]?.string ?? language)
      case "error": throw .serverFailed
      default: continue
      }
    }
  }
}
