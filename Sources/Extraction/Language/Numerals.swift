/// Number words and month names of a language, folded.
struct Numerals: Sendable {
  /// Month names with their numbers.
  let months: [String: Int]
  /// Number words of other languages with the Spanish ones that the number reader knows.
  var words: [String: String] = [:]

  static let spanish = Numerals(
    months: [
      "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7,
      "agosto": 8, "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11,
      "diciembre": 12,
      // As small recognisers and foreigners write them, and Catalan and Galician names.
      "henero": 1, "febero": 2, "abrill": 4, "avril": 4, "agusto": 8, "septienbre": 9,
      "otubre": 10, "ottubre": 10, "octuvre": 10, "nobiembre": 11, "novienbre": 11,
      "deciembre": 12, "dicienbre": 12, "disiembre": 12, "gener": 1, "febrer": 2, "marc": 3,
      "maig": 5, "juny": 6, "juliol": 7, "agost": 8, "setembre": 9, "novembre": 11,
      "desembre": 12, "xaneiro": 1, "febreiro": 2, "maio": 5, "xuno": 6, "xullo": 7,
      "setembro": 9, "outubro": 10, "novembro": 11, "decembro": 12, "december": 12,
      "january": 1, "november": 11, "october": 10, "september": 9,
    ])

  static let english = Numerals(
    months: [
      "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
      "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    ],
    words: [
      "zero": "cero", "oh": "cero", "one": "uno", "two": "dos", "three": "tres", "four": "cuatro",
      "five": "cinco", "six": "seis", "seven": "siete", "eight": "ocho", "nine": "nueve",
      "ten": "diez", "eleven": "once", "twelve": "doce", "thirteen": "trece",
      "fourteen": "catorce", "fifteen": "quince", "sixteen": "dieciseis",
      "seventeen": "diecisiete", "eighteen": "dieciocho", "nineteen": "diecinueve",
      "twenty": "veinte", "thirty": "treinta", "forty": "cuarenta", "fifty": "cincuenta",
      "sixty": "sesenta", "seventy": "setenta", "eighty": "ochenta", "ninety": "noventa",
      "thousand": "mil", "double": "doble", "triple": "triple", "first": "primero",
      "and": "y", "of": "de", "dot": "punto", "in": "en", "yes": "si",
    ])
}
