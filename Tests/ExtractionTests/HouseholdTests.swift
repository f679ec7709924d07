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
      "a moment is no person",
      ["¿Cuántos son en casa?", "Un momento.", "Claro.", "Cinco, somos cinco."],
      "household_size", .integer(5)),
    TalkCase(
      "a telephone is no answer",
      ["Entonces una persona. Un móvil", "6 7 7, cero 4, 53, 29."], "household_size", .integer(1)),
    TalkCase(
      "two and one more", ["¿Viven los dos solos?", "Los dos y mi cuñado Cándido."],
      "household_size", .integer(3)),
    TalkCase(
      "grown-ups summed up", ["Tres adultos entonces, menores ninguno"], "household_size",
      .integer(3)),
    TalkCase(
      "who speaks for her tells ages",
      [
        "¿Con quién vive?",
        "Con su madre y con los dos hijos. Andrii, que ya tiene diecinueve, y Daryna, de catorce.",
      ], "minors", .integer(1)),
    TalkCase(
      "the eldest is none of the small ones",
      [
        "¿cuántos viven en casa?",
        "ahora yo y los tres pequeños. el marido no, se fue. El mayor tampoco, está en Francia, tiene veinte",
      ], "household_size", .integer(4)),
    TalkCase(
      "the brother who was asked about",
      [
        "quiénes vivís ahí", "mis padres, mi hermano y yo.", "y tu hermano qué edad tiene",
        "nueve, yo veinte",
      ], "minors", .integer(1)),
    TalkCase(
      "more than was summed up",
      ["y sois tu primo y tú", "mi primo Óscar, la señora de él, la nenita y yo."],
      "household_size", .integer(4)),
    TalkCase(
      "the name of who was asked about, and nobody else",
      [
        "¿Está su hijo con usted?",
        "Sí, Jhordan, que tiene quince. Dormimos los dos en el sofá cama, y mi prima en su cuarto.",
        "¿Nadie más?", "Nadie más.",
      ], "household_size", .integer(3)),
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
