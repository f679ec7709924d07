import Forms

// Minors stated, and who lives alone.
extension HouseholdStatements {
  func statedMinors() -> [Mention] {
    var found: [Mention] = []
    if let hit = scene.turn.hits(.minorsNone).first {
      let isOwn = ["hijos", "tengo"].contains { name in
        scene.turn.tokens[hit.tokens].contains { $0.folded == name }
      }
      let isAboutMinors = scene.isAbout(.minors) && !scene.turn.isQuestion(hit.tokens.lowerBound)
      if !isOwn || scene.isAbout(.household) || isAboutMinors {
        found += mention(
          "minors", 0, hit.tokens, scene.turn.isQuestion(hit.tokens.lowerBound) ? 0.6 : 0.86,
          "no_minors")
      }
    }
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
      // "unidad de uno, menores ninguno": the number before was of all.
      let isNone = ["ninguno", "ninguna"].contains(word(index + 1))
      if !isNone, let value = small(word(start)), start >= 0 {
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

  func small(_ word: String) -> Int? {
    if let value = Int(word), value < 16 { return value }
    return [
      "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
      "siete": 7,
      "ocho": 8,
    ][word]
  }

  /// "¿Está usted sola con ellos?"
  var wasWithSomebody: Bool {
    guard let previous = scene.previous else { return false }
    return previous.tokens.indices.contains {
      ["solo", "sola", "solos", "solas"].contains(previous.word($0))
        && previous.word($0 + 1) == "con"
    }
  }

  /// "Vivo sola", "yo solo", "estoy solo"; and "Vives solo" with a yes.
  func alone() -> [Mention] {
    // "¿Vive alguien con usted?" "Nadie."
    let asksMore = scene.previous?.words.contains("mas") ?? false
    if word(0) == "nadie", word(1) != "mas", !asksMore, scene.answer(.household)?.age == 1 {
      return mention("household_size", 1, 0..<1, 0.85, "lives_alone")
    }
    if let lone = theUnit() { return lone }
    guard scene.turn.groups.contains(.alone) else { return [] }
    for index in tokens.indices
    where tokens[index].isOf(.alone) && (word(index) != "solamente" || word(index - 1) == "yo") {
      let before = word(index - 1)
      let near = [before, word(index - 2)]
      let isFirst = ["vivo", "estoy", "yo", "ahora"].contains(where: near.contains)
      let isWritten = isWritten(index)
      let isSecond =
        ["vives", "vive", "estas", "usted", "ti", "tu"].contains(where: near.contains) || isWritten
      let isEcho = ["solo", "sola"].contains(scene.previous?.words.last ?? "")
      let isAnswer =
        index <= 2
        && ((scene.answer(.household)?.age ?? 9) <= 1
          || isEcho && scene.previous?.hasQuestion ?? false)
      guard isFirst || isSecond || isAnswer else { continue }
      // "Solo mi niño", "solo con mi madre": nobody else.
      let isOnly =
        ["mi", "mis", "con", "nosotros", "nosotras", "los", "las"].contains(word(index + 1))
        || scene.turn.hits.contains { $0.kind.isKin && $0.tokens.lowerBound == index + 1 }
        || ["el", "la"].contains(word(index + 1))
          && scene.turn.hits.contains { $0.kind.isKin && $0.tokens.lowerBound == index + 2 }
      if isOnly { continue }
      // "con mi hija sola", "no vivo yo sola"; but "no, no, yo sola", "con ellas yo sola"
      let isOfOthers =
        word(index - 3) == "con" && before != "yo"
        || word(index - 3) == "no" && word(index - 2) != ","
      if isOfOthers || before == "no"
        || word(index + 1) == "con" || word(index + 1) == word(index)
        || word(index + 1) == "no"
          && (index + 2 >= tokens.count || tokens[index + 2].kind == .mark)
        || wasWithSomebody
      {
        continue
      }
      // "yo sola con el niño", "yo sola y mi hija"
      if scene.turn.hits.contains(where: {
        $0.kind.isKin && (1...4).contains($0.tokens.lowerBound - index)
          && ["con", "y"].contains(word(index + 1))
      }) {
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
      // "De diez a doce estoy sola y puedo contestar", where nobody asked.
      let isBare =
        !isAsked && near.contains("estoy") && !near.contains("vivo")
        && !["aqui", "en"].contains(word(index + 1))
      let isNoted =
        isWritten
        || tokens.contains { ["pongo", "ficha", "entonces", "apunto"].contains($0.folded) }
      let isQuestion =
        scene.turn.isQuestion(index) || isSecond && scene.asked?.topic == .household && !isNoted
      return mention(
        "household_size", 1, max(0, index - 1)..<(index + 1),
        isSecond ? (isQuestion ? 0.35 : 0.8) : isBare ? 0.66 : 0.88, "lives_alone")
    }
    return []
  }

  /// "Te apunto solo, entonces", "en la ficha vas sola", "él solo de momento": how the person is written down.
  func isWritten(_ index: Int) -> Bool {
    let next = word(index + 1)
    guard
      index + 1 >= tokens.count || tokens[index + 1].kind == .mark
        || ["entonces", "pues", "de", "y", "aqui", "ahora"].contains(next)
    else { return false }
    let isSheet = ["va", "vas", "queda", "quedas"].contains(word(index - 1))
    if isSheet { return tokens.contains { ["ficha", "hogar", "unidad"].contains($0.folded) } }
    if ["apunto", "pongo", "marco", "dejo", "anoto"].contains(word(index - 1)) { return true }
    // Who speaks for the person, or is spoken to about them.
    let isThird = index > 0 && ["él", "ella"].contains(tokens[index - 1].text.lowercased())
    let before = word(index - 2)
    return isThird && (isAsked || scene.proxy)
      && (index == 1 || tokens[index - 2].kind == .mark
        || ["entonces", "es", "aqui", "pongo", "a"].contains(before))
  }

  /// "La unidad eres tú", "te pongo a ti y nada más": the person and nobody else.
  func theUnit() -> [Mention]? {
    guard scene.turn.groups.contains(.you) else { return nil }
    for index in tokens.indices.dropLast() where tokens[index + 1].isOf(.you) {
      let isYou = ["tu", "usted"].contains(word(index + 1))
      let isUnit =
        ["eres", "es", "sois"].contains(word(index)) && isYou
        && ["unidad", "hogar", "ficha", "familia"].contains { unit in
          tokens[..<index].contains { $0.folded == unit }
        }
      let isOnly =
        word(index) == "a" && ["ti", "usted"].contains(word(index + 1))
        && (word(index + 2) == "nada" && word(index + 3) == "mas"
          || word(index + 2) == "y" && ["nada", "ya"].contains(word(index + 3)))
      let ends = index + 2 >= tokens.count || tokens[index + 2].kind == .mark
      if isUnit && ends || isOnly {
        return mention("household_size", 1, index..<(index + 2), 0.84, "lives_alone")
      }
    }
    return nil
  }
}
