import Forms
import TestSupport
import Testing

@testable import Extraction

/// Who lives together, told in the ways people tell it.
@Suite struct HouseholdTests {
  @Test(arguments: [
    TalkCase(
      "many in the flat, one in the household",
      ["¿cuántas estáis en el módulo?", "Nueve mujeres. pero yo no familia con ellas yo sola."],
      "household_size", .integer(1)),
    TalkCase(
      "only me", ["¿Vives con alguien? pareja, familia", "no no, yo solamente"],
      "household_size", .integer(1)),
    TalkCase(
      "alone, where it was asked", ["¿Con quién vive?", "yo solo en la habitación"],
      "household_size", .integer(1)),
    TalkCase(
      "alone or with somebody", ["vas solo o con alguien", "solo. hermano en Barcelona"],
      "household_size", .integer(1)),
    TalkCase(
      "another word for the question",
      [
        "Convivientes.",
        "Mi esposo, mi mamá, y mis tres guaguas: Jonathan de diecisiete, Sisa de trece y la Doménica, que tiene cinco.",
      ], "household_size", .integer(6)),
    TalkCase(
      "the sum behind those named",
      ["¿quién vive en casa?", "mi mujer, y cinco hijos. siete"],
      "household_size", .integer(7)),
    TalkCase(
      "nobody asked", ["Mi pareja, Alex, y yo. Nadie más, ni perro.", "Dos, pues. Ningún menor."],
      "household_size", .integer(2)),
    TalkCase(
      "who speaks for the father lives apart",
      [
        "Yo hago de intérprete de mi padre.", "¿Quién vive ahí, aparte de tu padre?",
        "Mi madre y mi hermano. Yo vivo en Sevilla con mi novio.",
      ], "household_size", .integer(3)),
  ])
  func told(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }
}
