import TestSupport
import Testing

@testable import Speakers

@Suite struct VoiceContrastTests {
  /// Prints whose voices differ a little in one direction, and which differ among themselves a lot in another.
  private func prints(_ voice: Int, _ random: inout SeededGenerator) -> [VoicePrint] {
    (0..<60).map { _ in
      var values = (0..<16).map { _ in Float.random(in: -0.1...0.1, using: &random) }
      values[0] += 2
      values[1] += voice == 0 ? 0.35 : -0.35
      values[2] += Float.random(in: -2...2, using: &random) + (voice == 0 ? 0.5 : -0.5)
      return VoicePrint(values)
    }
  }

  private func wrong(_ prints: [[VoicePrint]], _ scores: (VoicePrint) -> [Float]) -> Int {
    prints.enumerated().reduce(0) { sum, voice in
      sum + voice.element.count { scores($0)[voice.offset] < scores($0)[1 - voice.offset] }
    }
  }

  @Test func whatIsSaidCountsLittle() throws {
    var random = SeededGenerator(seed: 4)
    let known = [prints(0, &random), prints(1, &random)]
    let fresh = [prints(0, &random), prints(1, &random)]
    let contrast = try #require(VoiceContrast(moments: known, others: [[], []]))
    let centroids = known.compactMap { VoicePrint(mean: $0) }
    let byCosine = wrong(fresh) { print in centroids.map { print.similarity($0) } }
    let byContrast = wrong(fresh, contrast.scores)
    #expect(byContrast < byCosine && byContrast <= 3)
  }

  @Test func scoresDifferAsCosinesWould() throws {
    var random = SeededGenerator(seed: 4)
    let known = [prints(0, &random), prints(1, &random)]
    let contrast = try #require(VoiceContrast(moments: known, others: known))
    let centroids = known.compactMap { VoicePrint(mean: $0) }
    func gap(_ scores: (VoicePrint) -> [Float]) -> Float {
      known[0].reduce(0) { $0 + scores($1)[0] - scores($1)[1] } / Float(known[0].count)
    }
    let wanted = gap { print in centroids.map { print.similarity($0) } }
    #expect(abs(gap(contrast.scores) - wanted) < 0.1 * wanted)
  }

  @Test func withoutTwoVoicesThereIsNoContrast() {
    var random = SeededGenerator(seed: 4)
    let one = prints(0, &random)
    #expect(VoiceContrast(moments: [one], others: [[]]) == nil)
    #expect(VoiceContrast(moments: [one, Array(one.prefix(2))], others: [[], []]) == nil)
    #expect(VoiceContrast(moments: [], others: []) == nil)
    // Prints that are all the same have no spread.
    let same = [VoicePrint](repeating: one[0], count: 5)
    #expect(VoiceContrast(moments: [same, same], others: [[], []]) == nil)
  }
}
