import Forms

/// Counts who lives together, and how many of them are minors.
///
/// What is stated ("somos cuatro, con dos menores") goes before what can be counted from who is named.
struct HouseholdReader {
  let scene: Scene
  private var tokens: [Token] { scene.turn.tokens }

  init(_ scene: Scene) { self.scene = scene }

  /// The sizes and numbers of minors in the turn.
  func mentions() -> [Mention] {
    let stated = statedSize() + statedMinors() + alone()
    if let counted = Census(scene).count() {
      let hasSize = stated.contains { $0.field == "household_size" }
      let hasMinors = stated.contains { $0.field == "minors" }
      return stated + counted.filter { $0.field == "minors" ? !hasMinors : !hasSize }
    }
    return stated
  }

  private var isAsked: Bool { scene.isAbout(.household, .minors) }

  private func mention(
    _ field: FieldName, _ value: Int, _ range: Range<Int>, _ confidence: Double, _ rule: String
  ) -> [Mention] {
    guard (field == "minors" ? 0...15 : 1...20).contains(value) else { return [] }
    return [
      Mention(
        field: field, value: .integer(value), confidence: confidence, tokens: range, rule: rule)
    ]
  }

  private func number(_ index: Int) -> (Int, Int)? {
    guard tokens.indices.contains(index) else { return nil }
    if tokens[index].kind == .number, tokens[index].text.count <= 2 {
      return Int(tokens[index].text).map { ($0, 1) }
    }
    guard tokens[index].kind == .word, let reading = NumberWords.read(tokens[index...]) else {
      return nil
    }
    return (reading.value, reading.count)
  }

  private func word(_ index: Int) -> String { scene.turn.word(index) }

  // MARK: - Stated

  private static let being: Set<String> = [
    "somos", "sois", "seremos", "estamos", "estais", "vivimos", "vivis", "son", "quedamos",
    "seriamos", "quedais",
  ]
  private static let fillers: Set<String> = [
    "ahora", "los", "las", "en", "casa", "total", "aqui", "ya", "solo", "solamente", "pues",
    "nosotros", "por",
    "todos", "entonces", "unos", "tan",
  ]
  private static let measures: Set<String> = [
    "anos", "ano", "meses", "mes", "dias", "euros", "horas", "semanas", "veces", "hijos", "ninos",
    "habitaciones",
    "menores", "hijas", "ninas", "familias", "kilos", "dia", "pisos", "camas", "hermanos",
    "hermanas", "menor",
    "pequenos", "pequenas", "adultos", "gemelos", "mellizos", "de", "primos", "chicos", "mayores",
    "del",
  ]

  private func statedSize() -> [Mention] {
    if Census(scene).isShared { return [] }
    var found: [Mention] = []
    for index in tokens.indices where HouseholdReader.being.contains(tokens[index].folded) {
      var next = index + 1
      while HouseholdReader.fillers.contains(word(next)) { next += 1 }
      guard let (value, count) = number(next) else { continue }
      let after = word(next + count)
      let beforeWord = word(index - 1)
      guard !HouseholdReader.measures.contains(after) || after == "adultos" && false else {
        continue
      }
      if ["son", "estamos", "estais"].contains(tokens[index].folded), !isAsked { continue }
      if tokens[index].folded == "son", word(index + 1) == "las" { continue }
      if ["que", "no"].contains(beforeWord) { continue }
      // "somos ocho en el piso", "somos siete hermanos": a shared flat is no household.
      let isShared =
        after == "en" && ["el", "la", "una", "un"].contains(word(next + count + 1))
        && ["piso", "habitacion", "albergue", "centro", "apartamento"].contains(
          word(next + count + 2))
      found += mention(
        "household_size", value, index..<(next + count), isShared ? 0.45 : 0.92, "household_stated")
    }
    // "seis en casa", "cuatro personas", "cuatro, con dos menores", "entonces seis".
    for index in tokens.indices {
      guard let (value, count) = number(index), index == 0 || !isNumber(index - 1) else { continue }
      let after = word(index + count)
      let afterThat = word(index + count + 1)
      let isHome =
        after == "personas" || after == "persona" || after == "en" && afterThat == "casa"
        || after == "en" && afterThat == "total"
        || after == "miembros" || after == "contigo" || after == "conmigo"
        || [",", "y"].contains(
          tokens.indices.contains(index + count) ? tokens[index + count].text : "")
          && (afterThat == "con" && isMinor(index + count + 3) || isMinor(index + count + 2))
      if isHome, isAsked || after != "personas" || tokens.count <= 8 {
        found += mention(
          "household_size", value, index..<(index + count), after == "personas" ? 0.8 : 0.88,
          "household_stated")
      } else if after == "entonces" && isAsked || word(index - 1) == "entonces"
        || word(index - 2) == "entonces" && word(index - 1) == ",",
        isAsked, !HouseholdReader.measures.contains(after)
      {
        found += mention(
          "household_size", value, index..<(index + count), 0.85, "household_summary")
      }
    }
    found += bareAnswer() + theTwo()
    return found
  }

  private func isNumber(_ index: Int) -> Bool { number(index) != nil }

  /// "Los tres." or "los dos solos, entonces".
  private func theTwo() -> [Mention] {
    guard isAsked, !scene.turn.hasQuestion else { return [] }
    for index in tokens.indices.dropFirst() where ["los", "las"].contains(word(index - 1)) {
      guard let (value, count) = number(index), (2...12).contains(value) else { continue }
      let after = word(index + count)
      let isEnd =
        index + count >= tokens.count || tokens[index + count].endsSentence
        || ["solos", "solas", "entonces", "juntos"].contains(after)
      guard isEnd, !["con", "a", "para", "de", "y"].contains(word(index - 2)) else { continue }
      return mention(
        "household_size", value, (index - 1)..<(index + count), 0.8, "household_summary")
    }
    return []
  }

  /// "Cinco." after "¿Cuántos sois en casa?"
  private func bareAnswer() -> [Mention] {
    let asksForAll = [
      "sois", "son", "viven", "vivis", "personas", "gente", "edad", "edades", "anos",
    ]
    let isAboutMinors =
      scene.before?.topics.contains(.minors) ?? false
      && scene.previous?.tokens.contains { ["cuantos", "cuantas"].contains($0.folded) } ?? false
      && !(scene.previous?.tokens.contains { asksForAll.contains($0.folded) } ?? false)
    let topic: Topic = isAboutMinors ? .minors : .household
    guard let answer = scene.answer(topic), answer.age == 1,
      topic == .minors || answer.holder == .person
    else {
      return []
    }
    var index = 0
    while index < tokens.count,
      tokens[index].kind == .mark
        || ["pues", "eh", "ahora", "mismo", "si", "a", "ver", "en", "casa", "los", "las", "bueno"]
          .contains(tokens[index].folded)
    {
      index += 1
    }
    guard let (value, count) = number(index),
      !HouseholdReader.measures.contains(word(index + count))
    else { return [] }
    if isAboutMinors {
      return mention("minors", value, index..<(index + count), 0.9, "minors_answer")
    }
    return mention("household_size", value, index..<(index + count), 0.9, "household_answer")
  }

  private func isMinor(_ index: Int) -> Bool {
    ["menor", "menores", "ninos", "ninas", "pequenos", "pequenas", "peques", "crios"].contains(
      word(index))
  }

  private func statedMinors() -> [Mention] {
    var found: [Mention] = []
    for index in tokens.indices {
      let name = tokens[index].folded
      guard name == "menores" || name == "menor" else { continue }
      // "dos menores", "un menor", "uno menor", "menores, dos", "ningún menor".
      var start = index - 1
      if ["es", "son", "de", "los", "hijos"].contains(word(start)) { start -= 1 }
      if ["ningun", "sin", "cero", "ninguno", "no"].contains(word(start)) {
        guard word(index + 1) != "de" || word(start) != "no" else { continue }
        found += mention("minors", 0, start..<(index + 1), 0.9, "minors_stated")
        continue
      }
      if let value = small(word(start)), start >= 0 {
        let isQuestion = scene.turn.isQuestion(index)
        found += mention(
          "minors", value, start..<(index + 1), isQuestion ? 0.8 : 0.93, "minors_stated")
        continue
      }
      if name == "menores", let (value, count) = number(index + 1), value < 12 {
        found += mention("minors", value, index..<(index + 1 + count), 0.9, "minors_stated")
        continue
      }
      if ["ninguno", "no", "ninguna", "cero"].contains(word(index + 1)) {
        found += mention("minors", 0, index..<(index + 2), 0.88, "minors_stated")
        continue
      }
      if tokens.indices.contains(index + 1),
        [",", ":"].contains(tokens[index + 1].text) || ["son", "hay"].contains(word(index + 1)),
        let (value, count) = number(index + 2)
      {
        found += mention("minors", value, index..<(index + 2 + count), 0.9, "minors_stated")
      }
    }
    return found
  }

  private func small(_ word: String) -> Int? {
    if let value = Int(word), value < 16 { return value }
    return [
      "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
      "siete": 7,
      "ocho": 8,
    ][word]
  }

  /// "Vivo sola", "yo solo", "estoy solo"; and "Vives solo" with a yes.
  private func alone() -> [Mention] {
    for index in tokens.indices
    where ["solo", "sola", "solito", "solita"].contains(tokens[index].folded) {
      let before = word(index - 1)
      let near = [before, word(index - 2)]
      let isFirst = ["vivo", "estoy", "yo", "ahora"].contains(where: near.contains)
      let isSecond = ["vives", "vive", "estas", "usted", "ti", "tu"].contains(where: near.contains)
      let isAnswer = (scene.answer(.household)?.age ?? 9) <= 1 && index <= 2
      guard isFirst || isSecond || isAnswer else { continue }
      if ["no", "con"].contains(word(index - 3)) || before == "no" || word(index + 1) == "con" {
        continue
      }
      if word(index - 2) == "no" || scene.turn.holder(of: index..<(index + 1)) == .other {
        continue
      }
      if ["vengo", "vino", "me", "siento", "muy", "tan", "tengo"].contains(before) { continue }
      // "yo solo quiero" is "only".
      if before == "yo", tokens.indices.contains(index + 1), tokens[index + 1].kind == .word,
        !isAsked
      {
        continue
      }
      let isQuestion = scene.turn.isQuestion(index)
      return mention(
        "household_size", 1, max(0, index - 1)..<(index + 1),
        isSecond ? (isQuestion ? 0.35 : 0.7) : 0.88, "lives_alone")
    }
    return []
  }
}
