/// Small words that decide how a noun is meant.
extension PeopleReader {
  func toldCount(behind index: Int) -> Int? {
    var next = index + 1
    if next < tokens.count, tokens[next].text == "," { next += 1 }
    // "los hijos, tres", "los hijos tres."
    if let (value, count) = ages.number(at: next), (2...9).contains(value),
      next + count >= tokens.count
        || [".", ","].contains(tokens[next + count].text)
          && ages.number(at: next + count + 1) == nil,
      !AgeReader.isYears(word(next + count)), ["los", "las", "mis"].contains(word(index - 1)),
      !tokens[..<index].contains(where: { AgeReader.isYears($0.folded) })
    {
      return value
    }
    guard word(next) == "que", word(next + 1) == "son" else { return nil }
    return ages.number(at: next + 2).map(\.value)
  }

  static let possessives: Set<String> = [
    "mi", "mis", "tu", "tus", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras", "my",
    "our",
  ]
  static let determiners: Set<String> = [
    "el", "la", "los", "las", "un", "una", "otro", "otra", "otros", "otras", "al", "the", "con",
    "y", "e", "recien", "unos", "a", "and", "with", "este", "esta", "primer", "que", "hay", "estan",
    "yo",
  ]
  /// Words for one of several that stand for nobody where no children were named.
  static let vague: Set<String> = [
    "primero", "segundo", "tercero", "primera", "segunda", "tercera", "cuarto", "cuarta", "ultimo",
    "ultima", "otro", "otra", "otros", "otras", "mediano", "mediana", "chicos", "chicas", "grandes",
  ]
  /// Words behind "en" that are no place elsewhere.
  static let near: Set<String> = [
    "el", "la", "los", "las", "un", "una", "mi", "su", "casa", "primero", "segundo", "tercero",
    "cuarto", "quinto", "sexto", "primaria", "infantil", "paro", "cama", "silla", "clase", "este",
    "esta", "espera", "baja", "que", "tratamiento", "total", "edad",
  ]
  static let spouses: Set<String> = [
    "mujer", "marido", "esposo", "esposa", "pareja", "novio", "novia", "yerno", "nuera",
  ]
  static let weekdays: Set<String> = [
    "domingo", "sabado", "lunes", "martes", "jueves", "viernes", "abril", "julio", "enero", "mayo",
    "agosto", "navidad", "dios", "cruz", "socorro", "consuelo",
  ]
  static let schools: Set<String> = [
    "colegio", "cole", "instituto", "escuela", "guarderia", "primaria", "eso", "infantil",
  ]

  static func isFemale(_ word: String) -> Bool {
    word.hasSuffix("a") || word.hasSuffix("as") || ["mujer", "madre", "mami"].contains(word)
  }

  static let pairs: Set<String> = [
    "gemelos", "gemelas", "mellizos", "mellizas", "jimaguas", "padres", "suegros", "abuelos",
    "papas",
  ]

  static func isPlural(_ word: String) -> Bool {
    word.hasSuffix("s") && word != "menos" || word == "children"
  }

  /// The word without number and gender.
  static func stem(_ word: String) -> String {
    if ["gemel", "melliz", "jimagua", "trilliz"].contains(where: word.hasPrefix) { return "twin" }
    if word.hasPrefix("beb") { return "beb" }
    var stem = Substring(word)
    if stem.hasSuffix("s") { stem = stem.dropLast() }
    if let last = stem.last, "eao".contains(last) {
      let base = stem.dropLast()
      // "bebita" is the "bebé", "nietecito" the "nieto".
      if base.hasSuffix("it"), base.count > 5 {
        return String(base.dropLast(base.hasSuffix("ecit") ? 4 : 2))
          + (last == "e" ? "" : String(last))
      }
      return last == "e" ? String(base) : String(stem)
    }
    return String(stem)
  }
}
