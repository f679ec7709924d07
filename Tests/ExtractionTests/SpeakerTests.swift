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

  /// Two voices that were taken for one ask and answer.
  @Test func oneVoiceForAllIsNobodys() throws {
    let talk = [
      "¿Cómo se llama usted?", "Me llamo Carmen López García.", "¿Su DNI?",
      "Sí, mi DNI es 12345678 Z.", "¿Fecha de nacimiento?", "Nací el 14 de febrero de 1979.",
      "¿Y dónde vive?", "Vivo en Zaragoza.", "¿Teléfono?", "Mi teléfono es el 612 34 56 78.",
    ]
    let found = try heard(talk.map { ("S1", $0) })
    #expect(found["birth_date"]?.value == .text("1979-02-14"))
    #expect(found["document_number"]?.value == .text("12345678Z"))
    #expect(found["municipality"]?.value == .text("Zaragoza"))
    #expect(found["phone"]?.value == .text("+34612345678"))
    var roles = VoiceRoles()
    for index in 0..<20 { roles.note(index == 7 ? "S2" : "S1", asks: index.isMultiple(of: 2)) }
    #expect(roles.speaker("S1") == nil && roles.speaker("S2") == nil)
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
