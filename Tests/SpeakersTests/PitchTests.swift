import Foundation
import TestSupport
import Testing

@testable import Speakers

@Suite struct PitchTests {
  /// A voice that was made up: a tone with overtones, the second louder than the first.
  private func voice(_ hertz: Double, seconds: Double, noise: Float = 0) -> [Float] {
    var random = SeededGenerator(seed: 4)
    return (0..<Int(seconds * 16_000)).map { index in
      let phase = 2 * Double.pi * hertz * Double(index) / 16_000
      let tone = 0.2 * sin(phase) + 0.3 * sin(2 * phase + 1) + 0.15 * sin(3 * phase)
      return Float(tone) + noise * Float.random(in: -1...1, using: &random)
    }
  }

  @Test(arguments: [70.0, 100, 149, 180, 240, 380])
  func theFundamentalIsFound(_ hertz: Double) {
    for noise in [Float(0), 0.05] {
      let frames = PitchFrames.voiced(voice(hertz, seconds: 1, noise: noise), start: 3)
      #expect(frames.count > 40)
      #expect(frames.allSatisfy { abs($0.hertz - hertz) < 0.02 * hertz })
      #expect(frames.allSatisfy { (3...4).contains($0.time) })
    }
  }

  @Test func noiseAndSilenceHaveNone() {
    var random = SeededGenerator(seed: 6)
    let noise = (0..<16_000).map { _ in Float.random(in: -1...1, using: &random) }
    #expect(PitchFrames.voiced(noise, start: 0).isEmpty)
    #expect(PitchFrames.voiced([Float](repeating: 0, count: 16_000), start: 0).isEmpty)
    #expect(PitchFrames.voiced([], start: 0).isEmpty)
  }

  @Test(arguments: [
    (110.0, 12.0, PitchClass?.some(.lower)), (220, 12, .higher), (170, 12, nil), (152, 12, nil),
    (110, 5, nil), (220, 5, nil),
  ])
  func whatIsUnsureHasNoClass(_ hertz: Double, _ seconds: Double, _ expected: PitchClass?) {
    let count = Int(seconds / PitchFrames.hop)
    #expect(PitchClass([Double](repeating: hertz, count: count)) == expected)
    #expect(PitchClass([]) == nil)
  }

  @Test func aVoiceThatJumpsHasNoClass() {
    let half = [Double](repeating: 120, count: 700) + [Double](repeating: 240, count: 400)
    #expect(PitchClass(half) == nil)
  }

  @Test func everySpeakerHasItsOwn() {
    let spans = [
      SpeakerSpan(start: 0, end: 12, speaker: "S1"), SpeakerSpan(start: 13, end: 26, speaker: "S2"),
      SpeakerSpan(start: 30, end: 31, speaker: "S3"),
    ]
    let frames = (0..<1_600).map {
      PitchFrame(time: Double($0) * 0.02, hertz: $0 < 625 ? 100 : 230)
    }
    #expect(PitchClass.of(spans, frames: frames) == ["S1": .lower, "S2": .higher])
  }
}
