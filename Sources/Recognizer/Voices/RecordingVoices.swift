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
    let (speech, windows, seconds) = try windows(path) { samples, start in
      if pitch { frames += PitchFrames.voiced(samples, start: start) }
    }
    let spans = Diarisation.spans(
      speech: speech, windows: windows, count: count, technician: technician)
    return Result(
      spans: spans, seconds: seconds, pitch: pitch ? PitchClass.of(spans, frames: frames) : [:])
  }

  /// The mean print of all that is said in a recording of one voice; nil where nothing is said.
  ///
  /// - Throws: as ``hear(_:count:technician:)``.
  public func enrol(_ path: String) throws -> (print: VoicePrint, seconds: Double)? {
    let (speech, windows, _) = try windows(path)
    let seconds = speech.reduce(0) { $0 + $1.end - $1.start }
    return VoicePrint(mean: windows.map(\.print)).map { ($0, seconds) }
  }

  private func windows(
    _ path: String, also: ([Float], Double) -> Void = { _, _ in }
  ) throws -> (speech: [(start: Double, end: Double)], windows: [VoiceWindow], seconds: Double) {
    let reader = try RecordingReader(path: path)
    let stretches = try SpeechStretches(model: detector)
    var speech: [(start: Double, end: Double)] = []
    var windows: [VoiceWindow] = []
    let take = { (stretch: SpeechStretches.Stretch) in
      let start = Double(stretch.start) / 16_000
      let end = start + Double(stretch.samples.count) / 16_000
      speech.append((start, end))
      also(stretch.samples, start)
      for window in WindowGrid.windows(0, end - start) {
        let low = Int(window.start * 16_000)
        let high = min(stretch.samples.count, Int(window.end * 16_000))
        guard let print = self.printer.print(stretch.samples[low..<high]) else { continue }
        windows.append(
          VoiceWindow(start: start + window.start, end: start + window.end, print: print))
      }
    }
    while true {
      let block = try reader.read(16_000)
      if block.isEmpty { break }
      stretches.take(block.map { Float($0) / 32_768 }).forEach(take)
    }
    stretches.end().forEach(take)
    return (speech, windows, Double(reader.delivered) / 16_000)
  }
}
