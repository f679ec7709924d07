import Forms

/// Reads how many live together and how many of them are minors, where it is said as a number: "somos cuatro, con dos
/// menores".
struct HouseholdStatements {
  let scene: Scene
  var tokens: [Token] { scene.turn.tokens }

  /// The size that those named right before make, which a number may sum up.
  let expected: Int?

  /// Whether a number that can be one of people is in the turn.
  let hasNumber: Bool

  init(_ scene: Scene, expected: Int? = nil) {
    self.scene = scene
    self.expected = expected
    hasNumber = scene.turn.tokens.contains {
      $0.kind == .number || $0.isSmallNumber
    }
  }

  /// The sizes and numbers of minors in the turn.
  func mentions() -> [Mention] {
    if scene.turn.has(.homeApart), isAsked, !scene.turn.namesOwn {
      let range = scene.turn.hits(.homeApart).first?.tokens ?? 0..<1
      return mention("household_size", 1, range, 0.66, "household_apart") + statedMinors() + alone()
    }
    guard hasNumber || scene.turn.hits.contains(where: \.kind.isAboutHome) else { return alone() }
    let both = hasNumber ? sizeAndMinors() : []
    let size = both.isEmpty && hasNumber ? statedSize() : []
    let minors = both.isEmpty ? statedMinors() : []
    let lone = alone()
    // "Somos once, de Mali y de Gambia. Pero yo solo, ninguno es familia."
    let isApart = lone.first.map { one in
      isAsked && scene.turn.words.contains("pero")
        && size.allSatisfy { $0.tokens.upperBound <= one.tokens.lowerBound }
    }
    return both + (isApart ?? false ? [] : size) + minors + lone
  }

  var isAsked: Bool { scene.isAbout(.household, .minors) }

  func mention(
    _ field: FieldName, _ value: Int, _ range: Range<Int>, _ confidence: Double, _ rule: String
  ) -> [Mention] {
    guard (field == "minors" ? 0...15 : 1...20).contains(value) else { return [] }
    return [
      Mention(
        field: field, value: .integer(value), confidence: confidence, tokens: range, rule: rule)
    ]
  }

  func number(_ index: Int) -> (Int, Int)? {
    guard tokens.indices.contains(index) else { return nil }
    if tokens[index].kind == .number, tokens[index].text.count <= 2 {
      return Int(tokens[index].text).map { ($0, 1) }
    }
    guard tokens[index].kind == .word, let reading = NumberWords.read(tokens[index...]) else {
      return nil
    }
    return (reading.value, reading.count)
  }

  func word(_ index: Int) -> String { scene.turn.word(index) }

  // MARK: - Stated

  static let being: Set<String> = [
    "somos", "sois", "seremos", "estamos", "estais", "vivimos", "vivis", "son", "quedamos",
    "seriamos", "quedais",
  ]
  static let fillers: Set<String> = [
    "ahora", "los", "las", "en", "casa", "total", "aqui", "ya", "solo", "solamente", "pues",
    "nosotros", "nosotras", "por", "a", "vosotros", "mismo",
    "todos", "todas", "entonces", "unos", "tan",
  ]
  static let measures: Set<String> = [
    "anos", "ano", "meses", "mes", "dias", "euros", "horas", "semanas", "veces", "hijos", "ninos",
    "habitaciones",
    "menores", "hijas", "ninas", "familias", "kilos", "dia", "pisos", "camas", "hermanos",
    "hermanas", "menor",
    "pequenos", "pequenas", "adultos", "gemelos", "mellizos", "de", "primos", "chicos", "mayores",
    "del",
  ]

  /// "Seis, y tres menores", "cuatro con dos pequeños", "dos adultos y un niño", "una persona, sin menores".
  func sizeAndMinors() -> [Mention] {
    guard scene.turn.hits.contains(where: { [.kinMinor, .minorsNone].contains($0.kind) }) else {
      return []
    }
    for index in tokens.indices {
      guard let (value, count) = number(index), (1...20).contains(value),
        index == 0 || !isNumber(index - 1)
      else { continue }
      var next = index + count
      let isAdults = ["adultos", "adultas", "adulto", "mayores", "grandes"].contains(word(next))
      if isAdults
        || ["personas", "persona", "en", "casa", "total", "entonces"].contains(word(next))
      {
        next += 1
        if ["casa", "total"].contains(word(next)) { next += 1 }
      }
      if isAdults, word(next) == "entonces" { next += 1 }
      let joint = next
      while [",", "y", "con", "de", "ellos", "e", "."].contains(
        tokens.indices.contains(next) ? tokens[next].folded : ""), next - joint < 4
      {
        next += 1
      }
      // "Tres adultos entonces, menores ninguno."
      if isAdults, isMinor(next), ["ninguno", "ninguna", "no", "cero"].contains(word(next + 1)) {
        let range = index..<(next + 2)
        return mention("household_size", value, range, 0.9, "household_stated")
          + mention("minors", 0, range, 0.9, "minors_stated")
      }
      guard next > joint || isAdults, let (minors, used) = few(next), minors < value || isAdults
      else {
        continue
      }
      guard isMinor(next + used) || word(next + used) == "menor" || word(next + used) == "nino"
      else { continue }
      // "tres y cuatro niños" is a list of its own.
      let size = isAdults ? value + minors : value
      let range = index..<(next + used + 1)
      let isQuestion = scene.turn.isQuestion(index)
      return mention("household_size", size, range, isQuestion ? 0.72 : 0.9, "household_stated")
        + mention("minors", minors, range, isQuestion ? 0.72 : 0.9, "minors_stated")
    }
    return []
  }

  /// A small number, or none: "ningún", "sin".
  func few(_ index: Int) -> (Int, Int)? {
    if ["ningun", "ninguno", "sin"].contains(word(index)) { return (0, 1) }
    return number(index).flatMap { $0.0 < 16 ? $0 : nil }
  }

  /// Verbs with which a size is noted down.
  static let noting: Set<String> = [
    "apunto", "pongo", "anoto", "serian", "ponga", "pon", "apunte", "cuento", "salen",
    "quedais", "pones", "marco",
  ]

  func noted() -> [Mention] {
    guard scene.turn.groups.contains(.noting) else { return [] }
    guard
      isAsked || scene.turn.hits.contains(where: { $0.kind.isAboutHome })
        || tokens.contains(where: { ["hogar", "convivencia"].contains($0.folded) })
    else { return [] }
    for index in tokens.indices where tokens[index].isOf(.noting) {
      var next = index + 1
      while ["a", "entonces", "pues", "que", "son", "ya"].contains(word(next)) { next += 1 }
      guard let (value, count) = number(next), (1...20).contains(value) else { continue }
      let after = word(next + count)
      let isEnd = next + count >= tokens.count || tokens[next + count].kind == .mark
      guard !HouseholdStatements.measures.contains(after),
        isEnd || ["en", "personas"].contains(after)
      else { continue }
      return mention(
        "household_size", value, next..<(next + count), scene.turn.isQuestion(index) ? 0.6 : 0.88,
        "household_noted")
    }
    return []
  }

  func statedSize() -> [Mention] {
    let apart = Set(scene.turn.hits(.homeApart).map { scene.turn.sentences[$0.tokens.lowerBound] })
    var found: [Mention] = []
    for index in tokens.indices where tokens[index].isOf(.being) {
      var next = index + 1
      while HouseholdStatements.fillers.contains(word(next)) { next += 1 }
      guard let (value, count) = number(next) else { continue }
      let after = word(next + count)
      let beforeWord = word(index - 1)
      guard !HouseholdStatements.measures.contains(after),
        !HouseholdStatements.parts.contains(after),
        !["un", "una"].contains(word(next)) || tokens[index].folded == "es"
      else { continue }
      if ["son", "estamos", "estais"].contains(tokens[index].folded), !isAsked { continue }
      if tokens[index].folded == "son", word(index + 1) == "las" { continue }
      if ["que", "no"].contains(beforeWord) { continue }
      // "somos ocho en el piso", "somos siete hermanos": a shared flat is no household.
      let isShared =
        after == "en" && ["el", "la", "una", "un"].contains(word(next + count + 1))
        && ["piso", "habitacion", "albergue", "centro", "apartamento"].contains(
          word(next + count + 2))
        && !isListed(from: next + count)
      if let either = either(next) {
        found += either
        continue
      }
      let (grown, end) = grown(value, from: next + count)
      found += mention(
        "household_size", grown, index..<end,
        scene.turn.isQuestion(index) ? 0.6 : isShared ? 0.45 : 0.92, "household_stated")
    }
    // "seis en casa", "cuatro personas", "cuatro, con dos menores", "entonces seis".
    for index in tokens.indices {
      guard let (value, count) = number(index), index == 0 || !isNumber(index - 1) else { continue }
      let after = word(index + count)
      let afterThat = word(index + count + 1)
      let isHome =
        ["personas", "persona", "bocas"].contains(after) || after == "en" && afterThat == "casa"
        || after == "en" && afterThat == "total"
        || after == "miembros" || after == "contigo" || after == "conmigo"
        || [",", "y"].contains(
          tokens.indices.contains(index + count) ? tokens[index + count].text : "")
          && (afterThat == "con" && isMinor(index + count + 3) || isMinor(index + count + 2))
      // "hablar con una persona que sepa": somebody.
      let isAnybody =
        after == "persona"
        && (["que", "para", "mas", "sola"].contains(afterThat)
          || ["con", "a", "por", "otra", "cada", "como", "es", "soy"].contains(word(index - 1)))
      if isAnybody { continue }
      if isHome, isAsked || after != "personas" || tokens.count <= 8 {
        found += mention(
          "household_size", value, index..<(index + count), after == "personas" ? 0.8 : 0.88,
          "household_stated")
      } else if after == "entonces" && isAsked || word(index - 1) == "entonces"
        || word(index - 2) == "entonces" && [",", "ahora"].contains(word(index - 1))
        || after == "entonces" && ["ustedes", "vosotros", "vosotras"].contains(word(index - 1)),
        isAsked, !HouseholdStatements.measures.contains(after)
      {
        found += mention(
          "household_size", value, index..<(index + count), 0.85, "household_summary")
      }
    }
    found += bareAnswer() + setRight() + theTwo() + noted() + summedUp() + summedAtEnd()
    // "Somos ocho, cada uno su cama": said of a flat, in that sentence.
    return found.filter {
      !apart.contains(scene.turn.sentences[$0.tokens.lowerBound])
        && (apart.isEmpty || scene.turn.namesOwn)
    }
  }

  /// Some of a household: "somos tres mujeres en casa".
  static let parts: Set<String> = [
    "mujeres", "hombres", "hermanos", "hermanas", "adultos", "chicos", "chicas",
  ]

  /// "Vivimos cinco en el piso: mi marido, mi madre y yo": the people of a flat who are named are a household.
  func isListed(from index: Int) -> Bool {
    let rest = tokens[index...]
    return rest.contains { $0.folded == "yo" }
      && scene.turn.hits.contains { $0.kind.isKin && $0.tokens.lowerBound >= index }
  }

  /// "Somos cinco, y con mi suegra seis": the number that the sentence ends with, and where.
  func grown(_ value: Int, from start: Int) -> (Int, Int) {
    guard [",", "y"].contains(tokens.indices.contains(start) ? tokens[start].text : ""),
      let with = tokens[start...].prefix(3).firstIndex(where: { $0.folded == "con" })
    else { return (value, start) }
    for index in with..<min(tokens.count, with + 6) where !tokens[index].endsSentence {
      if let (more, count) = number(index), more == value + 1 { return (more, index + count) }
    }
    return (value, start)
  }

  /// "Cinco." or "Pues cuatro, entonces." right behind those named.
  func summedUp() -> [Mention] {
    guard let expected else { return [] }
    var index = 0
    while index < tokens.count,
      tokens[index].kind == .mark || HouseholdStatements.openers.contains(word(index))
    {
      index += 1
    }
    guard let (value, count) = number(index), abs(value - expected) <= 2, value > 0,
      index + count >= tokens.count || [".", ","].contains(tokens[index + count].text)
        || ["entonces", "en", "personas", "pues"].contains(word(index + count)),
      !isNumber(index + count), !isNumber(index + count + 1)
    else { return [] }
    return mention(
      "household_size", value, index..<(index + count), value == expected ? 0.84 : 0.64,
      "household_summed_up")
  }

  static let openers: Set<String> = [
    "pues", "vale", "entonces", "ah", "o", "sea", "bien", "perfecto", "son", "sois", "ok", "si",
    "los", "las", "de", "acuerdo", "muy", "claro", "jaja", "jajaja", "anda", "eso", "genial",
  ]

  func isNumber(_ index: Int) -> Bool { number(index) != nil }

  /// "Mi mujer, Rima, y cinco hijos. Siete.": the sum behind those who are named.
  func summedAtEnd() -> [Mention] {
    guard isAsked, scene.turn.sentences.last ?? 0 > 0, !scene.turn.hasQuestion,
      let last = tokens.indices.last(where: { tokens[$0].kind != .mark }), last > 3,
      tokens[last - 1].endsSentence, let (value, count) = number(last), count == 1,
      (2...20).contains(value),
      scene.turn.hits.contains(where: { $0.kind.isKin && $0.tokens.upperBound < last })
    else { return [] }
    return mention("household_size", value, last..<(last + 1), 0.82, "household_summed_up")
  }

  func isMinor(_ index: Int) -> Bool {
    ["menor", "menores", "ninos", "ninas", "pequenos", "pequenas", "peques", "crios"].contains(
      word(index))
  }
}
