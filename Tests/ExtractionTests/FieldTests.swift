import Forms
import TestSupport
import Testing

@testable import Extraction

/// One talk and what it must give for a field; nil means that the field must stay empty.
struct TalkCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let turns: [String]
  let field: FieldName
  let value: FieldValue?

  init(_ description: String, _ turns: [String], _ field: FieldName, _ value: FieldValue?) {
    testDescription = description
    self.turns = turns
    self.field = field
    self.value = value
  }

  /// What extraction has for the field when all was said.
  func heard() throws -> FieldValue? {
    var extractor = try makeExtractor()
    for (index, text) in turns.enumerated() {
      extractor.add(
        TranscriptSegment(id: index, start: Double(index), end: Double(index) + 1, text: text))
    }
    return extractor.candidates[field]?.value
  }
}

@Suite struct DateFieldTests {
  static let cases: [TalkCase] = [
    ("quince de marzo del ochenta y siete", "1987-03-15"), ("el 15 del 3 del 87", "1987-03-15"),
    ("15/03/1987", "1987-03-15"), ("15-3-87", "1987-03-15"), ("1987-03-15", "1987-03-15"),
    ("primero de enero de mil novecientos setenta", "1970-01-01"),
    ("el uno del uno del dos mil", "2000-01-01"), ("dos de mayo de dos mil tres", "2003-05-02"),
    ("el día de los Inocentes del cincuenta y uno", "1951-12-28"),
    ("el día de Reyes del dos mil uno", "2001-01-06"), ("cinco diez setenta y uno", "1971-10-05"),
    ("el veintinueve de febrero del setenta y seis", "1976-02-29"),
    ("9 de noviembre de 1992", "1992-11-09"), ("once de abril de 19 89", "1989-04-11"),
  ].map { TalkCase($0.0, ["¿Fecha de nacimiento?", $0.0], "birth_date", .text($0.1)) }

  @Test(arguments: cases) func spokenDates(_ item: TalkCase) throws {
    #expect(try item.heard() == item.value, "\(item)")
  }

  @Test(arguments: [
    TalkCase(
      "the year corrected",
      [
        "¿Cuándo nació?", "El quince de marzo del setenta y nueve, no, perdón, del setenta y ocho.",
      ], "birth_date", "1978-03-15"),
    TalkCase(
      "a zero before the month",
      ["¿Fecha de nacimiento?", "Veintidós del cero siete del noventa y uno."], "birth_date",
      "1991-07-22"),
    TalkCase(
      "of a year, misheard", ["Perdona. ¿Naciste?", "Yo soy de 81, el 4 del 7."], "birth_date",
      "1981-07-04"),
    TalkCase("an expiry date", ["mi pasaporte caduca el 3 de mayo de 1999"], "birth_date", nil),
    TalkCase("a child's birthday", ["mi hija nació el 3 de mayo de 1999"], "birth_date", nil),
    TalkCase(
      "corrected in the same breath",
      ["nací el tres de mayo del noventa y uno, no, perdón, el trece de mayo del noventa y uno"],
      "birth_date", "1991-05-13"),
    TalkCase(
      "read back wrong, corrected in part",
      [
        "Naciste el doce de mayo del noventa.", "No, cinco de diciembre.",
        "Cinco del doce del noventa.", "Eso.",
      ],
      "birth_date", "1990-12-05"),
    TalkCase(
      "the year first",
      ["¿Naciste?", "Yo soy del ochenta y uno. El cuatro del siete.", "Cuatro de julio."],
      "birth_date",
      "1981-07-04"),
  ])
  func birthDates(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: 0..<50) func everyDateIsReadBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let months = Numerals.spanish.months.sorted { $0.value < $1.value }
    let year = Int.random(in: 1930...2008, using: &random)
    guard let month = months.randomElement(using: &random) else { return }
    let day = Int.random(in: 1...CalendarDate.days(year: year, month: month.value), using: &random)
    let date = try #require(CalendarDate(year: year, month: month.value, day: day))
    for text in [
      "\(day) de \(month.key) de \(year)", "\(spelled(day)) de \(month.key) de \(spelled(year))",
      "\(day)/\(month.value)/\(year)",
    ] {
      let talk = TalkCase(text, ["¿Cuándo nació?", text], "birth_date", .text(date.iso))
      #expect(try talk.heard() == talk.value, "\(talk)")
    }
  }
}

@Suite struct ContactFieldTests {
  @Test(arguments: [
    TalkCase(
      "dictated", ["¿Correo?", "keilin punto zelaya punto nueva, arroba gmail punto com"], "email",
      "keilin.zelaya.nueva@gmail.com"),
    TalkCase(
      "letters shown by names",
      ["¿Su correo?", "Es a de Ana, be de Barcelona, ce, arroba gmail punto com"], "email",
      "abc@gmail.com"),
    TalkCase(
      "a name and its letters",
      ["¿Correo?", "María, eme, a, erre, i, a, punto ruiz arroba gmail punto com"], "email",
      "maria.ruiz@gmail.com"),
    TalkCase("written", ["usman.tariq.bcn@hotmail.com"], "email", "usman.tariq.bcn@hotmail.com"),
    TalkCase(
      "with numbers", ["mi correo es oksana punto mel ochenta y cinco arroba ukr punto net"],
      "email", "oksana.mel85@ukr.net"),
    TalkCase(
      "with an underscore", ["lizethmejia, guion bajo, noventa y cuatro, arroba gmail punto com"],
      "email", "lizethmejia_94@gmail.com"),
    TalkCase(
      "how a word is written is no address",
      ["¿Correo?", "jessi con i al final, arroba gmail punto com"], "email", nil),
    TalkCase(
      "a son's address",
      ["Yo no tengo. Pon el de mi hijo, yassine punto elouardi arroba gmail punto com"], "email",
      nil),
    TalkCase(
      "domain corrected", ["usman@hotmail.com", "Lo tengo con gmail.", "No, no, hotmail."], "email",
      "usman@hotmail.com"),
    TalkCase(
      "letters shown by words", ["ana punto ce de casa arroba gmail com"], "email",
      "ana.c@gmail.com"),
  ])
  func emails(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "corrected by its ending",
      [
        "¿Teléfono?", "seis uno dos, tres cuatro, cinco seis, siete ocho",
        "No, acaba en setenta y nueve",
      ], "phone", "+34612345679"),
    TalkCase(
      "somebody else's", ["¿Un teléfono?", "El de mi marido es el 612 34 56 78"], "phone", nil),
    TalkCase(
      "own and the husband's",
      ["¿Teléfono?", "624 81 90 35. El de mi esposo acaba en treinta y seis"], "phone",
      "+34624819035"),
    TalkCase(
      "the old one was lost",
      ["¿El móvil sigue siendo el 652 110 180?", "Ese lo perdí. Apunta: 631 274 059"], "phone",
      "+34631274059"),
    TalkCase(
      "over two turns",
      ["¿Teléfono?", "seis doce", "noventa y ocho", "cero siete, cuarenta y cuatro"], "phone",
      "+34612980744"),
    TalkCase(
      "read back wrong",
      ["¿Móvil?", "611 43 02 78", "611 43 02 68", "No, no. Final setenta y ocho."], "phone",
      "+34611430278"),
    TalkCase("the office's", ["Si no contesta, llame al 957 40 12 66"], "phone", nil),
    TalkCase(
      "a triplet and pairs without pauses",
      ["¿Teléfono?", "seiscientos doce treinta y cuatro cincuenta y seis"], "phone", "+34600123456"),
  ])
  func phones(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test func whatMayBeTwoTelephonesIsDoubtful() throws {
    let found = try extract("¿Teléfono?", "seiscientos doce treinta cuatro cincuenta seis")["phone"]
    #expect(found?.value == "+34600123456")
    #expect(found?.state == .doubtful)
    #expect(found?.alternatives.contains { $0.value == "+34612304506" } == true)
  }

  @Test func anAmountIsNoPostalCode() throws {
    let found = try extract("¿Cuánto paga?", "cuatrocientos veinte euros")
    #expect(found["postal_code"] == nil)
    #expect(found["phone"] == nil)
  }

  @Test(arguments: [
    TalkCase(
      "a floor and a door", ["vivo en la calle Mayor, número doce, tercero be"], "street_address",
      "Calle Mayor 12, 3º B"),
    TalkCase(
      "two ordinals", ["Calle Riera Blanca, veintidós, primero segunda"], "street_address",
      "Calle Riera Blanca 22, 1º 2ª"),
    TalkCase(
      "a block", ["Estamos en la calle Joaquín Sama, número seis, bloque tres, segundo D"],
      "street_address", "Calle Joaquín Sama 6, Bloque 3, 2º D"),
    TalkCase(
      "an answer without its type", ["¿Calle?", "Polvoranca, 48, segundo C."], "street_address",
      "Calle Polvoranca 48, 2º C"),
    TalkCase(
      "a king's number", ["Calle Alfonso Doce, con números romanos, 84, tercero segunda"],
      "street_address", "Calle Alfonso XII 84, 3º 2ª"),
    TalkCase(
      "in pieces", ["vivo en la calle Montero, en el 17", "¿Qué piso?", "Bajo izquierda."],
      "street_address", "Calle Montero 17, Bajo Izquierda"),
    TalkCase("moved", ["Antes vivía en la calle Uría 9"], "street_address", nil),
    TalkCase("no address", ["duermo en la calle desde mayo"], "street_address", nil),
    TalkCase(
      "in Catalan", ["Carrer de Sant Cristòfol, catorce, segundo primera"], "street_address",
      "Carrer de Sant Cristòfol 14, 2º 1ª"),
  ])
  func addresses(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "corrected", ["Código postal, ¿28922?", "No, termina en tres, veintiocho nueve veintitrés."],
      "postal_code", "28923"),
    TalkCase("digit by digit", ["¿Código?", "cero, seis, cero, diez"], "postal_code", "06010"),
    TalkCase("as a thousand", ["¿Código postal?", "sí, 28.935"], "postal_code", "28935"),
  ])
  func postalCodes(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "moved away", ["¿Seguís en Cornellà?", "No, ya no. Ahora en Badalona."], "municipality",
      "Badalona"),
    TalkCase(
      "stated with its province", ["Jerez de la Frontera, Cádiz."], "municipality",
      "Jerez de la Frontera"),
    TalkCase("a letter's word", ["la letra es B de Barcelona"], "municipality", nil),
    TalkCase("the old name", ["vivo en Crevillente"], "municipality", "Crevillent"),
    TalkCase(
      "in small letters", ["¿Dónde vives?", "en torrevieja con mi hijo"], "municipality",
      "Torrevieja"),
  ])
  func places(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test func aPostalCodeOfAnotherProvinceIsDoubtful() throws {
    let found = try extract("Vivo en Getafe.", "¿El código postal?", "08903")
    #expect(found["postal_code"]?.state == .doubtful)
    #expect(
      found["postal_code"]?.checks.contains(Check(name: "postal_code_province", passed: false))
        == true)
  }
}

@Suite struct PersonFieldTests {
  @Test func aCityOfOriginIsOnlyAGuess() throws {
    let found = try extract("¿De dónde es usted?", "De Larache.")["nationality"]
    #expect(found?.value == "MAR")
    #expect(found?.state == .doubtful)
  }

  @Test(arguments: [
    TalkCase(
      "surname first", ["Molina Zafra, Encarnación."], "full_name", "Encarnación Molina Zafra"),
    TalkCase(
      "small letters", ["dime el nombre entero", "wilmer josé urdaneta bracho"], "full_name",
      "Wilmer José Urdaneta Bracho"),
    TalkCase(
      "spelled", ["¿Nombre y apellidos?", "fatima el guardi", "El Ouardi: o, u, a, erre, de, i"],
      "full_name", "Fatima El Ouardi"),
    TalkCase(
      "corrected", ["Tengo aquí Fatima Zahra El Guardi.", "No Guardi. El Ouardi."], "full_name",
      "Fatima Zahra El Ouardi"),
    TalkCase(
      "surname apart", ["Hola, Ayoub, pasa.", "¿Tu apellido?", "Benhaddou"], "full_name",
      "Ayoub Benhaddou"),
    TalkCase("a child's name", ["mi hija se llama Hiba Benali Amrani"], "full_name", nil),
    TalkCase(
      "the technician", ["Buenos días, soy Marta Gómez, la trabajadora social."], "full_name", nil),
  ])
  func names(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "demonym", ["¿Eres de Marruecos?", "De Larache. Marroquí, sí."], "nationality", "MAR"),
    TalkCase("a friend's", ["vivo con un amigo marroquí"], "nationality", nil),
    TalkCase("a language", ["hablo francés y portugués"], "nationality", nil),
    TalkCase("said plainly", ["soy venezolano"], "nationality", "VEN"),
    TalkCase(
      "languages",
      ["¿Qué idiomas habla?", "Wolof, francés y un poco de español. Inglés, mi hija."], "languages",
      .list(["es", "fr", "wo"])),
    TalkCase("no language", ["¿Idiomas?", "árabe. francés no hablo"], "languages", .list(["ar"])),
    TalkCase("gender asked", ["¿Sexo?", "Mujer."], "gender", "female"),
    TalkCase("gender offered", ["En el formulario, ¿pongo mujer?", "Sí."], "gender", "female"),
    TalkCase("a wife", ["vivo con mi mujer"], "gender", nil),
    TalkCase("an interjection", ["Hombre, si hay trabajo, sí."], "gender", nil),
    TalkCase(
      "a passport and no number", ["¿Qué documento tiene?", "Pasaporte."], "document_type",
      "passport"),
    TalkCase("another document", ["¿Tiene DNI?", "No, NIE."], "document_type", "nie"),
    TalkCase(
      "a passport that is gone", ["¿Qué documento tiene?", "El pasaporte se cayó al agua."],
      "document_type", nil),
    TalkCase("a passport refused", ["¿Qué documento?", "No, pasaporte no."], "document_type", nil),
    TalkCase(
      "no papers", ["¿Tienes documentación?", "No tengo ningún documento."], "document_type", "none"
    ),
    TalkCase(
      "the check over a conjunction",
      ["¿El DNI?", "Veintinueve, setenta y cuatro, cero seis, dieciocho. Y la pe."],
      "document_number", "29740618P"),
    TalkCase(
      "letter in the next turn", ["¿El DNI?", "48 55 02 19", "¿La letra?", "uve doble"],
      "document_number", "48550219W"),
    TalkCase(
      "a whole cardinal",
      ["¿El DNI?", "Treinta millones, cuatrocientos diecisiete mil, quinientos veintiocho, eme."],
      "document_number", "30417528M"),
    TalkCase(
      "a whole cardinal in numerals and words",
      ["¿El DNI?", "30 millones 417 mil 528, eme."], "document_number", "30417528M"),
    TalkCase(
      "a single digit ends a cardinal",
      ["¿El DNI?", "Treinta millones, cuatrocientos diecisiete mil, cinco, letra be."],
      "document_number", "30417005B"),
    TalkCase(
      "a passport", ["¿Tienes pasaporte?", "Sí: F, ochenta y tres, cuarenta y dos, cero siete."],
      "document_number", "F834207"),
    TalkCase(
      "a brother's passport",
      ["¿Documento?", "tengo foto de mi hermano moussa, su pasaporte AA 03 95 518"],
      "document_number", nil),
  ])
  func facts(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "stated", ["¿Cuántos sois?", "Somos cuatro, con dos menores."], "household_size", .integer(4)),
    TalkCase(
      "counted",
      ["¿Quiénes sois?", "Mi esposo, la niña, que tiene siete, el chiquito de tres y yo."],
      "household_size", .integer(4)),
    TalkCase(
      "minors counted",
      ["¿Quiénes sois?", "Mi esposo, la niña, que tiene siete, el chiquito de tres y yo."],
      "minors", .integer(2)),
    TalkCase(
      "a grown son",
      [
        "¿Con quién vive?",
        "Con mis hijos. Imane, que tiene veinte, y Bilal, que cumplió diecisiete.",
      ], "minors", .integer(1)),
    TalkCase("alone", ["Vivo solo."], "household_size", .integer(1)),
    TalkCase(
      "nobody", ["¿Vive alguien con usted?", "Nadie. Bueno, el canario."], "household_size",
      .integer(1)),
    TalkCase(
      "a crowd is no number", ["¿Con quién vive?", "somos un montón en esa casa"],
      "household_size", nil),
    TalkCase(
      "one more in the same breath", ["cuantos en casa", "somos cinco y con mi suegra seis"],
      "household_size", .integer(6)),
    TalkCase(
      "a part of it", ["¿Cuántos vivís?", "Somos cinco.", "y somos tres mujeres en casa"],
      "household_size", .integer(5)),
    TalkCase(
      "summed up by the other",
      ["¿con quién viene?", "yo con mis dos hijos", "ustedes tres entonces"], "household_size",
      .integer(3)),
    TalkCase(
      "who comes every day",
      [
        "¿Quién vive en casa?",
        "Vivimos cinco en el piso: mi marido, nuestros dos hijos, mi mamá y yo. Mi hermana Nidia pasa todo el día ahí.",
      ], "household_size", .integer(5)),
    TalkCase(
      "flatmates", ["¿Con quién vives?", "Con seis compañeros, pero cada uno por su cuenta."],
      "household_size", .integer(1)),
    TalkCase(
      "one who went away", ["¿Quiénes viven en casa?", "Mi mujer y yo. Mi hijo se quedó en Perú."],
      "household_size", .integer(2)),
    TalkCase(
      "children elsewhere",
      ["¿Los niños viven contigo?", "Dos sí, los otros dos se quedaron con la abuela en Bolivia."],
      "minors", .integer(2)),
    TalkCase(
      "ages told later",
      [
        "¿Quién vive en casa?", "Mi marido y los niños.", "¿Qué edades tienen?",
        "Doce, nueve y dos.",
      ],
      "minors", .integer(3)),
    TalkCase(
      "a son with his family",
      ["¿Quiénes sois?", "Mi hijo, su mujer, los dos nietos y yo."], "minors", .integer(2)),
    TalkCase(
      "told without marks",
      [
        "con quién vives",
        "mi señora mi suegra y los dos pelaos que tienen nueve y once años el mayor quedó en cali",
      ], "household_size", .integer(5)),
    TalkCase(
      "the cat", ["¿Con quién vives?", "Mi madre, mi hijo y el gato. El gato no cuenta."],
      "household_size", .integer(3)),
    TalkCase(
      "a number set right", ["Entonces sois seis.", "No, cinco, que mi padre se fue en abril."],
      "household_size", .integer(5)),
    TalkCase(
      "offered and confirmed", ["¿Vives con tus padres?", "Sí, con los dos."], "household_size",
      .integer(3)),
    TalkCase(
      "everybody far away",
      ["¿Y la familia?", "Mi mujer y tres niños, todos en Senegal."], "minors", nil),
    TalkCase("no minors", ["Una persona, sin menores."], "minors", .integer(0)),
  ])
  func household(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "asked for", ["¿Qué necesita?", "Necesito ropa y un abogado"], "needs",
      .list(["clothing", "legal_advice"])),
    TalkCase(
      "bare answer", ["¿Qué necesita?", "Un abogado y medicinas."], "needs",
      .list(["healthcare", "legal_advice"])),
    TalkCase(
      "asked for in so many words, once, in a short talk",
      [
        "¿Qué necesita?", "Necesito ropa.", "¿Y algo más?", "No, nada más.", "¿Teléfono?",
        "612345678",
      ],
      "needs", .list(["clothing"])),
    TalkCase(
      "said before anybody asked",
      [
        "Buenos días, busco trabajo.", "Vale, primero los datos.", "¿Nombre?", "Ana López Gil",
        "¿Teléfono?", "612345678",
      ], "needs", .list(["employment"])),
    TalkCase(
      "asked and agreed to",
      [
        "¿Necesita ropa?", "Sí, por favor.", "¿Y comida?", "No, gracias, comida tenemos.", "Bien.",
        "Adiós.",
      ],
      "needs", .list(["clothing"])),
    TalkCase("told", ["El quince ya está vacía la nevera."], "needs", .list(["food"])),
    TalkCase("refused", ["¿De comida cómo andáis?", "No, gracias, eso lo tengo."], "needs", nil),
    TalkCase(
      "offered and taken", ["¿Te interesa la bolsa de empleo?", "Sí, me interesa. Apúntame."],
      "needs", .list(["employment"])),
    TalkCase("a state denied", ["¿Tienes trabajo?", "No."], "needs", .list(["employment"])),
    TalkCase("a state affirmed", ["¿Tienes trabajo?", "Sí."], "needs", nil),
    TalkCase(
      "an offer declined", ["Te puedo apuntar a clases de español.", "No, gracias."], "needs", nil),
    TalkCase(
      "who lives there is no mood", ["¿Vives con alguien?", "Estoy sola con el niño."], "needs",
      nil),
    TalkCase("only talk", ["mi hijo va al colegio y está contento"], "needs", nil),
  ])
  func needs(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }
}
