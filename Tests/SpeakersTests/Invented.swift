import TestSupport

@testable import Speakers

/// Voices that were made up: directions with some noise around them.
enum Invented {
  /// A print of a voice: mostly its own direction.
  static func print(
    _ voice: Int, noise: Float = 0.6, _ random: inout SeededGenerator
  ) -> VoicePrint {
    var values = (0..<32).map { _ in Float.random(in: -1...1, using: &random) * noise }
    values[voice] += 3
    return VoicePrint(values)
  }

  /// Turns of two or more voices, a second and a half a window.
  static func talk(
    _ voices: [Int], windowsEach: Int = 6, seed: UInt64 = 3
  ) -> (speech: [(start: Double, end: Double)], windows: [VoiceWindow]) {
    var random = SeededGenerator(seed: seed)
    var speech: [(start: Double, end: Double)] = []
    var windows: [VoiceWindow] = []
    var now = 0.5
    for voice in voices {
      let end = now + WindowGrid.length + Double(windowsEach - 1) * WindowGrid.step
      for window in WindowGrid.windows(now, end) {
        windows.append(
          VoiceWindow(start: window.start, end: window.end, print: print(voice, &random)))
      }
      speech.append((now, end))
      now = end + 0.4
    }
    return (speech, windows)
  }
}
