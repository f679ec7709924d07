import Forms
import Testing

@testable import Extraction

/// What was clearly asked for and cannot be right, or was filled in by a guess: shown, doubted, never repaired.
@Suite struct DoubtTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let turns: [String]
    let field: FieldName
    let value: FieldValue
    /// The check that failed; nil where none did.
    let check: String?
    let alternative: FieldValue?

    init(
      _ description: String, _ turns: [String], _ field: FieldName, _ value: FieldValue,
      _ check: String? = nil, alternative: FieldValue? = nil
    ) {
      testDescription = description
      self.turns = turns
      self.field = field
      self.value = value
      self.check = check
      self.alternative = alternative
    }
  }

  private func candidate(_ item: Case) throws -> Candidate? {
    var extractor = try makeExtractor()
    for (index, text) in item.turns.enumerated() {
      extractor.add(
        TranscriptSegment(id: index, start: Double(index), end: Double(index) + 1, text: text))
    }
    return extractor.candidates[item.field]
  }

  static let impossible: [Case] = [
    Case(
      "a DNI stated without its letter", ["mi DNI es 12345678"], "document_number", "12345678",
      "document_complete"),
    Case(
      "a DNI answered without its letter",
      ["¿Su DNI?", "Uno dos tres, cuarenta y cinco, seis siete ocho."], "document_number",
      "12345678", "document_complete"),
    Case(
      "a NIE without its letter", ["mi NIE es X1234567"], "document_number", "X1234567",
      "document_complete"),
    Case("the type without a letter", ["¿Su DNI?", "12345678."], "document_type", "dni"),
    Case(
      "the last of February", ["¿Cuándo nació?", "El 31 de febrero de 1980"], "birth_date",
      "1980-02-31", "date_exists"),
    Case(
      "a day in words", ["¿Fecha de nacimiento?", "Treinta y uno de abril del ochenta"],
      "birth_date", "1980-04-31", "date_exists"),
    Case(
      "no leap year", ["Nací el 29 de febrero de 1981."], "birth_date", "1981-02-29", "date_exists"),
    Case(
      "no day and no month", ["¿Fecha de nacimiento?", "45/13/1980"], "birth_date", "1980-13-45",
      "date_exists"),
    Case(
      "a day too many", ["¿Fecha de nacimiento?", "El 32 de enero de 1980"], "birth_date",
      "1980-01-32", "date_exists"),
    Case(
      "a birth still to come", ["¿Fecha de nacimiento?", "El 3 de mayo de 2031"], "birth_date",
      "2031-05-03", "date_plausible"),
    Case(
      "a code of no province", ["¿Código postal?", "99999"], "postal_code", "99999",
      "postal_code_prefix"),
    Case(
      "a code in words", ["¿Y el código postal?", "Noventa y nueve, ciento veintitrés."],
      "postal_code", "99123", "postal_code_prefix"),
    Case(
      "a code too short", ["¿Código postal?", "2892"], "postal_code", "2892", "postal_code_prefix"),
    Case(
      "a code too long", ["¿Código postal?", "289223"], "postal_code", "289223",
      "postal_code_prefix"),
    Case(
      "a telephone too short", ["¿Su teléfono?", "512 34 56"], "phone", "5123456", "phone_plan"),
    Case(
      "a telephone of no plan", ["¿Su teléfono?", "512 345 678"], "phone", "512345678", "phone_plan"
    ),
    Case(
      "a telephone too long", ["¿Su teléfono?", "512 345 678 901"], "phone", "512345678901",
      "phone_plan"),
    Case(
      "a telephone announced", ["mi teléfono es el 412 345 678"], "phone", "412345678", "phone_plan"
    ),
  ]
  static let guessed: [Case] = [
    Case(
      "a provider alone", ["¿Correo?", "ana arroba gmail"], "email", "ana@gmail.com", "email_ending"
    ),
    Case(
      "a provider alone, over a pause", ["¿Correo?", "ana punto ruiz arroba", "gmail"], "email",
      "ana.ruiz@gmail.com", "email_ending"),
    Case(
      "a zero that was not said", ["¿Su DNI?", "1234567L"], "document_number", "01234567L",
      alternative: "X1234567L"),
    Case(
      "two or three", ["¿Cuántos son en casa?", "Dos o tres."], "household_size", .integer(2),
      alternative: .integer(3)),
    Case(
      "two or three, stated", ["¿Cuántos viven en casa?", "Somos dos o tres."], "household_size",
      .integer(2), alternative: .integer(3)),
  ]

  @Test(arguments: impossible + guessed) func isShownAndDoubted(_ item: Case) throws {
    let found = try #require(try candidate(item))
    #expect(found.value == item.value)
    #expect(found.state == .doubtful)
    #expect(found.checks.first { !$0.passed }?.name == item.check)
    if let other = item.alternative { #expect(found.alternatives.contains { $0.value == other }) }
    #expect(!found.evidence.isEmpty)
  }

  @Test(arguments: [
    TalkCase(
      "the letter after all", ["mi DNI es 12345678", "¿Y la letra?", "La zeta."],
      "document_number", "12345678Z"),
    TalkCase(
      "the day set right",
      ["¿Cuándo nació?", "El 31 de febrero de 1980", "¿Cómo?", "El 1 de marzo de 1980"],
      "birth_date", "1980-03-01"),
    TalkCase(
      "a right day stands",
      ["¿Cuándo nació?", "El 1 de marzo de 1980", "¿Seguro?", "El 31 de febrero de 1980"],
      "birth_date", "1980-03-01"),
    TalkCase(
      "the code set right", ["¿Código postal?", "99999", "¿Cómo?", "Perdón, 28922."], "postal_code",
      "28922"),
    TalkCase(
      "the telephone set right",
      ["¿Su teléfono?", "512 345 678", "¿Con cinco?", "No, 612 345 678."],
      "phone", "+34612345678"),
    TalkCase(
      "a telephone in pieces",
      ["¿Su teléfono?", "seis doce treinta y cuatro", "sí", "cincuenta y seis setenta y ocho"],
      "phone", "+34612345678"),
  ])
  func aRightValueWins(_ item: TalkCase) throws {
    let found = try candidate(
      Case(item.testDescription, item.turns, item.field, item.value ?? ""))
    #expect(found?.value == item.value)
    #expect(found?.state == .suggested)
    #expect(found?.alternatives.isEmpty == true)
  }

  @Test(arguments: [
    TalkCase("nobody asked", ["pagué 99999 euros"], "postal_code", nil),
    TalkCase(
      "a house number", ["¿Código postal?", "Calle Mayor 1234, no me lo sé"], "postal_code", nil),
    TalkCase("a year", ["¿Código postal?", "No sé, llegué en 2019."], "postal_code", nil),
    TalkCase("an hour", ["¿Teléfono?", "Llámeme a las 17 y 30."], "phone", nil),
    TalkCase(
      "a daughter's birthday", ["mi hija nació el 31 de febrero de 1980"], "birth_date", nil),
    TalkCase("an expiry date", ["mi pasaporte caduca el 31 de febrero de 2030"], "birth_date", nil),
    TalkCase(
      "somebody else's", ["¿Un teléfono?", "El de mi marido es el 512 34 56 78"], "phone", nil),
    TalkCase("the husband's DNI", ["el DNI de mi marido es 12345678"], "document_number", nil),
    TalkCase(
      "eight digits are no document", ["El expediente es el 12345678."], "document_number", nil),
  ])
  func whatNobodyAskedForIsLeftOut(_ item: TalkCase) throws {
    #expect(try item.heard() == nil)
  }

  @Test func anEndingSaidWithAnotherProviderSettlesAnAddress() throws {
    let found = try extract(
      "¿Correo?", "ana arroba gmail, no, perdón, arroba hotmail punto com")["email"]
    #expect(found?.value == "ana@hotmail.com")
    #expect(found?.state == .suggested)
  }

  @Test func aNamedDNIWithoutItsZeroIsHeard() throws {
    let found = try extract("mi DNI es el 1234567L")["document_number"]
    #expect(found?.value == "01234567L")
    #expect(found?.state == .suggested)
  }

  @Test func anEndingThatIsSaidSettlesAnAddress() throws {
    let found = try extract(
      "¿Correo?", "ana arroba gmail", "¿punto com?", "ana arroba gmail punto com")
    #expect(found["email"]?.value == "ana@gmail.com")
    #expect(found["email"]?.state == .suggested)
    #expect(found["email"]?.checks.allSatisfy(\.passed) == true)
  }
}

/// Signs that nobody sees, such as copied text is full of.
@Suite struct InvisibleSignTests {
  @Test(arguments: ["\u{200B}", "\u{200C}", "\u{200D}", "\u{FEFF}", "\u{AD}"])
  func areAbsentAndEvidenceStaysRight(sign: String) throws {
    let text =
      "\(sign)Me lla\(sign)mo Jo\(sign)sé \(sign)Gar\(sign)cía\(sign) López\(sign), gracias."
    let found = try #require(try extract(text)["full_name"])
    #expect(found.value == "José García López")
    let evidence = try #require(found.evidence.first)
    let scalars = Array(text.unicodeScalars)
    var words = String.UnicodeScalarView()
    words.append(contentsOf: scalars[evidence.characters])
    #expect(String(words) == evidence.text)
    #expect(evidence.text == "Jo\(sign)sé \(sign)Gar\(sign)cía\(sign) López")
  }

  @Test(arguments: ["\u{200B}", "\u{FEFF}", "\u{AD}"])
  func insideNumbersToo(sign: String) throws {
    let found = try extract("¿Teléfono?", "612\(sign) 34\(sign)5 678")
    #expect(found["phone"]?.value == "+34612345678")
  }
}
