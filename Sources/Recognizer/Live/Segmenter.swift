/// A short stretch of sound with what is known about it.
struct SoundWindow: Hashable, Sendable {
  /// First sample.
  let position: Int64
  /// Sample after the last.
  let end: Int64
  /// Whether somebody speaks.
  let isSpeech: Bool
  /// Level, dBFS.
  let level: Float
}

/// Cuts the stream of windows into segments: at pauses, and inside long speech at the best place there is.
///
/// A pure value; positions are samples at 16 kHz.
struct Segmenter: Sendable {
  /// Lengths in samples.
  struct Settings: Hashable, Sendable {
    /// Silence that ends a segment.
    var endSilence: Int64
    /// From this length on a shorter silence ends it too.
    var comfortable: Int64
    /// That shorter silence.
    var shortSilence: Int64
    /// No segment is longer.
    var maximum: Int64
    /// Sound kept before the first speech window: the first consonant is often below the threshold.
    var lead: Int64 = 4_800
    /// Sound kept after the last speech window.
    var tail: Int64 = 3_200
  }

  /// A segment that is over.
  struct Cut: Hashable, Sendable {
    /// First sample.
    let start: Int64
    /// Sample after the last.
    let end: Int64
    /// Sample after the last speech window.
    let speechEnd: Int64
    /// Loudest window, dBFS.
    let peak: Float
    /// Speech in it, samples.
    let speech: Int64
    /// Whether it is a part of a segment, cut where the speaker changes.
    var isPiece = false
  }

  /// The segment that is going on.
  struct Open: Hashable, Sendable {
    /// First sample.
    let start: Int64
    /// Sample after the last speech window.
    var speechEnd: Int64
    /// Loudest window, dBFS.
    var peak: Float
    /// Speech in it so far, samples.
    var speech: Int64
  }

  let settings: Settings
  /// The segment that is going on, if somebody speaks.
  private(set) var open: Open?
  /// Sample after the last window taken.
  private(set) var position: Int64
  /// Nothing before this sample belongs to a later segment.
  private var floor: Int64
  private var pauses: [Range<Int64>] = []
  private var quietest: (position: Int64, level: Float)?

  init(settings: Settings, position: Int64 = 0) {
    self.settings = settings
    self.position = position
    floor = position
  }

  /// Silence since the last speech, samples; 0 outside of a segment.
  var silence: Int64 { open.map { position - $0.speechEnd } ?? 0 }

  /// Everything before this sample may be forgotten.
  var needed: Int64 { open?.start ?? max(floor, position - settings.lead - 8_000) }

  /// Takes the next window; returns the segment that it ends, if it does.
  mutating func take(_ window: SoundWindow) -> Cut? {
    position = window.end
    guard var segment = open else {
      if window.isSpeech { begin(window) }
      return nil
    }
    if window.isSpeech {
      if window.position > segment.speechEnd { pauses.append(segment.speechEnd..<window.position) }
      segment.speechEnd = window.end
      segment.speech += window.end - window.position
      segment.peak = max(segment.peak, window.level)
    }
    open = segment
    noteQuiet(window, in: segment)
    let length = position - segment.start
    let silence = position - segment.speechEnd
    if silence >= settings.endSilence
      || length >= settings.comfortable && silence >= settings.shortSilence
    {
      return close()
    }
    return length >= settings.maximum ? cut() : nil
  }

  /// Ends the open segment where it is.
  mutating func close() -> Cut? {
    guard let segment = open else { return nil }
    let end = min(position, segment.speechEnd + settings.tail)
    return finish(segment, at: end, speechEnd: segment.speechEnd)
  }

  /// The stream goes on at another place: sound is missing between.
  mutating func jump(to position: Int64) -> Cut? {
    let cut = close()
    self.position = position
    floor = position
    return cut
  }

  private mutating func begin(_ window: SoundWindow) {
    let start = max(floor, window.position - settings.lead)
    open = Open(
      start: start, speechEnd: window.end, peak: window.level,
      speech: window.end - window.position)
    pauses = []
    quietest = nil
  }

  private mutating func noteQuiet(_ window: SoundWindow, in segment: Open) {
    // Only the last third is a good place for a cut: before it the segment would be needlessly short.
    guard window.position - segment.start > settings.maximum * 2 / 3 else { return }
    if let quietest, quietest.level <= window.level { return }
    quietest = (window.position, window.level)
  }

  /// Cuts long speech in the middle of the longest pause of its second half, else at its quietest window.
  private mutating func cut() -> Cut? {
    guard let segment = open else { return nil }
    let half = segment.start + settings.maximum / 2
    let pause = pauses.filter { $0.lowerBound > half }.max { $0.count < $1.count }
    let place = pause.map { ($0.lowerBound + $0.upperBound) / 2 } ?? quietest?.position ?? position
    let result = finish(segment, at: place, speechEnd: min(place, segment.speechEnd))
    open = Open(
      start: place, speechEnd: max(place, segment.speechEnd), peak: segment.peak,
      speech: max(0, segment.speechEnd - place))
    return result
  }

  private mutating func finish(_ segment: Open, at end: Int64, speechEnd: Int64) -> Cut {
    open = nil
    floor = end
    pauses = []
    quietest = nil
    return Cut(
      start: segment.start, end: end, speechEnd: speechEnd, peak: segment.peak,
      speech: segment.speech)
  }
}
