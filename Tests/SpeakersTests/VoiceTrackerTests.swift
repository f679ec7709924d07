import Testing

@testable import Speakers

@Suite struct VoiceTrackerTests {
  /// Feeds a talk turn by turn, as the live session does, and gives the labels at the end.
  private func live(_ voices: [Int]) -> (first: [String?], last: [Int: String]) {
    let talk = Invented.talk(voices)
    var tracker = VoiceTracker()
    var first: [String?] = []
    var labels: [Int: String] = [:]
    for (index, speech) in talk.speech.enumerated() {
      for window in talk.windows
      where window.start >= speech.start && window.end <= speech.end + 0.01 {
        tracker.add(window)
      }
      let pieces = tracker.split([speech])
      first.append(pieces.first?.speaker)
      labels[index] = pieces.first?.speaker
      tracker.settle(index, start: speech.start, end: speech.end, speaker: pieces.first?.speaker)
      labels.merge(tracker.revisions()) { $1 }
    }
    return (first, labels)
  }

  @Test func labelsStayWithTheirVoices() {
    let result = live([0, 1, 0, 1, 2, 0])
    #expect(result.last[0] == result.last[2] && result.last[2] == result.last[5])
    #expect(result.last[1] == result.last[3])
    #expect(Set(result.last.values).count == 3)
    #expect(result.first.allSatisfy { $0 != nil })
  }

  @Test func twoVoicesInOneStretchAreTwoPieces() {
    let talk = Invented.talk([0, 1, 0, 1], windowsEach: 8)
    var tracker = VoiceTracker()
    talk.windows.forEach { tracker.add($0) }
    let pieces = tracker.split([(talk.speech[0].start, talk.speech[1].end)])
    #expect(pieces.count == 2)
    #expect(pieces.first?.speaker != pieces.last?.speaker)
  }

  @Test func nothingHeardIsNobody() {
    var tracker = VoiceTracker()
    #expect(tracker.split([(0, 1)]).map(\.speaker) == [nil])
    #expect(tracker.split([]).isEmpty)
    #expect(tracker.revisions().isEmpty)
  }

  @Test func scrapsBelongToTheirNeighbour() {
    let pieces = VoiceTracker.withoutScraps([
      (0, 0.3, "S1"), (0.3, 3, "S2"), (3, 3.2, "S1"), (3.2, 5, "S2"), (5, 7, "S1"),
    ])
    #expect(pieces.map(\.speaker) == ["S2", "S1"])
    #expect(pieces.first?.start == 0 && pieces.first?.end == 5)
  }
}
