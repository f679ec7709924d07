import Audio
import Speakers
import Transcription

/// Tells who speaks when in whole recordings; what `acogida speakers` and batch transcription use.
public final class RecordingVoices {
  private let printer: VoicePrinter
  private let detector: String

  /// What there is to know about one recording.
  public struct Result: Hashable, Sendable, Codable {
    /// Who speaks when.
    public let spans: [SpeakerSpan]
    /// The recording's length, seconds.
    public let seconds: Double
    /// How high the voices lie, by their labels, where that was asked for and is clear.
    public let pitch: [String: PitchClass]

    /// Makes a result from its parts.
    public init(spans: [SpeakerSpan], seconds: Double, pitch: [String: PitchClass] = [:]) {
      self.spans = spans
      self.seconds = seconds
      self.pitch = pitch
    }
  }

  /// Loads the models.
  ///
  /// - Parameters:
  ///   - model: the speaker model's file.
  ///   - detector: the voice activity detector's file.
  /// - Throws: ``EngineFailure``.
  public init(model: String, detector: String) throws(EngineFailure) {
    printer = try VoicePrinter(model: model)
    self.detector = detector
  }

  /// Hears a recording.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - count: how many speakers there are, where that is known.
  ///   - technician: the enrolled voice.
  ///   - pitch: whether it is asked how high the voices lie.
  /// - Throws: ``AudioError``, ``EngineFailure``.
  public func hear(
    _ path: String, count: Int? = nil, technician: VoicePrint? = nil, pitch: Bool = false
  ) throws -> Result {
    var frames: [PitchFrame] = []
    var moments: [VoiceWindow] = []
    var instants: [VoiceWindow] = []
    let heard = try hear(path) { stretch, start in
      moments += prints(stretch, start, .moments)
      instants += prints(stretch, start, .instants)
      if pitch { frames += PitchFrames.voiced(stretch.samples, start: start) }
    }
    let spans = Diarisation.spans(
      speech: heard.speech, windows: heard.windows, moments: moments, instants: instants,
      count: count, technician: technician)
    return Result(
      spans: spans, seconds: heard.seconds,
      pitch: pitch ? PitchClass.of(spans, frames: frames) : [:])
  }

  /// The mean print of all that is said in a recording of one voice; nil where nothing is said.
  ///
  /// - Throws: as ``hear(_:count:technician:)``.
  public func enrol(_ path: String) throws -> (print: VoicePrint, seconds: Double)? {
    let heard = try hear(path) { _, _ in }
    let seconds = heard.speech.reduce(0) { $0 + $1.end - $1.start }
    return VoicePrint(mean: heard.windows.map(\.print)).map { ($0, seconds) }
  }

  /// What is heard in a recording.
  private struct Heard {
    var speech: [(start: Double, end: Double)] = []
    var windows: [VoiceWindow] = []
    var seconds = 0.0
  }

  /// Hears a recording; what else there is to do with a stretch of speech is done on the way.
  private func hear(
    _ path: String, also: (SpeechStretches.Stretch, Double) -> Void
  ) throws -> Heard {
    let reader = try RecordingReader(path: path)
    let stretches = try SpeechStretches(model: detector)
    var heard = Heard()
    let take = { (stretch: SpeechStretches.Stretch) in
      let start = Double(stretch.start) / 16_000
      heard.speech.append((start, start + Double(stretch.samples.count) / 16_000))
      heard.windows += self.prints(stretch, start, .voices)
      also(stretch, start)
    }
    while true {
      let block = try reader.read(16_000)
      if block.isEmpty { break }
      stretches.take(block.map { Float($0) / 32_768 }).forEach(take)
    }
    stretches.end().forEach(take)
    heard.seconds = Double(reader.delivered) / 16_000
    return heard
  }

  /// Prints of the windows of a stretch that begins there, seconds.
  private func prints(
    _ stretch: SpeechStretches.Stretch, _ start: Double, _ grid: WindowGrid
  ) -> [VoiceWindow] {
    grid.windows(0, Double(stretch.samples.count) / 16_000).compactMap { window in
      let low = Int(window.start * 16_000)
      let high = min(stretch.samples.count, Int(window.end * 16_000))
      guard let print = printer.print(stretch.samples[low..<high]) else { return nil }
      return VoiceWindow(start: start + window.start, end: start + window.end, print: print)
    }
  }
}
