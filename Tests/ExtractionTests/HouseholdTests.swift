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
      "counted again after a moment",
      ["¿Cuántos son en casa?", "Seis con los niños. Un momento, siete."], "household_size",
      .integer(7)),
    TalkCase(
      "counted again at the next question",
      ["¿Cuántos son en casa?", "Ocho, tres menores.", "No, siete."], "household_size",
      .integer(7)),
    TalkCase(
      "set right with the same minors",
      ["¿Cuántos son en casa?", "Ocho, tres menores.", "No, siete."], "minors", .integer(3)),
    TalkCase(
      "who speaks for the father lives apart",
      [
        "Yo hago de intérprete de mi padre.", "¿Quién vive ahí, aparte de tu padre?",
        "Mi madre y mi hermano. Yo vivo en Sevilla con mi novio.",
      ], "household_size", .integer(3)),
  ])
  func told(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }

  @Test(arguments: [
    TalkCase(
      "one and no more, as it is written down",
      ["¿Vive con alguien?", "comparto con gente de la obra", "pues uno entonces"],
      "household_size", .integer(1)),
    TalkCase(
      "the list and its sum without a comma",
      [
        "con quién vives", "con mis dos hijos y mi suegra",
        "a ver tú los dos niños y la suegra cuatro",
      ], "household_size", .integer(4)),
    TalkCase(
      "the list and its sum behind a colon",
      [
        "¿Quiénes están con usted?", "Mi padre y mis nietos.",
        "Usted, su padre y los tres niños: cinco.",
      ],
      "household_size", .integer(5)),
    TalkCase(
      "a size for the form",
      [
        "vivo con dos amigas y ponemos la comida a medias", "pues en la unidad familiar pongo tres",
      ],
      "household_size", .integer(3)),
    TalkCase(
      "minors by their names",
      ["¿Quién vive en casa?", "mis padres, mi hermana y yo", "cuatro. y menores tú y Nadia, dos"],
      "minors", .integer(2)),
    TalkCase(
      "another's children, later",
      [
        "¿Con quién vive?", "Con mi nieta Lucía, de ocho años.", "¿Qué alquiler paga?",
        "Cuatrocientos.", "¿Y cómo está la casa?",
        "La casera murió en mayo, el hijo y las dos hijas la quieren vender.",
      ], "minors", .integer(1)),
    TalkCase(
      "what they need, not who they are",
      [
        "¿Quién vive contigo?", "Mi mujer y los dos nietos.", "¿Qué edades tienen?",
        "La niña diez y el niño seis.", "¿Y un correo?", "No tengo.", "¿Y qué hace falta en casa?",
        "Los zapatos de los críos, y un abrigo para el niño.",
      ], "household_size", .integer(4)),
    TalkCase(
      "not born yet",
      ["¿Quién vive en casa?", "Mi marido, mi hijo y yo. Y la barriga, que viene el segundo."],
      "household_size", .integer(3)),
    TalkCase(
      "ages nobody asked for",
      [
        "¿Quién vive en casa?", "Mis tres hijos y yo.", "¿Ya son mayores?",
        "Pedro tiene veinte, Luis quince y Marta, la última, ocho.",
      ], "minors", .integer(2)),
    TalkCase(
      "the daughter who interprets",
      [
        "Yo traduzco a mi madre.", "¿Quién vive en casa?", "Mis padres, mi hermano de siete y yo.",
        "¿Tú cuántos años tienes?", "Catorce.",
      ], "minors", .integer(2)),
    TalkCase(
      "nobody but the person",
      ["¿Con quién vives?", "con cuatro del trabajo", "Entonces la unidad eres tú."],
      "household_size", .integer(1)),
    TalkCase(
      "only the child is not alone",
      ["¿Quién está contigo?", "Solo mi hija, Irene, de nueve años."], "household_size",
      .integer(2)),
    TalkCase(
      "no longer that age",
      [
        "¿Quién vive en casa?", "Mi hijo Iván, mi hija Olga y yo.", "¿Qué edades tienen?",
        "Olga doce. Iván tenía diecisiete al llegar, pero ya dieciocho.",
      ], "minors", .integer(1)),
    TalkCase(
      "a family elsewhere",
      ["¿Está solo?", "Sí, solo. Mi familia en Dakar, mujer y una niña."], "minors", nil),
    TalkCase(
      "a husband's wages say nothing of children",
      ["Ve pasar a los otros niños.", "y con lo que gana mi esposo pagamos la habitación"],
      "minors", nil),
  ])
  func summedUp(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }
}
