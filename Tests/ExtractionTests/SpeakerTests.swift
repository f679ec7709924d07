import Forms
import Testing

@testable import Extraction

/// Who speaks, where somebody told voices apart.
@Suite struct SpeakerTests {
  private func heard(_ turns: [(String?, String)]) throws -> [FieldName: Candidate] {
    var extractor = try makeExtractor()
    for (index, turn) in turns.enumerated() {
      extractor.add(
        TranscriptSegment(
          id: index, start: Double(index) * 5, end: Double(index) * 5 + 4, text: turn.1,
          speaker: turn.0))
    }
    return extractor.candidates
  }

  @Test func whatTheTechnicianSaysOfThemselfIsNotThePersons() throws {
    let words = "Yo vivo en Zaragoza y mi teléfono es el 612 34 56 78."
    #expect(try heard([("technician", words)])["phone"] == nil)
    #expect(try heard([("person", words)])["phone"]?.value == .text("+34612345678"))
    #expect(try heard([(nil, words)])["phone"]?.value == .text("+34612345678"))
  }

  @Test func whatTheTechnicianReadsBackIsThePersons() throws {
    let heard = try heard([("technician", "Entonces su teléfono es el 612 34 56 78, ¿verdad?")])
    #expect(heard["phone"]?.value == .text("+34612345678"))
  }

  @Test func theVoiceThatAsksIsTheTechnicians() {
    var roles = VoiceRoles()
    #expect(roles.speaker("S1") == nil && roles.speaker(nil) == nil)
    for _ in 0..<3 {
      roles.note("S1", asks: true)
      roles.note("S2", asks: false)
    }
    #expect(roles.speaker("S1") == .technician && roles.speaker("S2") == .person)
    #expect(roles.speaker("Técnica") == .technician && roles.speaker("persona") == .person)
  }
}
