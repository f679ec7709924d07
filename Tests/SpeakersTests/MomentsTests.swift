import Testing

@testable import Speakers

@Suite struct MomentsTests {
  private static let call: [(voice: Int, seconds: Double)] = [
    (0, 5), (1, 0.8), (0, 4), (1, 3), (0, 0.7), (1, 5),
  ]

  @Test func aShortWordInBetweenIsTheOthers() throws {
    let talk = Invented.quick(MomentsTests.call)
    let spans = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, moments: talk.moments)
    try #require(spans.map(\.speaker) == ["S1", "S2", "S1", "S2", "S1", "S2"])
    var end = 1.0
    for (span, turn) in zip(spans, MomentsTests.call) {
      end += turn.seconds
      #expect(abs(span.end - end) < 0.2)
    }
    // Longer windows alone do not hear it.
    let coarse = Diarisation.spans(speech: talk.speech, windows: talk.windows)
    #expect(coarse.count < spans.count)
  }

  @Test func theBeginningThatMatchesBetterIsTaken() throws {
    let turns = (0..<16).map { (voice: $0 % 2, seconds: [0.7, 1.2, 0.8, 1.6][$0 % 4]) }
    let talk = Invented.quick(turns)
    let answer = try #require(
      Moments.answer(talk.speech, windows: talk.windows, moments: talk.moments, count: 2))
    let clear = Moments.clear(talk.windows, talk.moments)
    for windows in [clear, talk.windows] {
      let voices = Clustering.voices(windows.map(\.print), count: 2)
      let one = Moments.follow(
        talk.speech, windows: talk.windows, moments: talk.moments, voices: voices)
      #expect(answer.match >= one.match)
    }
    let nothing = Moments.answer([], windows: [], moments: [], count: nil)
    #expect(nothing.map(\.runs.count) == nil)
  }

  @Test func oneVoiceStaysOne() {
    let talk = Invented.quick([(3, 20)])
    let spans = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, moments: talk.moments)
    #expect(spans.map(\.speaker) == ["S1"])
  }

  @Test func mixturesAreLeftOut() {
    let talk = Invented.quick(MomentsTests.call)
    let clear = Moments.clear(talk.windows, talk.moments)
    #expect(clear.count >= talk.windows.count / 2 && clear.count < talk.windows.count)
    let changes = [6.0, 6.8, 10.8, 13.8, 14.5]
    let mixed = talk.windows.filter { window in
      changes.contains { $0 > window.start + 0.6 && $0 < window.end - 0.6 }
    }
    #expect(!mixed.isEmpty && mixed.allSatisfy { !clear.contains($0) })
    #expect(Moments.clear(talk.windows, []) == talk.windows)
    #expect(Moments.clear([], talk.moments).isEmpty)
  }

  @Test func fastTurnsMakeTwoVoicesAndNoMore() {
    let turns = (0..<24).map { (voice: $0 % 2, seconds: [0.9, 1.4, 0.7, 2.0, 1.1][$0 % 5]) }
    let talk = Invented.quick(turns)
    let spans = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, moments: talk.moments)
    #expect(Set(spans.map(\.speaker)) == ["S1", "S2"])
    #expect(spans.count >= 22)
  }

  /// A word in between that is shorter than the windows by which voices are told apart.
  @Test func instantsFindWhenSpeakersChange() throws {
    let turns = (0..<24).map { (voice: $0 % 2, seconds: [0.6, 1.7, 2.4, 0.55][$0 % 4]) }
    let talk = Invented.quick(turns)
    let spans = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, moments: talk.moments, instants: talk.instants,
      count: 2)
    try #require(spans.count == turns.count)
    var end = 1.0
    for (span, turn) in zip(spans, turns) {
      end += turn.seconds
      #expect(abs(span.end - end) < 0.15)
    }
  }

  /// Two voices that are so much alike that their windows, mixed as in quick talks, are one group.
  @Test func aSecondVoiceIsLookedForWhereOneWasFound() {
    let turns = (0..<40).map { (voice: $0 % 2, seconds: [1.9, 2.4, 1.7][$0 % 3]) }
    let talk = Invented.quick(turns, common: 2.4)
    #expect(Clustering.voices(talk.windows.map(\.print)).count == 1)
    func speakers(_ talk: Invented.Quick) -> Set<String> {
      Set(
        Diarisation.spans(
          speech: talk.speech, windows: talk.windows, moments: talk.moments,
          instants: talk.instants
        ).map(\.speaker))
    }
    #expect(speakers(talk) == ["S1", "S2"])
    for seed in 1...5 as ClosedRange<UInt64> {
      #expect(speakers(Invented.quick([(3, 60)], common: 2.4, seed: seed)) == ["S1"])
    }
  }
}
