import Audio
import Foundation
import Speakers
import Transcription

/// One engine that hears recording after recording, as stretches of one long talk.
actor BatchWorker {
  private let engine: LocalEngine
  private var heard: [TranscriptEvent] = []
  private var failure: EngineFailure?
  private var end: Int64 = 0
  private var isStarted = false
  private var isListeningForVoices = false

  /// Two minutes of sound may wait for an engine; more would only fill the memory.
  private static let room = Int64(120 * AudioFormat.sampleRate)

  init(_ configuration: EngineConfiguration) {
    engine = LocalEngine(configuration: configuration)
  }

  func stop() async { await engine.stop() }

  /// What was heard in a recording.
  struct Heard: Sendable {
    let segments: [TranscriptEvent]
    /// The recording's length.
    let seconds: Double
    /// Whether the recording's end is missing.
    let isCutShort: Bool
  }

  /// Hears a recording to its end.
  ///
  /// - Parameter spans: who speaks when, where that is known.
  func transcribe(_ path: String, spans: [SpeakerSpan] = []) async throws -> Heard {
    let source = try FileSource(path: path, pace: .fast)
    await start()
    heard = []
    // A second missing between recordings keeps the end of one from being heard with the next.
    let base = end + Int64(AudioFormat.sampleRate)
    if isListeningForVoices || !spans.isEmpty {
      isListeningForVoices = true
      await engine.tell(voices: spans.map { $0.voice(from: base) })
    }
    var length: Int64 = 0
    for try await event in source.start() {
      guard case .frame(let frame) = event else { continue }
      await engine.feed(AudioFrame(position: base + frame.position, samples: frame.samples))
      await engine.waitForRoom(below: BatchWorker.room)
      length = frame.endPosition
      end = base + length
    }
    await engine.flush()
    await engine.waitUntilSettled()
    // Everything before the mark has been reported; the stream is read in order.
    await drained()
    if let failure { throw failure }
    let offset = Double(base) / Double(AudioFormat.sampleRate)
    let segments = heard.enumerated().map { index, event in
      TranscriptEvent(
        kind: .settled, segment: index, start: max(0, event.start - offset),
        end: max(0, event.end - offset), text: event.text, language: event.language,
        speaker: event.speaker)
    }
    return Heard(
      segments: segments, seconds: Double(length) / Double(AudioFormat.sampleRate),
      isCutShort: await source.isCutShort)
  }

  private func start() async {
    guard !isStarted else { return }
    isStarted = true
    Task { for await event in engine.events { take(event) } }
    await engine.start()
  }

  private var marks: [CheckedContinuation<Void, Never>] = []

  /// Waits until every event that was reported so far has been taken.
  private func drained() async {
    guard failure == nil else { return }
    await withCheckedContinuation { continuation in
      marks.append(continuation)
      Task { await engine.mark() }
    }
  }

  private func take(_ event: EngineEvent) {
    switch event {
    case .transcript(let text) where text.kind == .settled && !text.text.isEmpty:
      heard.append(text)
    case .state(.failed(let reason)):
      failure = reason
      wake()
    case .finished: wake()
    default: break
    }
  }

  private func wake() {
    marks.forEach { $0.resume() }
    marks = []
  }
}

extension SpeakerSpan {
  /// The same by samples, counted from where the recording begins in a worker's talk.
  fileprivate func voice(from base: Int64) -> VoiceSpan {
    VoiceSpan(
      start: base + Int64(start * 16_000), end: base + Int64(end * 16_000), speaker: speaker)
  }
}
