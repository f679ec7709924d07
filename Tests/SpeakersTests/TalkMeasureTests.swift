import TestSupport
import Testing

@testable import Speakers

@Suite struct TalkMeasureTests {
  private func span(_ start: Double, _ end: Double, _ speaker: String) -> SpeakerSpan {
    SpeakerSpan(start: start, end: end, speaker: speaker)
  }

  @Test func aTalkIsMeasured() throws {
    let measure = TalkMeasure(
      [
        span(0, 4, "T"), span(5, 6, "P"), span(6.5, 9.5, "P"), span(9.55, 11.55, "T"),
        span(15, 16, "T"),
      ], length: 20)
    #expect(measure.seconds == 20)
    #expect(abs(measure.silence - 9) < 1e-9)
    #expect(abs(measure.longestSilence - 3.45) < 1e-9)
    let technician = try #require(measure.speaker("T"))
    let person = try #require(measure.speaker("P"))
    #expect(abs(technician.share - 7.0 / 11) < 1e-9 && abs(person.share - 4.0 / 11) < 1e-9)
    // After more than three seconds of silence the same speaker begins anew.
    #expect(technician.turns == 3 && person.turns == 1)
    #expect(technician.longestTurn == 4 && person.longestTurn == 4)
    #expect(technician.interruptions == 1 && person.interruptions == 0)
  }

  @Test func overlapCountsOnceAsSpeechAndForBoth() {
    let measure = TalkMeasure([span(0, 4, "A"), span(3, 5, "B")])
    #expect(measure.silence == 0 && measure.seconds == 5)
    #expect(measure.speaker("A")?.seconds == 4 && measure.speaker("B")?.seconds == 2)
    #expect(measure.speaker("B")?.interruptions == 1)
  }

  @Test func nothingIsNothing() {
    let measure = TalkMeasure([], length: 3)
    #expect(measure.speakers.isEmpty && measure.silence == 3)
  }

  @Test func sharesAddUpWhateverTheSpans() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let spans = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        let start = Double.random(in: 0...100, using: &random)
        let who = "S\(Int.random(in: 1...4, using: &random))"
        return span(start, start + Double.random(in: 0.1...9, using: &random), who)
      }
      let measure = TalkMeasure(spans)
      #expect(abs(measure.speakers.reduce(0) { $0 + $1.share } - 1) < 1e-9)
      #expect(measure.silence >= 0 && measure.silence <= measure.seconds)
      #expect(measure.speakers.allSatisfy { $0.longestTurn <= $0.seconds + 1e-9 })
    }
  }

  @Test func markedTimesComeBack() {
    let spans = [span(0.5, 2.25, "S1"), span(2.5, 3, "Ana María")]
    let text = RTTM.text(spans, name: "a talk")
    #expect(text.hasPrefix("SPEAKER a_talk 1 0.500 1.750 <NA> <NA> S1 <NA> <NA>\n"))
    #expect(RTTM.spans(text) == [spans[0], span(2.5, 3, "Ana_María")])
    #expect(RTTM.spans("SPEAKER x 1 nan 2 a b c d\nnonsense\nSPEAKER x 1 -3 2 a b c d").isEmpty)
  }
}
