import Forms
import Foundation
import TestSupport
import Testing

@testable import Extraction

/// What an extractor gives for these turns, each a segment.
private func read(_ turns: [String], with extractor: inout IntakeExtractor) -> [FieldName:
  FieldValue]
{
  for (index, text) in turns.enumerated() {
    extractor.add(
      TranscriptSegment(id: index, start: Double(index), end: Double(index) + 1, text: text))
  }
  return extractor.candidates.mapValues(\.value)
}

extension CueFile {
  /// What a line stands for.
  fileprivate static func pattern(_ line: Substring) -> PhrasePattern? {
    pattern(Array(line.utf8)[...])
  }

  /// All phrases of a file.
  fileprivate static func rows(
    _ text: String, file: String, codes: Set<String>? = nil
  ) throws(LanguagePackError) -> [Row] {
    var rows: [Row] = []
    try read(text, file: file, codes: codes) { rows.append($0) }
    return rows
  }
}

extension PhraseTrie {
  /// The trie of these phrases.
  fileprivate init(_ phrases: [(pattern: PhrasePattern, cue: Cue)]) {
    self.init()
    for (pattern, cue) in phrases { add(pattern, cue) }
    finish()
  }
}

@Suite struct LanguagePackTests {
  @Test(arguments: [
    ("como te llamas", 1), ("a/b c", 2), ("a (b) c", 2), ("a (b c) d", 2), ("a/b (c/d)", 6),
    ("a _ b", 1), ("(a _) b", 2), ("a (_ b)", 2),
    ("empadronad*", 1),
  ])
  func aLineStandsForSoManyPhrases(line: String, count: Int) {
    #expect(CueFile.pattern(line[...])?.count == count)
  }

  @Test(arguments: [
    "_ a", "a _", "a (b", "(a)", "", "a (_)", "hola que) tal", "a () b", "a ((b) c) d",
    "a (b (c) d)",
    "(_ a) b", "a (b _)", "a b(c)", "a//b", "/a", "a/", "*", "a*b", "¿que tal?", "a, b", "a-b",
  ])
  func malformedPhrasesAreRefused(line: String) { #expect(CueFile.pattern(line[...]) == nil) }

  @Test func mistakesNameTheirLine() {
    #expect(throws: LanguagePackError(file: "x.cues", line: 3, problem: .unknownKind("[nonsense]")))
    {
      try CueFile.rows("# comment\n\n[nonsense]\na", file: "x.cues")
    }
    #expect(throws: LanguagePackError(file: "x.cues", line: 1, problem: .phraseOutsideSection)) {
      try CueFile.rows("a", file: "x.cues")
    }
  }

  @Test(arguments: [
    ("[problem foood]\na", 1, LanguagePackError.Problem.unknownCode("[problem foood]")),
    ("[yes]\na\n[service]\nb", 3, .unknownCode("[service]")),
    ("[yes food]\na", 1, .unknownCode("[yes food]")),
    ("# none\n[yes]\n\n[no]\nno", 2, .emptySection("[yes]")),
    ("[yes]\nsi\n[no]\n", 3, .emptySection("[no]")),
    ("# nothing\n", 2, .emptyFile),
  ])
  func emptyAndUnknownSectionsAreRefused(
    text: String, line: Int, problem: LanguagePackError.Problem
  ) {
    #expect(throws: LanguagePackError(file: "x.cues", line: line, problem: problem)) {
      try CueFile.rows(text, file: "x.cues", codes: ["food"])
    }
  }

  @Test func wrongBytesNameTheirLine() {
    let data = Data("[yes]\nsí\n".utf8) + Data([0x73, 0xED]) + Data("\n[no]\nno\n".utf8)
    #expect(throws: LanguagePackError(file: "x.cues", line: 3, problem: .notUTF8)) {
      try LanguagePack.text(data, file: "x.cues")
    }
  }

  @Test func aPackWithoutItsFilesIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: assets.appendingPathComponent("languages/es"), to: folder)
    let dialogue = folder.appendingPathComponent("dialogue.cues")
    try FileManager.default.removeItem(at: dialogue)
    #expect(throws: LanguagePackError(file: "dialogue.cues", line: 1, problem: .unreadable)) {
      try LanguagePack(folder: folder, form: defaultForm())
    }
  }

  @Test(arguments: 0..<200) func noCueFileCrashes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let signs =
      Array("ab/()*_[]# \n\t\u{301}é").map(String.init) + [
        "[yes]\n", "[problem food]\n", "como te llamas\n",
      ]
    let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
      signs.randomElement(using: &random) ?? ""
    }.joined()
    _ = try? CueFile.rows(text, file: "fuzz.cues")
  }

  @Test func gapsSkipAtMostThreeWords() throws {
    let pattern = try #require(CueFile.pattern("nevera _ vacia"))
    let trie = PhraseTrie([(pattern, Cue(kind: .problem, code: 0))])
    let found = { (text: String) in
      let words = tokens(text).map { trie.key($0.folded) }
      var count = 0
      trie.scan(words, sentences: words.map { _ in 0 }) { _, _ in count += 1 }
      return count
    }
    #expect(found("la nevera vacía") == 1)
    #expect(found("la nevera ya está medio vacía") == 1)
    #expect(found("la nevera que compramos ayer no está vacía") == 0)
  }

  @Test func everyPackCanBeRead() throws {
    for language in ["es", "en"] { #expect(try pack(language).language == language) }
  }

  @Test func englishIsReadWithItsPack() throws {
    var extractor = IntakeExtractor(
      form: try defaultForm(), gazetteers: gazetteers, pack: try pack("en"), today: today)
    let turns = [
      "What is your name?", "My name is Amina Diallo.", "When were you born?", "9 November 1992",
      "Your phone?",
      "six one two, three four, five six, seven eight", "Where do you live?", "I live in Getafe",
      "What do you need?",
      "I need food and clothes",
    ]
    let found = read(turns, with: &extractor)
    #expect(found["full_name"] == "Amina Diallo")
    #expect(found["birth_date"] == "1992-11-09")
    #expect(found["phone"] == "+34612345678")
    #expect(found["municipality"] == "Getafe")
    #expect(found["needs"] == .list(["clothing", "food"]))
  }

  static let ownForm = """
    id = "own"
    version = "1"
    title = { es = "Propio", en = "Own" }
    [[section]]
    id = "a"
    title = { es = "A", en = "A" }
    [[section.field]]
    name = "arrival"
    type = "date"
    label = { es = "Llegada", en = "Arrival" }
    cues.es = ["llegada a españa", "cuándo llegó"]
    [[section.field]]
    name = "rooms"
    type = "integer"
    label = { es = "Habitaciones", en = "Rooms" }
    cues.es = ["cuántas habitaciones"]
    [[section.field]]
    name = "studies"
    type = "choice"
    label = { es = "Estudios", en = "Studies" }
    vocabulary = "studies"
    cues.es = ["estudios"]
    [[section.field]]
    name = "insured"
    type = "boolean"
    label = { es = "Seguro", en = "Insured" }
    cues.es = ["tiene seguro"]
    [[section.field]]
    name = "contact"
    type = "person_name"
    label = { es = "Contacto", en = "Contact" }
    cues.es = ["persona de contacto"]
    [[vocabulary]]
    name = "studies"
    [[vocabulary.entry]]
    code = "primary"
    label = { es = "Primaria", en = "Primary" }
    [[vocabulary.entry]]
    code = "degree"
    label = { es = "Universidad", en = "Degree" }
    synonyms.es = ["carrera", "universitarios"]
    """

  @Test func anOrganisationsOwnFieldsAreServed() throws {
    let form = try FormDefinition(toml: Self.ownForm)
    var extractor = IntakeExtractor(
      form: form, gazetteers: gazetteers,
      pack: try LanguagePack(folder: assets.appendingPathComponent("languages/es"), form: form),
      today: today)
    let turns = [
      "¿Cuándo llegó?", "El tres de mayo de dos mil veinte.", "¿Cuántas habitaciones?", "Tres.",
      "¿Qué estudios?",
      "Una carrera.", "¿Tiene seguro?", "No.", "¿Persona de contacto?", "Ana Ruiz Torres.",
    ]
    let found = read(turns, with: &extractor)
    #expect(found["arrival"] == "2020-05-03")
    #expect(found["rooms"] == .integer(3))
    #expect(found["studies"] == "degree")
    #expect(found["insured"] == .boolean(false))
    #expect(found["contact"] == "Ana Ruiz Torres")
    #expect(found.count == 5)
  }
}

@Suite struct RobustnessTests {
  @Test(arguments: [
    ("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1),
  ])
  func checkDigitsOfTravelDocuments(field: String, digit: Int) {
    #expect(MachineReadableZone.checkDigit(field) == digit)
  }

  @Test func aPassportLineIsChecked() throws {
    let line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    #expect(MachineReadableZone.passport(line)?.isValid == true)
    #expect(MachineReadableZone.passport(line)?.number == "L898902C3")
    #expect(MachineReadableZone.passport("L898902C46" + line.dropFirst(10))?.isValid == false)
    #expect(MachineReadableZone.passport("short") == nil)
  }

  @Test(arguments: 0..<60) func noBytesCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    _ = try extract(String(decoding: bytes, as: UTF8.self))
  }

  /// Work that grows with the square of a line's length would need hours for this one.
  @Test func aLineOfAMegabyteIsReadInLinearTime() throws {
    let piece =
      "me llamo Ana Ruiz y necesito comida, no tengo teléfono 612 y mi hijo vive en Getafe "
    let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
    #expect(try !extract(text).isEmpty)
  }
}
