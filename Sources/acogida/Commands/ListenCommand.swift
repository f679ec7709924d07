import ArgumentParser
import Audio
import Foundation
import Transcription

/// `acogida listen`: live transcript events on standard output.
struct ListenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: Help.text("help.listen"),
    discussion: Help.text("help.listen.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var input: SourceOptions
  @Flag(help: Help.of("help.jsonLines")) var json = false
  @Flag(help: Help.of("help.listen.speakers")) var speakers = false

  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    var settings = try input.recognition.engine(configuration, locations)
    if speakers { settings.voiceModel = try locations.voiceModel() }
    let engine = LocalEngine(configuration: settings)
    let source = try input.source(configuration)
    await engine.start()
    let printing = Task {
      do {
        try await report(engine.events)
      } catch {
        // Nobody reads or hears any more: the sound ends too.
        source.stop()
        await engine.stop()
        throw error
      }
    }
    Signals.onEnd { source.stop() }
    do {
      for try await event in source.start() {
        if case .frame(let frame) = event { await engine.feed(frame) }
      }
    } catch {
      await engine.stop()
      throw error
    }
    await engine.finish()
    try await printing.value
    await engine.stop()
    if let path = input.from, await (source as? FileSource)?.isCutShort == true {
      throw Failure(key: "error.cutShort", ["path": path])
    }
  }

  /// Prints until everything is settled.
  private func report(_ events: AsyncStream<EngineEvent>) async throws {
    for await event in events {
      switch event {
      case .transcript(let transcript):
        if json {
          try Output.json(ListenEvent(transcript))
        } else if transcript.kind == .settled, !transcript.text.isEmpty {
          try Output.write(transcript.text + "\n")
        }
      case .speakers(let labels): if json { try Output.json(SpeakersEvent(labels)) }
      case .state(.failed(let failure)): throw Failure(failure)
      case .state: break
      case .finished: return
      }
    }
  }
}

/// One line of `listen --json`.
private struct ListenEvent: Encodable {
  let type: TranscriptEvent.Kind
  let segment: Int
  let start: Double
  let end: Double
  let text: String
  let lagMilliseconds: Int
  let language: String?
  let speaker: String?

  enum CodingKeys: String, CodingKey {
    case type, segment, start, end, text, language, speaker
    case lagMilliseconds = "lag_ms"
  }

  init(_ event: TranscriptEvent) {
    type = event.kind
    segment = event.segment
    start = (event.start * 1000).rounded() / 1000
    end = (event.end * 1000).rounded() / 1000
    text = event.text
    lagMilliseconds = event.lagMilliseconds
    language = event.language
    speaker = event.speaker
  }
}

/// Segments of which another is known to have spoken by now.
private struct SpeakersEvent: Encodable {
  let type = "speakers"
  let labels: [String: String]

  init(_ labels: [Int: String]) {
    self.labels = Dictionary(uniqueKeysWithValues: labels.map { (String($0), $1) })
  }
}
