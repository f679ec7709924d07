import Audio
import Speakers
import Transcription

/// Turns the stream of sound into revisable and settled text, on one thread.
///
/// Windows go through voice activity into the segmenter. While a segment is open its text is decoded
/// again at a cadence that the machine sustains; at the first sign of a pause it is decoded as if it
/// were over, so that the settled text is there when the pause has lasted long enough.
final class LiveDecoder {
  private enum Model {
    case segments(GuardedModel)
    case stream(any StreamModel)
  }

  /// What is known about who speaks.
  enum Voices {
    case nothing
    /// Told by somebody who heard all of the recording before.
    case known([VoiceSpan])
    /// Heard while the talk goes on.
    case heard(LiveVoices)
  }

  var voices = Voices.nothing
  private var model: Model
  private let activity: VoiceActivity
  private var segmenter: Segmenter
  private var buffer: SoundBuffer
  private var cursor: Int64
  private var segment: Int
  private let isLive: Bool
  private let emit: (EngineReply) -> Void
  private let now: () -> Double

  /// The decoding that stands for the open segment as it is now.
  private struct Attempt {
    let recognition: Recognition
    let speechEnd: Int64
    let isFinal: Bool
  }

  private var attempt: Attempt?
  private var lastDecodeEnd: Int64 = 0
  private var lastCost = 0.0
  private var streamed: Int64 = 0
  private var lastText = ""
  private var lastProgress: Int64

  /// Silence after which a segment is decoded as if it were over: 0.2 s after the detector noticed it.
  private static let earlySilence: Int64 = 2_400
  /// New sound before the first revisable text of a segment.
  private static let firstCadence: Int64 = 8_000
  /// New sound between revisable texts while a segment is short.
  private static let cadence: Int64 = 9_600
  /// With more sound waiting than this, revisable text is left out until the backlog is worked off.
  private static let backlog: Int64 = 24_000

  convenience init(
    model: any SegmentModel, activity: VoiceActivity, settings: Segmenter.Settings,
    position: Int64, firstSegment: Int, isLive: Bool = true, now: @escaping () -> Double,
    emit: @escaping (EngineReply) -> Void
  ) {
    self.init(
      .segments(GuardedModel(model)), activity: activity, settings: settings, position: position,
      firstSegment: firstSegment, isLive: isLive, now: now, emit: emit)
  }

  private init(
    _ model: Model, activity: VoiceActivity, settings: Segmenter.Settings, position: Int64,
    firstSegment: Int, isLive: Bool, now: @escaping () -> Double,
    emit: @escaping (EngineReply) -> Void
  ) {
    self.model = model
    self.activity = activity
    segmenter = Segmenter(settings: settings, position: position)
    buffer = SoundBuffer(position: position)
    cursor = position
    segment = firstSegment
    lastProgress = position
    self.isLive = isLive
    self.emit = emit
    self.now = now
  }

  convenience init(
    _ loaded: LoadedModel, settings: Segmenter.Settings, position: Int64, firstSegment: Int,
    isLive: Bool, now: @escaping () -> Double, emit: @escaping (EngineReply) -> Void
  ) {
    let model: Model =
      switch loaded.model {
      case .segments(let model): .segments(GuardedModel(model))
      case .stream(let stream): .stream(stream)
      }
    self.init(
      model, activity: loaded.activity, settings: settings, position: position,
      firstSegment: firstSegment, isLive: isLive, now: now, emit: emit)
  }

  /// Tells who speaks in the sound that comes next.
  func tell(voices spans: [VoiceSpan]) { voices = .known(spans) }

  /// Takes more sound without decoding it.
  func append(_ frame: AudioFrame) {
    if frame.position != buffer.end {
      advance()
      settle(segmenter.jump(to: frame.position))
      activity.reset()
      buffer.restart(at: frame.position)
      cursor = frame.position
      progress(frame.position)
    }
    buffer.append(frame.samples)
  }

  /// Works through the sound that waits; `more` tells whether further sound is waiting outside.
  func work(more: Int64) {
    advance()
    guard segmenter.open != nil else {
      if cursor - lastProgress > 16_000 { progress(segmenter.needed) }
      return
    }
    // Text that nobody sees would cost a batch as much time as the text it is for.
    guard isLive else { return }
    if case .segments = model { reviseSegment(waiting: more) } else { reviseStream() }
  }

  /// Ends the open segment where it is.
  func flush() {
    advance()
    settle(segmenter.close())
    progress(buffer.end)
  }

  /// Settles everything and says so.
  func finish() {
    flush()
    emit(.finished(position: buffer.end))
  }

  // MARK: - Windows

  private func advance() {
    let window = Int64(VoiceActivity.window)
    while buffer.end - cursor >= window {
      let samples = buffer[cursor..<cursor + window]
      let speech = activity.isSpeech(samples)
      let cut = segmenter.take(
        SoundWindow(
          position: cursor, end: cursor + window, isSpeech: speech, level: level(samples)))
      if case .heard(let heard) = voices { heard.take(cursor..<cursor + window, speech, buffer) }
      cursor += window
      if let cut { settle(cut) }
    }
    buffer.forget(before: segmenter.needed)
  }

  // MARK: - Revisable text

  private func reviseSegment(waiting: Int64) {
    guard let open = segmenter.open, GuardedModel.isSpeech(peak: open.peak, speech: open.speech)
    else { return }
    if segmenter.silence >= LiveDecoder.earlySilence {
      guard attempt?.speechEnd != open.speechEnd || attempt?.isFinal != true else { return }
      decode(open.start..<min(cursor, open.speechEnd + segmenter.settings.tail), open, final: true)
      return
    }
    guard waiting < LiveDecoder.backlog else { return }
    let last = max(lastDecodeEnd, open.start)
    guard cursor - last >= cadence(open) else { return }
    decode(open.start..<cursor, open, final: false)
  }

  /// New sound to wait for before decoding again, samples.
  private func cadence(_ open: Segmenter.Open) -> Int64 {
    if attempt == nil { return LiveDecoder.firstCadence + segmenter.settings.lead }
    if cursor - open.start < 80_000 { return LiveDecoder.cadence }
    return max(8_000, Int64(1.6 * lastCost * 16_000))
  }

  private func decode(_ range: Range<Int64>, _ open: Segmenter.Open, final isFinal: Bool) {
    guard case .segments(var guarded) = model else { return }
    let began = now()
    let recognition = guarded.recognize(buffer[range], isFinal: isFinal)
    model = .segments(guarded)
    lastCost = now() - began
    lastDecodeEnd = range.upperBound
    attempt = Attempt(recognition: recognition, speechEnd: open.speechEnd, isFinal: isFinal)
    revise(recognition.text, start: open.start, end: open.speechEnd, recognition.language)
  }

  private func reviseStream() {
    guard case .stream(var stream) = model, let open = segmenter.open else { return }
    let from = max(streamed, open.start)
    guard cursor - from >= 1_600 else { return }
    let text = TextGuard.clean(stream.accept(buffer[from..<cursor]))
    model = .stream(stream)
    streamed = cursor
    revise(text, start: open.start, end: open.speechEnd, nil)
  }

  private func revise(_ text: String, start: Int64, end: Int64, _ language: String?) {
    guard !text.isEmpty, text != lastText else { return }
    lastText = text
    send(.revisable, text, start: start, end: end, language)
  }

  // MARK: - Settled text

  private func settle(_ cut: Segmenter.Cut?) {
    guard let cut else { return }
    let pieces = VoicePiece.pieces(cut, voices)
    for (index, piece) in pieces.enumerated() {
      settle(piece.cut, speaker: piece.speaker, isLast: index == pieces.count - 1)
    }
    attempt = nil
    lastText = ""
    lastDecodeEnd = cut.end
    if case .heard(let heard) = voices {
      let revised = heard.tracker.revisions()
      if !revised.isEmpty { emit(.speakers(revised)) }
    }
    progress(cut.end)
  }

  private func settle(_ cut: Segmenter.Cut, speaker: String?, isLast: Bool) {
    let recognition = final(cut)
    // A segment that showed text and turns out to be nothing is withdrawn by an empty text.
    guard !recognition.text.isEmpty || isLast && !lastText.isEmpty else { return }
    send(
      .settled, recognition.text, start: cut.start, end: cut.speechEnd, recognition.language,
      speaker: speaker)
    if case .heard(let heard) = voices {
      heard.tracker.settle(
        segment, start: Double(cut.start) / 16_000, end: Double(cut.speechEnd) / 16_000,
        speaker: speaker)
    }
    lastText = ""
    segment += 1
  }

  private func final(_ cut: Segmenter.Cut) -> Recognition {
    guard GuardedModel.isSpeech(peak: cut.peak, speech: cut.speech) else {
      return Recognition(text: "")
    }
    switch model {
    case .segments(var guarded):
      if let attempt, attempt.isFinal, attempt.speechEnd == cut.speechEnd, !cut.isPiece {
        return attempt.recognition
      }
      let recognition = guarded.recognize(buffer[cut.start..<cut.end], isFinal: true)
      model = .segments(guarded)
      return recognition
    case .stream(var stream):
      _ = stream.accept(buffer[max(streamed, cut.start)..<cut.end])
      streamed = cut.end
      let text = TextGuard.clean(stream.endUtterance())
      model = .stream(stream)
      return Recognition(text: TextGuard.hasContent(text) ? TextGuard.withoutLoop(text) : "")
    }
  }

  private func send(
    _ kind: TranscriptEvent.Kind, _ text: String, start: Int64, end: Int64, _ language: String?,
    speaker: String? = nil
  ) {
    emit(
      .transcript(
        TranscriptEvent(
          kind: kind, segment: segment, start: Double(start) / 16_000,
          end: Double(end) / 16_000, text: text,
          lagMilliseconds: Int(max(0, buffer.end - cursor) / 16), language: language,
          speaker: speaker)))
  }

  private func progress(_ position: Int64) {
    lastProgress = max(position, cursor)
    emit(.progress(position: position, nextSegment: segment))
  }
}
