import Forms
import TestSupport
import Testing

@testable import Extraction

@Suite struct IntakeExtractorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let turns: [String]
    let field: FieldName
    let value: FieldValue?
  }

  static let cases: [Case] = [
    Case(
      testDescription: "name after its cue", turns: ["Me llamo Ana María López García."],
      field: "full_name", value: "Ana María López García"),
    Case(
      testDescription: "name as an answer", turns: ["¿Cómo se llama usted?", "Mamadou Diallo."],
      field: "full_name", value: "Mamadou Diallo"),
    Case(
      testDescription: "the technician's name is not the person's",
      turns: ["Hola, soy Marta, la trabajadora social."], field: "full_name", value: nil),
    Case(
      testDescription: "phone in mixed form",
      turns: ["¿Un teléfono de contacto?", "seis cinco cuatro, 12 87 cero tres"], field: "phone",
      value: "+34654128703"),
    Case(
      testDescription: "landline", turns: ["¿Teléfono?", "957, 40, 12, 66"], field: "phone",
      value: "+34957401266"),
    Case(
      testDescription: "double zero", turns: ["¿Su teléfono?", "seis doble cero 12 34 56"],
      field: "phone", value: "+34600123456"),
    Case(
      testDescription: "town after its cue", turns: ["Ahora vivo en Móstoles, con mi hermana."],
      field: "municipality", value: "Móstoles"),
    Case(
      testDescription: "official name of a town",
      turns: ["¿Dónde vive?", "En Hospitalet de Llobregat"], field: "municipality",
      value: "L'Hospitalet de Llobregat"),
    Case(
      testDescription: "where one was born is not where one lives",
      turns: ["Nací en Lucena y estoy viuda."], field: "municipality", value: nil),
    Case(
      testDescription: "a misheard town", turns: ["vivo en Fuenlavrada desde mayo"],
      field: "municipality", value: "Fuenlabrada"),
    Case(
      testDescription: "a document is no phone", turns: ["mi dni es 612345678 Z no sé"],
      field: "phone", value: nil),
  ]

  @Test(arguments: cases)
  func fields(_ item: Case) throws {
    var extractor = try makeExtractor()
    for (index, text) in item.turns.enumerated() {
      extractor.add(
        TranscriptSegment(id: index, start: Double(index), end: Double(index) + 1, text: text))
    }
    #expect(extractor.candidates[item.field]?.value == item.value)
  }

  @Test func evidenceNamesTheWordsAndTheirTime() throws {
    let found = try extract("Buenos días.", "¿Teléfono? Es el 612 34 56 78, gracias.")["phone"]
    let evidence = try #require(found?.evidence.first)
    #expect(evidence.segment == 1)
    #expect(evidence.text == "612 34 56 78")
    #expect(evidence.start > 5 && evidence.end < 9 && evidence.start < evidence.end)
  }

  @Test func aPreviewIsNotKept() throws {
    let extractor = try makeExtractor()
    let segment = TranscriptSegment(id: 0, start: 0, end: 1, text: "vivo en Getafe")
    #expect(extractor.preview(segment)["municipality"]?.value == "Getafe")
    #expect(extractor.candidates.isEmpty)
  }

  @Test(arguments: 0..<200) func noTextCrashes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "DNI", "uno", "mil", "y", "12", "X", "zeta", "vivo en", "me llamo", "¿", "?", "\u{0}",
      "\u{301}",
      "الاسم", "作者", "👩‍👩‍👧", "doble", "triple", ".", "-", "mil millones", "\u{200F}", "teléfono",
      "cien",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      text +=
        (pieces.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
    }
    for candidate in try extract(text).values {
      #expect(!candidate.evidence.isEmpty)
      let limit = text.unicodeScalars.count
      #expect(candidate.evidence.allSatisfy { $0.characters.upperBound <= limit })
    }
  }

  @Test func municipalitiesAreFoundByEveryOfficialName() {
    #expect(gazetteers.municipalities("elche").first?.province == "Alicante/Alacant")
    #expect(gazetteers.municipalities("alcorcon").first?.name == "Alcorcón")
    #expect(gazetteers.municipalities("no such town").isEmpty)
    #expect(!gazetteers.isIncomplete)
  }
}
