import Extraction
import Interview
import Terminal
import Testing

@testable import Desk

/// A two-hour talk must not slow the keys down. The limit is wide for unoptimised builds on loaded machines; the
/// benchmark of the release build has the number that is promised.
@Suite struct SpeedTests {
  @Test func keyToPictureWithTwoHoursOfTalk() throws {
    var scene = try Scene.talk()
    let words =
      "y entonces fuimos a la oficina de la calle Mayor pero nos dijeron que faltaba un papel"
    for index in 6..<1500 {
      let start = Double(index) * 4.8
      scene.happen(
        .settled(TranscriptSegment(id: index, start: start, end: start + 4, text: words)))
    }
    let size = Size(rows: 40, columns: 120)
    let clock = ContinuousClock()
    var times: [Duration] = []
    for step in 0..<60 {
      times.append(
        clock.measure {
          _ = scene.press(step % 3 == 2 ? Key(.pageUp) : Key(.down), size: size)
          _ = render(scene.state, size)
        })
    }
    // The median: the slowest few tell of the machine.
    let median = times.sorted()[30]
    print("key to picture, 1,500 segments: median \(median)")
    #expect(median < .milliseconds(400))
  }
}
