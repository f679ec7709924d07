import Testing

@testable import Audio

@Suite struct TimeStretchTests {
  /// A tone of that pitch, Hz, at 16 kHz.
  private func tone(_ pitch: Double, seconds: Double) -> [Int16] {
    (0..<Int(seconds * 16_000)).map { index in
      let phase = (Double(index) * pitch / 16_000).truncatingRemainder(dividingBy: 1)
      // A triangle needs no sine.
      return Int16(8_000 * (4 * abs(phase - 0.5) - 1))
    }
  }

  private func crossings(_ samples: [Int16]) -> Double {
    let count = zip(samples, samples.dropFirst()).count { ($0 < 0) != ($1 < 0) }
    return Double(count) / Double(max(1, samples.count))
  }

  @Test(arguments: [1.2, 1.6, 3.0], [90.0, 220.0])
  func slowerIsLongerAndNotLower(factor: Double, pitch: Double) {
    let sound = tone(pitch, seconds: 2)
    let slow = TimeStretch.slower(sound, by: factor)
    #expect(abs(Double(slow.count) / Double(sound.count) - factor) < 0.1 * factor)
    #expect(abs(crossings(slow) / crossings(sound) - 1) < 0.05)
  }

  @Test(arguments: [0, 1, 100, 1_300])
  func whatIsTooShortStaysAsItIs(count: Int) {
    let sound = [Int16](repeating: .min, count: count)
    #expect(TimeStretch.slower(sound, by: 2).count >= count)
    #expect(TimeStretch.slower(sound, by: 1) == sound)
  }
}
