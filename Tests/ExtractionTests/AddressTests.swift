import Forms
import TestSupport
import Testing

@testable import Extraction

/// Streets and towns as two people settle them over several turns.
@Suite struct AddressTests {
  @Test(arguments: [
    TalkCase(
      "a number taken back, then said again",
      [
        "¿Dirección?", "Calle julián ceballos, número 26 no 28, perdón. Veintiocho. Cuarto derecha",
      ],
      "street_address", "Calle Julián Ceballos 28, 4º Derecha"),
    TalkCase(
      "a sentence about streets ends before the next",
      ["Soy Juanma, de la unidad de calle. Te abro una ficha nueva."], "street_address", nil),
    TalkCase(
      "number and floor in a sentence of their own",
      [
        "¿Dónde vives?",
        "Ahí sigo en la calle Rivero, en Avilés, pero el número se lo dieron mal. Catorce, segundo be.",
      ], "street_address", "Calle Rivero 14, 2º B"),
    TalkCase(
      "the door before the floor", ["¿Y dónde vives?", "Calle Cáceres once. Puerta 3, bajo."],
      "street_address", "Calle Cáceres 11, Bajo 3"),
    TalkCase("an article is no town", ["¿Dónde vive?", "Una barbaridad."], "municipality", nil),
    TalkCase(
      "the town before a code with its dot",
      ["calle de las Eras 33 bajo. Linares 23.700, Jaén"], "municipality", "Linares"),
    TalkCase(
      "the number before belonged to the old place",
      ["Está en Ronda de la Vía 19, en Huelva.", "No, 19 era la otra, ahora 21."],
      "street_address", "Ronda de la Vía 21"),
    TalkCase(
      "a street named after a day is no date",
      ["¿Dónde viven?", "En Valdepeñas. Calle Seis de Junio, cuarenta y uno, segundo A."],
      "street_address", "Calle Seis de Junio 41, 2º A"),
    TalkCase(
      "floor and door in figures", ["calle urzáiz 203 4 A. el código es 36205"],
      "street_address", "Calle Urzáiz 203, 4º A"),
    TalkCase(
      "a street heard in other pieces",
      ["¿Y la calle?", "calle riot uría número 2", "Río Turia. ¿Qué piso?"],
      "street_address", "Calle Río Turia 2"),
    TalkCase(
      "the whole name stays when its end is said",
      ["¿La dirección?", "Sí, calle doctor fleming.", "fleming catorce"],
      "street_address", "Calle Doctor Fleming 14"),
    TalkCase(
      "number and floor right after the street",
      ["¿Dónde vive usted, señora?", "En avenida de Andalucía.", "44, sexto B."],
      "street_address", "Avenida de Andalucía 44, 6º B"),
    TalkCase(
      "a number in one word, asked for alone",
      ["¿calle?", "paseo de Colón", "Paseo Colón, ¿número?", "treintaiuno"],
      "street_address", "Paseo de Colón 31"),
    TalkCase(
      "an asked number taken back",
      ["Carrer de Sant Francesc, en Salt", "¿Número?", "Doscientos cinco. No, veinticinco."],
      "street_address", "Carrer de Sant Francesc 25"),
    TalkCase(
      "a door in words", ["calle callao", "callao número", "52 portal b segundo uno"],
      "street_address", "Calle Callao 52, Portal B, 2º 1"),
    TalkCase(
      "a floor is no town",
      ["¿Dónde vives?", "calle Baleares sesenta, escalera dos, quinto a", "quinto A."],
      "municipality", nil),
    TalkCase(
      "but a tower may be one", ["¿Dónde vives?", "En Torre-Pacheco.", "Torre-Pacheco."],
      "municipality", "Torre-Pacheco"),
    TalkCase(
      "a town asked back and said again", ["vale, quinto D. ¿santander?", "santander"],
      "municipality", "Santander"),
    TalkCase(
      "where one was before",
      ["¿Dónde vive?", "En Huelva.", "Antes estabas en Lepe.", "Sí, en Lepe, en las chabolas."],
      "municipality", "Huelva"),
    TalkCase(
      "the town stays when the number is denied",
      ["Está en Ronda de la Vía 19, en Huelva.", "No, 19 era la otra, ahora 21."],
      "municipality", "Huelva"),
    TalkCase(
      "where the father lives",
      [
        "el padre de los niños vive con vosotros",
        "no él vive en Leganés en la calle Mayorazgo 20",
      ], "street_address", nil),
    TalkCase(
      "the capital beside its own postal code",
      ["yo estaba interna en Pozuelo con una señora.", "¿El código?", "Madrid 28026."],
      "municipality", "Madrid"),
  ])
  func settled(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }

  @Test(arguments: [
    TalkCase(
      "the other's telephone, asked after the person's",
      [
        "¿Un teléfono?", "El mío es 642 55 01 16.", "642 55 01 16. ¿Y el de Mihaela?",
        "642 55 01 61, casi igual.",
      ], "phone", "+34642550116"),
    TalkCase(
      "and hers",
      ["¿Tiene teléfono?", "Sí, el 612 34 56 78.", "¿Ella tiene teléfono?", "el 699 11 22 33"],
      "phone", "+34612345678"),
    TalkCase(
      "back to the person's own",
      [
        "¿Teléfono de su hija?", "612 34 56 78", "¿Y el suyo?", "el 699 11 22 33",
      ], "phone", "+34699112233"),
    TalkCase(
      "what denies nothing",
      ["¿Cuándo nació?", "21 del 11 del 69, viejo ya.", "Qué va. ¿Y dónde duerme?"],
      "birth_date", "1969-11-21"),
    TalkCase(
      "a no that agrees", ["Menores no hay.", "No, acá conmigo no."], "minors", .integer(0)),
    TalkCase(
      "a number set right at once",
      ["¿Cuántos sois?", "Cuatro. No, perdón, cinco, que ahora llegó mi mamá también."],
      "household_size", .integer(5)),
    TalkCase(
      "the number before is of all", ["unidad de uno menores ninguno"], "minors", .integer(0)),
    TalkCase(
      "counted again aloud",
      ["¿Cuántos sois?", "Siete, espera. Mi marido, yo, las gemelas, el niño. Seis, sí, seis."],
      "household_size", .integer(6)),
    TalkCase(
      "ages are no size",
      ["¿Quién vive contigo?", "yo y los niños sí", "¿Cuántos son y qué edad?", "Ocho, seis."],
      "household_size", .integer(3)),
    TalkCase(
      "a summary of the same people",
      [
        "¿quién vive en tu casa?", "Mi madre, mi hermano el pequeño y yo.",
        "¿El pequeño cuántos años?", "14", "Entonces tu madre, tu hermano y tú. Tres.",
      ], "minors", .integer(1)),
  ])
  func whose(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }
}
