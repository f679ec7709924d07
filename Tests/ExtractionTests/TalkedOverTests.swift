import Forms
import TestSupport
import Testing

@testable import Extraction

/// Values that are told in more than one breath, over two turns, or beside those of others.
@Suite struct TalkedOverTests {
  @Test(arguments: [
    TalkCase(
      "the year in the next sentence",
      ["¿De dónde es?", "De Cuenca. Nací el nueve de mayo. Del setenta y siete, ya ve usted."],
      "birth_date", "1977-05-09"),
    TalkCase(
      "a year, and a day that has a name",
      ["¿Y tu cumpleaños?", "Yo soy del sesenta y cuatro. El día de la Virgen del Carmen nací."],
      "birth_date", "1964-07-16"),
    TalkCase(
      "the date twice, in other words",
      ["¿Cuándo nació?", "en el setenta y uno. o sea cuatro del seis, el cuatro de junio"],
      "birth_date", "1971-06-04"),
    TalkCase(
      "the year that makes an age",
      [
        "¿y cuándo cumples?",
        "el doce de octubre. acabo de cumplir treinta, o sea mil novecientos noventa y seis",
      ],
      "birth_date", "1996-10-12"),
    TalkCase(
      "another date asked for afterwards",
      [
        "¿Fecha de nacimiento?", "El 3 de abril del 55.",
        "Tres del cuatro del cincuenta y cinco. La operación, ¿cuándo fue?", "El 20 de noviembre.",
      ], "birth_date", "1955-04-03"),
    TalkCase(
      "whose year it is not",
      [
        "¿Nació en?",
        "El uno de marzo del ochenta... no, ochenta y uno, que Inés es la del ochenta.",
      ],
      "birth_date", "1981-03-01"),
  ])
  func birthDates(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "the sign at the end of a turn",
      ["¿Correo?", "lucia punto vega 71 a roba", "hotmail, punto, es"], "email",
      "lucia.vega71@hotmail.es"),
    TalkCase(
      "the sign at the beginning of a turn",
      ["¿Un correo?", "lucia guion bajo vega.", "arroba gmail punto com"], "email",
      "lucia_vega@gmail.com"),
    TalkCase(
      "one that is hardly read, and the better one",
      ["¿Correo?", "lvega@correo.example, pero ese ni lo abro. Mejor lucia.vega@gmail.com."],
      "email", "lucia.vega@gmail.com"),
    TalkCase(
      "a question between", ["me escribe a lucia", "¿arroba gmail punto com es de Google?"],
      "email", nil),
  ])
  func emails(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "the husband's first",
      [
        "un teléfono", "de mi marido o el mío, el suyo es 611 20 30 44", "el tuyo",
        "mío 611 20 30 46",
      ],
      "phone", "+34611203046"),
    TalkCase(
      "who speaks for her gives theirs first",
      [
        "Yo traduzco, es mi madre.", "¿Un teléfono?",
        "le doy el mío, que ella no lo coge, 655 11 22 33", "necesito el de ella",
        "vale, el suyo es 602 44 55 66",
      ], "phone", "+34602445566"),
    TalkCase(
      "one that must not be called",
      ["¿Teléfono?", "619 22 33 44", "ese no. ¿Y otro?", "sí, apunta, 644 55 66 77"], "phone",
      "+34644556677"),
    TalkCase(
      "the old number thrown away",
      [
        "teléfono", "631 22 33 44", "¿lo conoce él?",
        "no no lo conoce número nuevo el viejo lo tiré",
      ],
      "phone", "+34631223344"),
  ])
  func phones(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "a passport that was just looked at",
      [
        "¿El nombre, como viene en el pasaporte?", "Awa Ndoye.", "A ver, ¿me lo dejas?",
        "Tome, caduca en el 29.", "A de árbol, cero uno, 55, 23, 47.",
      ], "document_number", "A01552347"),
    TalkCase(
      "the husband's card first",
      [
        "¿la tarjeta?", "esta es la de mi marido", "la del marido z 1 2 3 4 5 6 7 r",
        "sí y esta la mía", "la tuya z 1 2 3 4 5 7 6", "ele", "eso",
      ], "document_number", nil),
  ])
  func documents(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "languages in a row are no nationality",
      ["qué idiomas hablas", "pues wolof, francés, el de mi pueblo, y español ya ve"],
      "nationality", nil),
    TalkCase(
      "told of a language", ["Hablo urdu. y portugués, de la escuela. español así como oyes"],
      "nationality", nil),
    TalkCase(
      "the part of a country", ["¿Eso dónde cae?", "En la costa. Sur de Senegal."], "nationality",
      "SEN"),
    TalkCase(
      "asked without marks", ["cero siete a de acuerdo. Colombia no", "sí de allá soy"],
      "nationality", "COL"),
  ])
  func nationality(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "two offered, one taken", ["¿Hablas quechua, aimara?", "Quechua hablo, sí, y castellano."],
      "languages", .list(["es", "qu"])),
    TalkCase(
      "the interpreter's own",
      [
        "yo le traduzco a mi madre", "ella qué idiomas habla",
        "árabe. castellano nada. yo sí hablo catalán y castellano",
      ], "languages", .list(["ar"])),
    TalkCase(
      "what the friend speaks",
      ["yo traduzco", "qué idiomas habla él", "urdu y punjabi. español yo, él no todavía"],
      "languages", .list(["pa", "ur"])),
  ])
  func languages(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase("a no, and what it is about", ["¿Necesitas médico?", "No, médico no."], "needs", nil),
    TalkCase(
      "nothing lacks, and what there is",
      ["¿Ropa, cómo lo llevan?", "Dice que no hace falta, abrigos tienen."], "needs", nil),
    TalkCase(
      "one is well, the other is not",
      ["¿Qué necesitáis?", "de ropa bien, para la comida no nos llega"], "needs", .list(["food"])),
  ])
  func needs(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }
}
