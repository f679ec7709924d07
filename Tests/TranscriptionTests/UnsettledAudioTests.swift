import Audio
import TestSupport
import Testing

@testable import Transcription

@Suite struct UnsettledAudioTests {
  private func frame(_ position: Int64, _ count: Int = 10) -> AudioFrame {
    AudioFrame(position: position, samples: [Int16](repeating: 1, count: count))
  }

  private func drain(_ audio: inout UnsettledAudio) -> [UnsettledAudio.Item] {
    var items: [UnsettledAudio.Item] = []
    while let item = audio.next() { items.append(item) }
    return items
  }

  @Test func everythingIsSentOnce() {
    var audio = UnsettledAudio(position: 0, limit: 1000)
    audio.append(frame(0))
    audio.append(frame(10))
    #expect(drain(&audio) == [.frame(frame(0)), .frame(frame(10))])
    #expect(drain(&audio).isEmpty)
    audio.append(frame(20))
    #expect(drain(&audio) == [.frame(frame(20))])
  }

  @Test func afterADeathOnlyWhatIsNotSettledComesAgain() {
    var audio = UnsettledAudio(position: 0, limit: 1000)
    for position in stride(from: Int64(0), to: 50, by: 10) { audio.append(frame(position)) }
    _ = drain(&audio)
    audio.settle(20)
    audio.rewind()
    #expect(drain(&audio) == [.frame(frame(20)), .frame(frame(30)), .frame(frame(40))])
  }

  @Test func aFlushKeepsItsPlaceAlsoAfterADeath() {
    var audio = UnsettledAudio(position: 0, limit: 1000)
    audio.append(frame(0))
    audio.flush()
    audio.append(frame(30))
    let order: [UnsettledAudio.Item] = [.frame(frame(0)), .flush, .frame(frame(30))]
    #expect(drain(&audio) == order)
    audio.rewind()
    #expect(drain(&audio) == order)
    audio.settle(10)
    audio.rewind()
    #expect(drain(&audio) == [.frame(frame(30))])
  }

  @Test func whatDoesNotFitInMemoryIsReadFromTheSpool() {
    var audio = UnsettledAudio(position: 0, limit: 30)
    for position in stride(from: Int64(0), to: 100, by: 10) { audio.append(frame(position)) }
    let items = drain(&audio)
    #expect(items.first == .missing(0..<70))
    #expect(items.dropFirst() == [.frame(frame(70)), .frame(frame(80)), .frame(frame(90))])
  }

  @Test(arguments: 0..<100) func nothingIsEverLost(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var audio = UnsettledAudio(position: 0, limit: Int.random(in: 10...200, using: &random))
    var covered = Set<Int64>()
    var position: Int64 = 0
    func take() {
      for item in drain(&audio) {
        switch item {
        case .frame(let frame): covered.formUnion(frame.position..<frame.endPosition)
        case .missing(let range): covered.formUnion(range)
        case .flush: break
        }
      }
    }
    for _ in 0..<60 {
      switch Int.random(in: 0...5, using: &random) {
      case 0: take()
      case 1:
        audio.settle(
          Int64.random(in: audio.settled...max(audio.settled, audio.sent), using: &random))
      case 2: audio.rewind()
      case 3: audio.flush()
      default:
        audio.append(frame(position))
        position += 10
      }
    }
    take()
    #expect(covered.count == Int(position))
  }
}
