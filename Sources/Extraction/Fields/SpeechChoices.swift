import Forms

/// Reads nationality, languages and gender: words that stand for a code.
enum SpeechChoices {
  // MARK: - Nationality

  /// Nationalities that are the person's.
  static func nationality(_ scene: Scene) -> [Mention] {
    let turn = scene.turn
    var found: [Mention] = []
    for hit in turn.hits where [.demonym, .demonyms, .country].contains(hit.kind) {
      let isPart = turn.hits.contains {
        $0.kind == hit.kind && $0.tokens.count > hit.tokens.count
          && $0.tokens.contains(hit.tokens.lowerBound)
      }
      // "Guinea" of "Guinea Ecuatorial".
      if isPart { continue }
      guard let confidence = nationality(hit, scene) ?? echoed(hit, scene) else { continue }
      guard scene.holder(of: hit.tokens, answering: .nationality) == .person else { continue }
      found.append(
        Mention(
          field: "nationality", value: .text(scene.pack.code(hit)), confidence: confidence,
          tokens: hit.tokens, rule: hit.kind == .demonym ? "demonym" : "country"))
    }
    // "De Armenia, Quindío, sí, colombiano": the word for people decides.
    if let word = found.first(where: { $0.rule == "demonym" }) {
      found.removeAll { $0.rule == "country" && $0.value != word.value }
    }
    return found.isEmpty ? cityOfOrigin(scene).map { [$0] } ?? [] : found
  }

  /// "¿De la India?" "No, Bangladesh": a country at the head of the answer to a question that named one.
  static func echoed(_ hit: Hit, _ scene: Scene) -> Double? {
    guard hit.kind == .country, word(scene.turn.tokens, hit.tokens.lowerBound - 1) != "en",
      let previous = scene.previous,
      !scene.turn.isQuestion(hit.tokens.lowerBound),
      previous.hits.contains(where: {
        [.country, .demonym].contains($0.kind)
          && (previous.isQuestion($0.tokens.lowerBound) || previous.tokens.count < 8)
      })
    else { return nil }
    let sentence = scene.turn.sentence(of: hit.tokens.lowerBound)
    let isHead = scene.turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound].allSatisfy {
      $0.kind == .mark
        || ["no", "si", "de", "ay", "eh", "pues", "la", "el", "yo", "otra", "otro"].contains(
          $0.folded)
    }
    return isHead ? 0.78 : nil
  }

  /// "De Larache": the country of the city one comes from, which is a guess.
  static func cityOfOrigin(_ scene: Scene) -> Mention? {
    let tokens = scene.turn.tokens
    let isAsked = (scene.answer(.nationality)?.age ?? 9) == 1
    for index in tokens.indices.dropFirst() where tokens[index].kind == .word {
      guard tokens[index - 1].folded == "de" else { continue }
      let isOrigin =
        ["soy", "vengo", "somos", "natural"].contains(word(tokens, index - 2))
        || isAsked && index <= 3
      guard isOrigin else { continue }
      for length in stride(from: min(3, tokens.count - index), through: 1, by: -1) {
        let slice = tokens[index..<(index + length)]
        let key = slice.map(\.folded).joined(separator: " ")
        guard slice.allSatisfy({ $0.kind == .word }),
          let code = scene.gazetteers.country(ofCity: key),
          scene.gazetteers.municipalities(key).isEmpty,
          scene.holder(of: index..<(index + length), answering: .nationality) == .person
        else { continue }
        return Mention(
          field: "nationality", value: .text(code), confidence: 0.5,
          tokens: index..<(index + length), rule: "city_of_origin")
      }
    }
    return nil
  }

  /// "La italiana la estoy tramitando": a nationality one does not have yet.
  static func isAskedFor(_ hit: Hit, _ tokens: [Token]) -> Bool {
    let after = tokens[hit.tokens.upperBound...].prefix(5)
    return after.contains { token in
      ["tramit", "solicit", "pedid", "pidien"].contains { token.folded.hasPrefix($0) }
    }
  }

  /// How sure a word about a country tells the person's nationality; nil when it does not.
  static func nationality(_ hit: Hit, _ scene: Scene) -> Double? {
    let tokens = scene.turn.tokens
    let start = hit.tokens.lowerBound
    let answer = scene.answer(.nationality)
    let before = word(tokens, start - 1)
    let beforeThat = word(tokens, start - 2)
    // "i griega" is a letter.
    if ["i", "y"].contains(before), tokens[start].folded.hasPrefix("grieg") { return nil }
    if hit.kind == .demonyms { return before == "somos" ? 0.85 : nil }
    if isLanguageTalk(hit, scene) || isAskedFor(hit, tokens) { return nil }
    // "español es seis cuatro uno": a telephone, a card.
    if ["es", "el"].contains(word(tokens, hit.tokens.upperBound)),
      SymbolReader.runs(Array(tokens[hit.tokens.upperBound...].prefix(6))).contains(where: {
        ($0.first?.count ?? 0) >= 3
      })
    {
      return nil
    }
    if ["sigo", "soy"].contains(before), hit.kind == .demonym { return 0.93 }
    if before == "pasaporte" || before == "de" && beforeThat == "pasaporte" { return 0.8 }
    if hit.kind == .country {
      if SpeechChoices.places.contains(before) { return nil }
      // "pero no la de la India"
      let sentence = scene.turn.sentence(of: start).lowerBound
      if start - sentence > 2,
        tokens[max(sentence + 1, start - 4)..<start].contains(where: { $0.folded == "no" })
      {
        return nil
      }
      if before == "nacionalidad" { return 0.9 }
      let isFrom = before == "de" || before == "del"
      if isFrom, isHead(start - 1, scene.turn),
        scene.turn.holder(of: hit.tokens) == .person
      {
        return answer == nil ? 0.65 : 0.8
      }
      // "sur de Senegal": told of where one comes from.
      if isFrom, regions.contains(beforeThat), scene.turn.holder(of: hit.tokens) == .person,
        !scene.isAbout(.place, .elsewhere, .household)
      {
        return 0.6
      }
      let isBe = ["soy", "eres", "es", "somos", "sois", "vengo", "viene", "vienes"].contains(
        beforeThat)
      if isFrom, isBe { return scene.turn.isQuestion(start) ? 0.6 : 0.85 }
      if let answer, start >= answer.start, answer.age <= 1 { return answer.age == 0 ? 0.6 : 0.8 }
      return isAlone(hit, scene) ? 0.66 : nil
    }
    // "¿Ya te han dado la nacionalidad española?" asks what is not known.
    if before == "nacionalidad", scene.turn.isQuestion(start), beforeThat == "la" { return nil }
    // "un amigo marroquí", "la comida china": a noun before it is what is meant.
    let isPredicate = [
      "", "soy", "eres", "es", "pero", "nacionalidad", "si", "somos", "verdad", "y", "yo", "no",
      "pues",
      "ya",
      "entonces", "usted", "tu", "origen", "sexo", "tambien", "nacional", "mujer", "varon",
      "hombre",
      "am", "i'm", "are", "nationality", "vale", "claro", "perfecto", "nomas",
    ].contains(before)
    // "Es nuevo, español": a list, where nobody speaks of nationality.
    let isHead =
      isHead(start, scene.turn)
      || tokens[start - 1].kind == .number
      || tokens[start - 1].text.unicodeScalars.count == 1 && tokens[start - 1].kind == .word
    if before.isEmpty, !isHead, answer == nil { return nil }
    if isPredicate {
      if answer != nil || ["soy", "eres", "nacionalidad"].contains(before) { return 0.92 }
      return before.isEmpty || before == "es" || before == "si" || before == "y" ? 0.85 : 0.7
    }
    return answer.map { $0.age <= 1 && start >= $0.start ? 0.7 : 0.5 }.flatMap {
      tokens[max(0, start - 1)].folded.count > 3 && answer?.age != 0 ? nil : $0
    }
  }

  /// "…ocho cuatro, efe. Senegal.", "Mali, Kayes.": a country that is all of a sentence, where no place was asked for.
  static func isAlone(_ hit: Hit, _ scene: Scene) -> Bool {
    guard scene.pack.code(hit) != "ESP", !scene.isAbout(.place, .elsewhere, .household),
      !(scene.previous?.tokens.contains { $0.folded == "donde" } ?? false)
    else { return false }
    let sentence = scene.turn.sentence(of: hit.tokens.lowerBound)
    let words = scene.turn.tokens[sentence].filter { $0.kind != .mark }
    let next = scene.turn.tokens.dropFirst(hit.tokens.upperBound).first
    // "Colombia no": a question without its marks.
    let isTag =
      next?.folded == "no" && hit.tokens.upperBound + 1 == scene.turn.tokens.count
    guard isTag || next.map({ $0.kind == .mark }) ?? true, words.count <= hit.tokens.count + 2
    else {
      return false
    }
    return scene.turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound].allSatisfy {
      $0.kind == .mark || ["vale", "bien", "bueno", "si", "no"].contains($0.folded)
    }
  }

  /// "en Nicaragua", "no, Perú no": where one is or goes, not where one is from.
  static let places: Set<String> = [
    "no", "en", "a", "hasta", "hacia", "desde", "por", "para", "via", "con",
  ]
  /// Words behind a language that tell how well it is spoken.
  static let skills: Set<String> = [
    "poco", "poquito", "mejor", "bien", "mal", "regular", "nada", "perfecto", "basico", "algo",
    "pequeno", "fatal", "despacio", "mas",
  ]

  /// "hablo francés", "el español me cuesta", "español poco": the word means the language.
  static func isLanguageTalk(_ hit: Hit, _ scene: Scene) -> Bool {
    guard hit.kind == .demonym else { return false }
    let isAlsoLanguage = scene.turn.hits.contains {
      $0.kind == .language && $0.tokens == hit.tokens
    }
    guard isAlsoLanguage else { return false }
    if skills.contains(word(scene.turn.tokens, hit.tokens.upperBound)) { return true }
    if scene.isAbout(.languages), !(scene.asked?.topics.contains(.nationality) ?? false) {
      return true
    }
    let tokens = scene.turn.tokens
    // "Wolof, francés y español": a list, in which each means a language.
    let sentence = scene.turn.sentence(of: hit.tokens.lowerBound)
    let listed = scene.turn.hits(.language).filter { sentence.contains($0.tokens.lowerBound) }
    let isStated = ["soy", "eres", "nacionalidad"].contains(word(tokens, hit.tokens.lowerBound - 1))
    if Set(listed.map(\.code)).count > 1, !isStated { return true }
    // "Hablo wolof. Y francés, de la escuela. Español, así como oyes.", "¿español dónde lo has aprendido?"
    let isTold =
      tokens[..<hit.tokens.lowerBound].contains { speaking.contains($0.folded) }
      || tokens[hit.tokens.upperBound...].prefix(5).contains { $0.folded.hasPrefix("aprend") }
    if isTold, !isStated { return true }
    let before = tokens[max(0, hit.tokens.lowerBound - 5)..<hit.tokens.lowerBound].map(\.folded)
    let verbs: Set<String> = [
      "hablo", "habla", "hablas", "hablamos", "entiendo", "entiende", "espanol", "aprender",
      "mejorar",
      "idioma", "idiomas", "traduce", "en", "poco", "algo", "el", "clases", "curso", "leer",
      "escribir",
      "speak", "castellano",
    ]
    return before.contains { verbs.contains($0) }
  }

  private static let regions: Set<String> = ["sur", "norte", "este", "oeste", "interior", "costa"]
  private static let speaking: Set<String> = ["hablo", "hablamos", "hablas", "habla"]

  /// Whether only signs stand before that word in its sentence.
  static func isHead(_ index: Int, _ turn: Turn) -> Bool {
    turn.tokens[turn.sentence(of: index).lowerBound..<index].allSatisfy { $0.kind == .mark }
  }

  static func word(_ tokens: [Token], _ index: Int) -> String {
    tokens.indices.contains(index) && tokens[index].kind == .word ? tokens[index].folded : ""
  }

  // MARK: - Gender

  /// "Española, mujer.": read aloud, in a turn of facts.
  static func isTitle(_ hit: Hit, _ turn: Turn) -> Bool {
    turn.tokens.filter { $0.kind != .mark }.count <= 3
      && turn.hits.contains { $0.kind == .demonym && $0.tokens.upperBound <= hit.tokens.lowerBound }
  }

  /// What the person answers about their gender.
  static func gender(_ scene: Scene) -> [Mention] {
    let turn = scene.turn
    let answer = scene.answer(.gender)
    var found: [Mention] = []
    for hit in turn.hits(.gender) {
      let code = scene.pack.code(hit)
      let before = word(turn.tokens, hit.tokens.lowerBound - 1)
      if ["mi", "su", "tu", "la", "una", "un", "el", "otra", "otro", "esa", "ese", "las", "los"]
        .contains(before),
        !(["una", "un"].contains(before) && word(turn.tokens, hit.tokens.lowerBound - 2) == "soy")
      {
        continue
      }
      // "Hombre, si hay contrato...": an interjection, unless it was asked.
      let isStated = before == "soy" || before == "sexo" || before == "genero"
      let isAnswer = answer.map { $0.age <= 1 } ?? false
      guard isStated || isAnswer || isTitle(hit, turn) else { continue }
      let isOffered = turn.isQuestion(hit.tokens.lowerBound) && answer?.age == 0
      if isOffered, turn.hits(.gender).count > 1 { continue }
      found.append(
        Mention(
          field: "gender", value: .text(code), confidence: isOffered ? 0.6 : 0.93,
          tokens: hit.tokens, rule: isStated ? "gender_stated" : "gender_answer"))
    }
    // "Hombre, pues mujer.": the first only calls out.
    let isCalled = found.first.map {
      turn.word($0.tokens.lowerBound) == "hombre" && turn.word($0.tokens.upperBound) == ","
    }
    if found.count > 1, isCalled ?? false, Set(found.map(\.value)).count > 1 {
      found.removeFirst()
    }
    return found
  }
}
