import ArgumentParser
import Audio
import Foundation
import Messages
import Transcription

/// `acogida listen`: live transcript events on standard output.
struct ListenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "listen", abstract: "Transcribe a microphone or a recording live.",
    discussion: "Prints settled text line by line; with --json every event as one JSON object.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var input: SourceOptions
  @Flag(help: "Print events as JSON Lines.") var json = false

  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let source = try input.source(configuration)
    let engine = LocalEngine(
      configuration: input.recognition.engine(configuration, locations))
    await engine.start()
    let catalogue = Catalogue(environment: locations.environment)
    let printing = Task { try await report(engine.events, catalogue) }
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
  }

  /// Prints until everything is settled.
  private func report(_ events: AsyncStream<EngineEvent>, _ catalogue: Catalogue) async throws {
    for await event in events {
      switch event {
      case .transcript(let transcript):
        if json {
          try Output.json(ListenEvent(transcript))
        } else if transcript.kind == .settled, !transcript.text.isEmpty {
          Output.write(transcript.text + "\n")
        }
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
