import Extraction
import Testing

@testable import Interview

/// Who said what, and what else is known of a segment.
@Suite struct SpeakerNamesTests {
  @Test func aLabelChangesNothingElse() {
    let segment = TranscriptSegment(id: 3, start: 1, end: 2, text: "hola", speaker: "A", lag: 40)
    let named = segment.spoken(by: "Nadia")
    #expect(
      named
        == TranscriptSegment(id: 3, start: 1, end: 2, text: "hola", speaker: "Nadia", lag: 40))
  }

  @Test func whatAPersonDecidedOutweighsWhatIsHeardLater() {
    var names = SpeakerNames()
    names.note([1: "A"], byPerson: true)
    names.note([1: "B", 2: "B"], byPerson: false)
    names.rename("A", to: "Nadia")
    #expect(names.labels == ["A", "B"])
    #expect(
      names.name(of: TranscriptSegment(id: 1, start: 0, end: 1, text: "x", speaker: "B")) == "Nadia"
    )
    #expect(names.name(of: TranscriptSegment(id: 2, start: 0, end: 1, text: "x")) == "B")
    #expect(names.name(of: TranscriptSegment(id: 3, start: 0, end: 1, text: "x")) == nil)
  }
}
