/// Who of those named lives elsewhere.
extension PeopleReader {
  /// What says that somebody lives elsewhere; the token after its complement.
  func elsewhere(at index: Int, _ walk: inout Walk) -> Int? {
    // "Yo vivo en Sevilla con mi novio": who speaks for the father lives apart.
    if scene.proxy, word(index) == "vivo", ["en", "con"].contains(word(index + 1)) {
      return scene.turn.sentence(of: index).upperBound
    }
    if ["todos", "todas", "todo"].contains(word(index)), isFar(index + 1) {
      walk.farSentence = scene.turn.sentences[index]
      for place in walk.found.people.indices
      where scene.turn.sentences[walk.found.people[place].token] == walk.farSentence {
        walk.found.people[place].isAway = true
      }
      return index + 2
    }
    // "mi familia en Dakar, mujer y una niña"; "está en León, con mis hermanos"
    let isOfFamily = word(index) == "familia" && isFar(index + 1)
    let isOfAbsent =
      ["vive", "esta", "viven", "estan", "sigue", "siguen"].contains(word(index))
      && walk.found.people.isEmpty && isFar(index + 1)
    if isOfFamily || isOfAbsent {
      walk.farSentence = scene.turn.sentences[index]
      return index + 3
    }
    if ["aqui", "conmigo", "yo"].contains(word(index)) { walk.farSentence = -1 }
    guard let last = walk.found.people.indices.last else { return nil }
    let verbEnd: Int
    if let hit = away[index], !isSchool(hit.tokens.upperBound) {
      verbEnd = hit.tokens.upperBound
    } else if ["vive", "esta", "viven", "estan", "anda", "trabaja", "trabajan", "sigue", "estudia"]
      .contains(word(index)), isFar(index + 1)
    {
      verbEnd = index + 2
    } else if isFar(index), index - walk.named <= 3, index > walk.named {
      verbEnd = index + 1
    } else if word(index) == "no", index - walk.named == 1,
      index + 1 >= tokens.count || tokens[index + 1].kind == .mark
    {
      verbEnd = index + 1
    } else if word(index) == "tambien", index - walk.named <= 2, last > 0,
      walk.found.people[last - 1].isAway
    {
      verbEnd = index + 1
    } else {
      return nil
    }
    guard index - walk.named < 12, !isSomethingElse(walk.named, index) else { return nil }
    if walk.member == walk.named {
      // One of a group: "los tres hijos, la mayor se casó".
      walk.found.people[last].members -= 1
      // "los dos niños. Mi hija mayor se casó": she was none of them.
      let isOther = walk.isOwnMember && walk.found.people[last].isExact
      if walk.found.people[last].isExact, !isOther { walk.found.people[last].count -= 1 }
      walk.member = -2
      return endOfComplement(verbEnd)
    }
    let isPlural = tokens[index..<min(verbEnd, tokens.count)].contains {
      $0.folded.hasSuffix("n") && $0.folded != "en" && $0.folded != "un"
    }
    let first = isPlural ? walk.run : last
    for place in first...last { leave(place, &walk) }
    return endOfComplement(verbEnd)
  }

  /// "El gato no cuenta": the verb has a subject of its own.
  func isSomethingElse(_ named: Int, _ verb: Int) -> Bool {
    guard named >= 0 else { return true }
    let sentence = scene.turn.sentence(of: verb)
    if !sentence.contains(named) {
      let openers = [
        "ya", "pero", "se", "este", "ese", "esa", "no", "ella", "el", "esos", "esas", "estos", "me",
      ]
      let first = sentence.lowerBound
      if first != verb, !openers.contains(word(first)) || kinds[first + 1] != nil { return true }
    }
    guard verb - named > 2 else { return false }
    return ((named + 1)..<(verb - 1)).contains { index in
      ["el", "la", "los", "las", "un", "una"].contains(word(index)) && kinds[index + 1] == nil
        && names.given(tokens[index + 1]) < 20 && !tokens[index + 1].isCapitalized
        && !["en", "de", "con", "a", "por", "para"].contains(word(index - 1))
    }
  }

  /// One who is gone: a member of a group makes it smaller.
  func leave(_ place: Int, _ walk: inout Walk) {
    let person = walk.found.people[place]
    guard !person.isAway else { return }
    walk.found.people[place].isAway = true
    if place > 0, !person.isGroup, person.kind.isYoung,
      let group = walk.found.people[..<place].lastIndex(where: { $0.isGroup && $0.kind.isYoung }),
      walk.found.people[group].isExact, walk.found.people[group].ages.isEmpty,
      walk.found.people[group].members > 0
    {
      walk.found.people[group].count -= 1
      walk.found.people[group].members -= 1
    }
  }

  /// "en Alemania", "en Sevilla"; not "en casa", "en el instituto".
  func isFar(_ index: Int) -> Bool {
    guard word(index) == "en" || word(index) == "in", tokens.indices.contains(index + 1) else {
      return false
    }
    let token = tokens[index + 1]
    if scene.turn.hits.contains(where: { $0.kind == .country && $0.tokens.lowerBound == index + 1 })
    {
      return true
    }
    if PeopleReader.near.contains(token.folded) || token.kind != .word { return false }
    let isVerb = ["vive", "viven", "esta", "estan"].contains(word(index - 1))
    if isVerb, !scene.pack.trie.knows(token.folded) { return true }
    return token.isCapitalized
      || !scene.gazetteers.municipalities(named: token.text).isEmpty
        && token.folded.utf8.count > 3
  }

  func isSchool(_ index: Int) -> Bool {
    ["colegio", "cole", "instituto", "escuela", "eso", "primaria"].contains(word(index))
      || ["colegio", "cole", "instituto", "escuela"].contains(word(index + 1))
  }

  func endOfComplement(_ start: Int) -> Int {
    var index = start
    while index < tokens.count, tokens[index].kind != .mark,
      !["y", "pero", "aqui", "ahora", "yo", "conmigo"].contains(tokens[index].folded),
      index - start < 6 || kinds[index] == nil
    {
      index += 1
    }
    return index
  }
}
