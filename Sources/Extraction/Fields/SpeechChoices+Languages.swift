import Forms

// Languages the person says they speak.
extension SpeechChoices {
  /// Languages the person says they speak.
  static func languages(_ scene: Scene) -> [Mention] {
    let turn = scene.turn
    let answer = scene.answer(.languages)
    var found: [Mention] = []
    for hit in turn.hits(.language) where !isPartOfLonger(hit, turn) {
      let code = scene.pack.code(hit)
      guard code != "-", !isDeniedBehind(hit, turn), spoken(hit, scene, answer) else { continue }
      found.append(
        Mention(
          field: "languages", value: .text(code), confidence: answer == nil ? 0.8 : 0.9,
          tokens: hit.tokens, rule: answer == nil ? "language_said" : "language_answer"))
    }
    return found
  }

  /// "Español, nada", "inglés no": the language is named to say that it is not spoken.
  static func isDeniedBehind(_ hit: Hit, _ turn: Turn) -> Bool {
    var index = hit.tokens.upperBound
    if index < turn.tokens.count, turn.tokens[index].text == "," { index += 1 }
    // "De español, dice que nada."
    if turn.word(index) == "dice", turn.word(index + 1) == "que" { index += 2 }
    guard index < turn.tokens.count, ["nada", "no", "ninguno"].contains(turn.tokens[index].folded)
    else { return false }
    // "inglés no muy bien" speaks it, "francés no sé si cuenta" is not for us to judge.
    return index + 1 == turn.tokens.count || turn.tokens[index + 1].kind == .mark
  }

  static func isPartOfLonger(_ hit: Hit, _ turn: Turn) -> Bool {
    turn.hits.contains {
      $0.kind == .language && $0.tokens != hit.tokens && $0.tokens.contains(hit.tokens.lowerBound)
        && $0.tokens.count > hit.tokens.count
    }
  }

  static func spoken(_ hit: Hit, _ scene: Scene, _ answer: Scene.Answer?) -> Bool {
    let turn = scene.turn
    let sentence = turn.sentence(of: hit.tokens.lowerBound)
    let words = turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound].map(\.folded)
    // Between two commas: what "no" or "mi hija" governs.
    let clause = Array(
      turn.tokens[sentence.lowerBound..<hit.tokens.lowerBound]
        .split(omittingEmptySubsequences: false, whereSeparator: { $0.text == "," }).last ?? []
    ).map(\.folded)
    if clause.contains("no") || clause.contains("tampoco") || clause.contains("nada") {
      return false
    }
    let after = turn.tokens[
      hit.tokens.upperBound..<min(turn.tokens.count, hit.tokens.upperBound + 3)
    ]
    .map(\.folded)
    // "Español no más" speaks it.
    let isOnly = turn.word(hit.tokens.upperBound + 1) == "mas"
    if let first = after.first, ["no", "nada", "tampoco"].contains(first), !isOnly { return false }
    if isSomebodyElses(hit, turn) || isDeniedAfter(hit, turn) { return false }
    if after.starts(with: [",", "no"]),
      !["muy", "mucho", "del", "tanto", "perfecto", "tan"]
        .contains(turn.word(hit.tokens.upperBound + 2))
    {
      return false
    }
    if after.starts(with: ["todavia", "no"]) { return false }
    let before = sentence.lowerBound..<hit.tokens.lowerBound
    let told = before.last { isOwnVerb($0, scene) }.map { $0 - sentence.lowerBound } ?? -1
    // The interpreter's own: "yo árabe y español", "yo sí hablo catalán", "español yo".
    if scene.proxy {
      if let speaker = words.lastIndex(of: "yo"), speaker > told { return false }
      if turn.word(hit.tokens.upperBound) == "yo" { return false }
    }
    let others =
      words.lastIndex { ["habla", "hablan", "entiende", "entienden"].contains($0) } ?? -1
    if scene.holder(of: hit.tokens, answering: .languages) == .other, told <= others {
      return false
    }
    // "Ya habla hasta vasco": told of somebody, where nobody was just asked.
    if others > told, !turn.isQuestion(hit.tokens.lowerBound), (answer?.age ?? 9) > 1,
      !scene.proxy, scene.opening != .none || scene.previous?.hasQuestion ?? false
    {
      return false
    }
    if words.contains(
      where: [
        "clases", "curso", "clase", "aprender", "mejorar", "profesor", "profesora",
        "interprete", "examen", "restaurante", "comida", "palabras", "palabritas", "palabra",
      ].contains)
    {
      return false
    }
    if told >= 0 { return true }
    guard let answer else { return isList(sentence, turn) }
    if answer.age == 0 {
      // "Francés, supongo": a guess that waits for its answer.
      if after.contains("supongo") || after.contains("imagino") { return false }
      // "¿Qué hablas aparte de español?" takes Spanish for granted; a list read aloud states it.
      return true
    }
    return answer.age <= 1
      || answer.age == 2 && turn.number - (scene.before?.turn ?? 0) <= 2 && !turn.hasQuestion
  }

  /// Whether a word says that the person speaks: "hablo", or "habla", "ella" and "él" of somebody who speaks for them.
  static func isOwnVerb(_ index: Int, _ scene: Scene) -> Bool {
    let word = scene.turn.word(index)
    if ["hablo", "hablamos", "speak"].contains(word) {
      // "Yo sí hablo catalán": who speaks for somebody means themself.
      return !scene.proxy || !["yo", "si"].contains(scene.turn.word(index - 1))
    }
    guard scene.proxy else { return false }
    return word == "habla" || word == "ella" || scene.turn.tokens[index].text.lowercased() == "él"
  }

  /// "Árabe y español.": a sentence of languages alone, two at least.
  static func isList(_ sentence: Range<Int>, _ turn: Turn) -> Bool {
    let languages = turn.hits(.language).filter { sentence.contains($0.tokens.lowerBound) }
    guard Set(languages.map(\.tokens)).count >= 2 else { return false }
    // "Tengo urdu, inglés y castellano.": three in a row are nothing else.
    let starts = languages.map(\.tokens.lowerBound).sorted()
    let isRow = zip(starts, starts.dropFirst(2)).contains { $1 - $0 <= 4 }
    if isRow, !turn.isQuestion(starts[0]) { return true }
    return sentence.allSatisfy { index in
      turn.tokens[index].kind == .mark || ["y", "e", "si", "tambien"].contains(turn.word(index))
        || languages.contains { $0.tokens.contains(index) }
    }
  }

  /// Languages of a turn that are said not to be spoken, and those that a summary leaves out: "Pues pongo wólof y español".
  static func denied(_ scene: Scene, known: [String]) -> Set<String> {
    let turn = scene.turn
    let hits = turn.hits(.language).filter { !isPartOfLonger($0, turn) }
    var denied = Set(hits.filter { isDeniedBehind($0, turn) }.map { scene.pack.code($0) })
    denied.subtract(hits.filter { !isDeniedBehind($0, turn) }.map { scene.pack.code($0) })
    let summed = hits.filter { hit in
      turn.tokens[turn.sentence(of: hit.tokens.lowerBound).lowerBound..<hit.tokens.lowerBound]
        .contains { ["pongo", "apunto", "anoto", "ponemos", "dejo"].contains($0.folded) }
        && !turn.isQuestion(hit.tokens.lowerBound)
    }.map { scene.pack.code($0) }
    // "¿Hablas quechua, aimara?" "Quechua y castellano.": what was offered and is not taken.
    if let previous = scene.previous, !hits.isEmpty {
      let offered = Set(
        previous.hits(.language).filter { previous.isQuestion($0.tokens.lowerBound) }
          .map { scene.pack.code($0) })
      let taken = Set(hits.map { scene.pack.code($0) })
      if offered.count > 1, !offered.isDisjoint(with: taken) {
        denied.formUnion(offered.subtracting(taken))
      }
    }
    let isAnswered = scene.before.map { $0.topics.contains(.languages) } ?? false
    if summed.count >= 2, isAnswered { denied.formUnion(Set(known).subtracting(summed)) }
    return denied
  }

  /// "Inglés, mi hija", "el inglés, Imane": somebody else is named right behind.
  static func isSomebodyElses(_ hit: Hit, _ turn: Turn) -> Bool {
    let comma = hit.tokens.upperBound
    guard comma < turn.tokens.count else { return false }
    // "francés mi mujer habla inglés": a new clause begins with them.
    let isDirect = turn.hits.contains {
      $0.kind == .holderOther && $0.tokens.lowerBound == comma
        && !["habla", "hablan", "sabe", "entiende"].contains(turn.word($0.tokens.upperBound))
    }
    if isDirect || ["entiende", "habla", "hablan"].contains(turn.tokens[comma].folded) {
      return true
    }
    guard comma + 1 < turn.tokens.count,
      turn.tokens[comma].text == "," || turn.tokens[comma].folded == "lo"
    else { return false }
    let next = comma + 1
    // "El inglés lo habla mi hija."
    if turn.tokens[comma].folded == "lo",
      ["habla", "hablan", "entiende", "entienden", "sabe"].contains(turn.word(next))
    {
      return true
    }
    if turn.hits.contains(where: { $0.kind == .holderOther && $0.tokens.lowerBound == next }) {
      return true
    }
    let token = turn.tokens[next]
    let ends = next + 1 >= turn.tokens.count || turn.tokens[next + 1].kind == .mark
    return token.isCapitalized && ends
      && !turn.hits.contains { $0.kind == .language && $0.tokens.contains(next) }
  }

  /// "Francés lo di en el instituto y no sé ni pedir un café".
  static func isDeniedAfter(_ hit: Hit, _ turn: Turn) -> Bool {
    let end = turn.sentence(of: hit.tokens.lowerBound).upperBound
    let next = turn.hits.first {
      $0.kind == .language && $0.tokens.lowerBound >= hit.tokens.upperBound
    }
    let stop = min(end, next?.tokens.lowerBound ?? end)
    let rest = turn.tokens[hit.tokens.upperBound..<max(hit.tokens.upperBound, stop)]
    let words = rest.map(\.folded)
    if zip(words, words.dropFirst()).contains(where: {
      $0 == "no" && ["lo", "hablo", "se"].contains($1)
    }) {
      return true
    }
    // "lo entiendo, pero hablarlo no"
    let isUnderstood = words.contains { ["entiendo", "entender", "entiende"].contains($0) }
    if isUnderstood, words.contains("no") { return true }
    return words.contains { ["ni", "olvide", "olvidado", "ninguna"].contains($0) }
  }
}
