import Forms
import TestSupport
import Testing

@testable import Extraction

/// Nationality, languages and gender where they are told in passing.
@Suite struct SpeechChoicesTests {
  @Test(arguments: [
    TalkCase(
      "a card read aloud", ["tienes nía", "Sí, mira la tarjeta.", "A ver. Y, 73. Senegal."],
      "nationality", "SEN"),
    TalkCase("country and town", ["Perfecto. Senegal.", "Senegal, Touba."], "nationality", "SEN"),
    TalkCase(
      "a question of one word", ["Cuatro de noviembre, claro. ¿Pakistaní?", "Sí, de Gujrat."],
      "nationality", "PAK"),
    TalkCase(
      "what they call themselves", ["¿De dónde eres?", "catracho, de la ceiba"], "nationality",
      "HND"),
    TalkCase("behind a word of assent", ["vale rumano. ¿Dónde duermes?"], "nationality", "ROU"),
    TalkCase(
      "where somebody of the family is", ["¿Dónde está tu marido?", "Senegal."], "nationality", nil),
    TalkCase("called out first", ["¿Sexo?", "Hombre, pues mujer."], "gender", "female"),
    TalkCase("read aloud with the nationality", ["española, mujer"], "gender", "female"),
  ])
  func choices(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "the technician sums up",
      [
        "¿Qué hablas además de español? Francés supongo.",
        "Francés no mucho. Wolof. Y español este. Árabe de leer solo.",
        "Pues pongo wólof y español.",
      ], "languages", .list(["es", "wo"])),
    TalkCase(
      "one of the family speaks it",
      ["¿Qué idiomas habla?", "Georgiano y ruso. El inglés lo habla mi hija, yo nada."],
      "languages", .list(["ka", "ru"])),
    TalkCase(
      "none of it", ["¿Qué idiomas habla?", "Ucraniano y ruso. De español, dice que nada."],
      "languages", .list(["ru", "uk"])),
    TalkCase(
      "a list that nobody asked for", ["entonces hablarás tamazight", "No. Árabe y español."],
      "languages", .list(["ar", "es"])),
    TalkCase(
      "only that one", ["¿Qué idiomas hablas?", "Español no más."], "languages", .list(["es"])),
    TalkCase(
      "a few words of it",
      ["¿Qué idiomas hablas?", "Quechua y castellano. Ya me sé unas palabritas en vasco."],
      "languages", .list(["es", "qu"])),
    TalkCase(
      "what others speak", ["eres de guinea bissau", "no, bissau habla portugués"], "languages", nil
    ),
  ])
  func languages(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }
}
