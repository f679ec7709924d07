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
      let end = now + WindowGrid.voices.length + Double(windowsEach - 1) * WindowGrid.voices.step
      for window in WindowGrid.voices.windows(now, end) {
        windows.append(
          VoiceWindow(start: window.start, end: window.end, print: print(voice, &random)))
      }
      speech.append((now, end))
      now = end + 0.4
    }
    return (speech, windows)
  }

  /// Turns with no pause between them: one stretch. A window in which two speak has some of both.
  ///
  /// - Parameter common: what all voices have in common.
  static func quick(
    _ turns: [(voice: Int, seconds: Double)], common: Float = 0, seed: UInt64 = 3
  ) -> Quick {
    var random = SeededGenerator(seed: seed)
    var bounds: [(start: Double, end: Double, voice: Int)] = []
    for turn in turns {
      let start = bounds.last?.end ?? 1
      bounds.append((start, start + turn.seconds, turn.voice))
    }
    let end = bounds.last?.end ?? 1
    func windows(_ grid: WindowGrid) -> [VoiceWindow] {
      grid.windows(1, end).map { window in
        var values = (0..<32).map { _ in Float.random(in: -1...1, using: &random) * 0.6 }
        values[31] += common
        for turn in bounds {
          let shared = max(0, min(turn.end, window.end) - max(turn.start, window.start))
          values[turn.voice] += 3 * Float(shared / (window.end - window.start))
        }
        return VoiceWindow(start: window.start, end: window.end, print: VoicePrint(values))
      }
    }
    return Quick(
      speech: [(1, end)], windows: windows(.voices), moments: windows(.moments),
      instants: windows(.instants))
  }

  /// Speech without pauses and its windows.
  struct Quick {
    let speech: [(start: Double, end: Double)]
    let windows: [VoiceWindow]
    let moments: [VoiceWindow]
    let instants: [VoiceWindow]
  }
}
