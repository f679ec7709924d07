import TestSupport
import Testing

@testable import Recognizer

@Suite struct SegmenterTests {
  private let settings = Segmenter.Settings(
    endSilence: 9_600, comfortable: 192_000, shortSilence: 4_000, maximum: 240_000)

  /// Runs a pattern of (speech?, windows) through a segmenter and returns the cuts.
  private func cuts(_ pattern: [(Bool, Int)], closing: Bool = true) -> [Segmenter.Cut] {
    var segmenter = Segmenter(settings: settings)
    var cuts: [Segmenter.Cut] = []
    var position: Int64 = 0
    for (isSpeech, count) in pattern {
      for _ in 0..<count {
        let window = SoundWindow(
          position: position, end: position + 512, isSpeech: isSpeech, level: isSpeech ? -20 : -60)
        position += 512
        if let cut = segmenter.take(window) { cuts.append(cut) }
      }
    }
    if closing, let cut = segmenter.close() { cuts.append(cut) }
    return cuts
  }

  @Test func silenceGivesNothing() { #expect(cuts([(false, 500)]).isEmpty) }

  @Test func aPauseEndsASegment() {
    let found = cuts([(false, 40), (true, 60), (false, 40), (true, 30), (false, 40)])
    #expect(found.count == 2)
    #expect(found[0].start == 40 * 512 - 4_800)
    #expect(found[0].speechEnd == 100 * 512)
    #expect(found[0].end <= found[1].start)
  }

  @Test func aShortPauseDoesNot() {
    #expect(cuts([(true, 60), (false, 10), (true, 60), (false, 40)]).count == 1)
  }

  @Test func longSpeechIsCutAtItsLongestPause() {
    let found = cuts([(true, 300), (false, 6), (true, 50), (false, 3), (true, 200)])
    #expect(found.count == 2)
    #expect((300 * 512...306 * 512).contains(found[0].end))
    #expect(found[1].start == found[0].end)
  }

  @Test func speechWithoutAnyPauseIsCutAllTheSame() {
    let found = cuts([(true, 2_000)])
    #expect(found.allSatisfy { $0.end - $0.start <= settings.maximum })
    #expect(found.count >= 4)
    for (a, b) in zip(found, found.dropFirst()) { #expect(a.end == b.start) }
  }

  @Test func afterAJumpNothingReachesBack() {
    var segmenter = Segmenter(settings: settings)
    for index in 0..<50 {
      let position = Int64(index * 512)
      _ = segmenter.take(
        SoundWindow(position: position, end: position + 512, isSpeech: true, level: -20))
    }
    #expect(segmenter.jump(to: 1_000_000) != nil)
    _ = segmenter.take(
      SoundWindow(position: 1_000_000, end: 1_000_512, isSpeech: true, level: -20))
    #expect(segmenter.open?.start == 1_000_000)
  }

  @Test(arguments: 0..<100) func segmentsNeverOverlapAndHoldAllSpeech(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pattern = (0..<30).map { _ in
      (Bool.random(using: &random), Int.random(in: 1...120, using: &random))
    }
    let found = cuts(pattern)
    for (a, b) in zip(found, found.dropFirst()) { #expect(a.end <= b.start) }
    var position: Int64 = 0
    for (isSpeech, count) in pattern {
      let end = position + Int64(count * 512)
      if isSpeech {
        for place in [position, (position + end) / 2, end - 1] {
          #expect(found.contains { $0.start <= place && place < $0.end })
        }
      }
      position = end
    }
  }
}
