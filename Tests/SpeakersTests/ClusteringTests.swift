import TestSupport
import Testing

@testable import Speakers

@Suite struct ClusteringTests {
  @Test(arguments: [[0], [0, 1, 0, 1], [0, 1, 2, 0, 2, 1]])
  func asManyVoicesAreFoundAsThereAre(_ turns: [Int]) {
    let talk = Invented.talk(turns, windowsEach: 10)
    let voices = Clustering.voices(talk.windows.map(\.print))
    #expect(voices.count == Set(turns).count)
  }

  @Test func anAskedNumberIsKept() {
    let talk = Invented.talk([0, 1, 2, 0], windowsEach: 10)
    #expect(Clustering.voices(talk.windows.map(\.print), count: 2).count == 2)
    #expect(Clustering.voices([], count: 2).isEmpty)
  }

  @Test func aNoiseTakesNoVoicesPlace() {
    let talk = Invented.talk([0, 1, 0, 1], windowsEach: 14)
    var random = SeededGenerator(seed: 5)
    var prints = talk.windows.map(\.print)
    prints.insert(Invented.print(9, &random), at: 10)
    let voices = Clustering.voices(prints, count: 2)
    #expect(Set(talk.windows.map { Clustering.nearest($0.print, voices) }).count == 2)
    // Who says little is somebody all the same, where the rest is one voice.
    let quiet = Invented.talk([0, 0, 1, 0], windowsEach: 14).windows.map(\.print)
    let few = quiet.indices.filter { !(30..<42).contains($0) }.map { quiet[$0] }
    let found = Clustering.voices(few, count: 2)
    #expect(Set(few.map { Clustering.nearest($0, found) }).count == 2)
    #expect(found.allSatisfy { voice in few.contains { $0.similarity(voice) > 0.7 } })
    #expect(found.count == 2 && found[0].similarity(found[1]) < 0.42)
  }

  @Test func voicesComeInTheOrderInWhichTheyAreHeard() {
    let talk = Invented.talk([4, 7, 4], windowsEach: 10)
    let voices = Clustering.voices(talk.windows.map(\.print))
    #expect(voices.count == 2)
    #expect(Clustering.nearest(talk.windows[0].print, voices) == 0)
    #expect(Clustering.nearest(talk.windows[14].print, voices) == 1)
  }

  @Test func longRecordingsAreSampled() {
    let talk = Invented.talk((0..<20).map { $0 % 2 }, windowsEach: 10)
    #expect(talk.windows.count > 100)
    #expect(Clustering.voices(talk.windows.map(\.print), most: 60).count == 2)
  }

  @Test func spansFollowTheTurns() {
    let talk = Invented.talk([0, 1, 0, 1])
    let spans = Diarisation.spans(speech: talk.speech, windows: talk.windows)
    #expect(spans.map(\.speaker) == ["S1", "S2", "S1", "S2"])
    for (span, speech) in zip(spans, talk.speech) {
      #expect(abs(span.start - speech.start) < 0.15 && abs(span.end - speech.end) < 0.15)
    }
  }

  @Test func aChangeInsideAStretchIsFound() {
    var talk = Invented.talk([0, 1], windowsEach: 8)
    // No pause between the two: one stretch.
    talk.speech = [(talk.speech[0].start, talk.speech[1].end)]
    let spans = Diarisation.spans(speech: talk.speech, windows: talk.windows)
    #expect(spans.map(\.speaker) == ["S1", "S2"])
    #expect(abs(spans[0].end - 5.7) < 0.8)
  }

  @Test func theEnrolledVoiceIsTheTechnician() {
    var random = SeededGenerator(seed: 9)
    let talk = Invented.talk([0, 1, 0, 1])
    let enrolled = Invented.print(1, noise: 0.2, &random)
    let spans = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, technician: enrolled)
    #expect(spans.map(\.speaker) == ["person", "technician", "person", "technician"])
    let stranger = Invented.print(20, noise: 0.2, &random)
    let others = Diarisation.spans(
      speech: talk.speech, windows: talk.windows, technician: stranger)
    #expect(Set(others.map(\.speaker)) == ["S1", "S2"])
  }

  @Test func withoutPrintsEverythingIsOneVoice() {
    let spans = Diarisation.spans(speech: [(0, 1), (2, 3)], windows: [])
    #expect(spans.map(\.speaker) == ["S1", "S1"])
  }

  @Test(arguments: [0.2, 0.3, 1.0, 1.5, 1.6, 7.3])
  func windowsStayInsideTheirStretch(_ length: Double) {
    let windows = WindowGrid.voices.windows(10, 10 + length)
    #expect(windows.isEmpty == (length < WindowGrid.shortest))
    #expect(windows.allSatisfy { $0.start >= 10 && $0.end <= 10 + length + 1e-9 })
    if length >= WindowGrid.shortest { #expect(abs((windows.last?.end ?? 0) - 10 - length) < 1e-9) }
  }
}
