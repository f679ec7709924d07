/// A model behind the guards: what it returns may be shown.
struct GuardedModel {
  private var model: any SegmentModel

  /// What is heard behind text that will be replaced soon: little, as it is decoded often.
  static let quick = Ending.silence(0.5)
  /// What is heard behind text that has to stand: Whisper mishears more words the shorter its window is.
  static let full = Ending.window
  /// Below this level nobody speaks to this microphone, dBFS.
  static let quietest: Float = -58
  /// Less speech than this is a click, samples.
  static let shortestSpeech: Int64 = 1_600

  init(_ model: any SegmentModel) { self.model = model }

  /// Whether a segment can hold speech at all, by its raw level and the length of its speech.
  static func isSpeech(peak: Float, speech: Int64) -> Bool {
    peak > quietest && speech >= shortestSpeech
  }

  /// Recognises a segment; a loop is decoded again in other ways before it is cut out.
  mutating func recognize(_ samples: ArraySlice<Float>, isFinal: Bool) -> Recognition {
    let ending = isFinal ? GuardedModel.full : GuardedModel.quick
    let seconds = Double(samples.count) / 16_000
    let first = model.recognize(samples, ending: ending)
    let text = TextGuard.clean(first.text)
    guard isSuspect(text, seconds: seconds) else {
      return Recognition(text: TextGuard.hasContent(text) ? text : "", language: first.language)
    }
    guard isFinal else { return Recognition(text: TextGuard.withoutLoop(text)) }
    return again(samples, seconds: seconds, language: first.language, worst: text)
  }

  private func isSuspect(_ text: String, seconds: Double) -> Bool {
    TextGuard.isLoop(text) || TextGuard.isTooMuch(text, seconds: seconds)
  }

  private mutating func again(
    _ samples: ArraySlice<Float>, seconds: Double, language: String?, worst: String
  ) -> Recognition {
    let other = TextGuard.clean(model.recognize(samples, ending: .silence(1)).text)
    if !isSuspect(other, seconds: seconds) { return Recognition(text: other, language: language) }
    guard samples.count > 48_000 else {
      return Recognition(text: shorter(worst, seconds: seconds), language: language)
    }
    let middle = quietestPlace(samples)
    let halves = [samples[..<middle], samples[middle...]].map { half in
      let text = TextGuard.clean(model.recognize(half, ending: GuardedModel.full).text)
      return shorter(text, seconds: Double(half.count) / 16_000)
    }
    return Recognition(
      text: halves.filter { !$0.isEmpty }.joined(separator: " "), language: language)
  }

  /// The text without its loop; nothing at all where even that is more than can be said in the time.
  private func shorter(_ text: String, seconds: Double) -> String {
    let kept = TextGuard.withoutLoop(text)
    return TextGuard.isTooMuch(kept, seconds: seconds) || !TextGuard.hasContent(kept) ? "" : kept
  }

  /// The quietest 30 ms in the middle third.
  private func quietestPlace(_ samples: ArraySlice<Float>) -> Int {
    let third = samples.count / 3
    let range = stride(
      from: samples.startIndex + third, to: samples.endIndex - third, by: 480)
    let levels = range.map {
      (place: $0, level: level(samples[$0..<min($0 + 480, samples.endIndex)]))
    }
    return levels.min { $0.level < $1.level }?.place ?? samples.startIndex + samples.count / 2
  }
}
