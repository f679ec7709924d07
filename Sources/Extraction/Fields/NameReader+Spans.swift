import Forms

// Where names stand in a turn: behind cues, as answers, read back, read aloud.
extension NameReader {
  func spans(_ scene: Scene, _ words: NameWords) -> [(NameWords.Span, String, Double)] {
    let told = toldSpans(scene, words)
    // Where the turn as a whole holds more words of the name, they are all of it.
    guard !isKnown, let whole = pieces(scene, words),
      told.allSatisfy({
        !$0.0.isReordered && $0.0.significant <= whole.significant
          && Set($0.0.words) != Set(whole.words)
      })
    else { return told }
    return [(whole, "name_pieces", 0.8)]
  }

  private func toldSpans(
    _ scene: Scene, _ words: NameWords
  ) -> [(NameWords.Span, String, Double)] {
    var found: [(NameWords.Span, String, Double)] = []
    let turn = scene.turn
    for hit in turn.hits where hit.kind == .sayName || hit.kind == .saySurname {
      let cue = turn.tokens[hit.tokens.upperBound - 1].folded
      let isSoy = cue == "soy" || cue == "eres" || cue == "es"
      if cue == "soy" || cue == "llamo", isTechnician(scene, hit) { continue }
      // "Francisco Javier, aunque me llaman el Pirri": what others call one is asked for by nobody.
      if cue == "llaman" || cue == "dicen" { continue }
      var start = hit.tokens.upperBound
      while start < turn.tokens.count,
        turn.tokens[start].kind == .mark
          || ["yo", "eh", "pues", "es", "son", "solo", "solamente", "uno", "nada", "mas", "unico"]
            .contains(turn.tokens[start].folded)
      {
        start += 1
      }
      guard start < turn.tokens.count, let span = words.span(at: start, small: true) else {
        continue
      }
      // "¿Y de apellidos, Roberto?": spoken to.
      if hit.kind == .saySurname, span.significant == 1,
        Folding.fold(span.words[0])
          == (vocative?.words ?? givenPart?.words)?.first.map(Folding.fold)
      {
        continue
      }
      if cue == "soy", span.significant < 2, scene.answer(.name) == nil { continue }
      if isSoy, span.known == 0 { continue }
      let rule = hit.kind == .saySurname ? "surname_cue" : "name_cue"
      found.append((span, rule, confidence(span, base: isSoy ? 0.8 : 0.9)))
    }
    if !found.isEmpty { return unique(found) }
    let more = moreAsked(scene, words)
    let asksBoth = more == nil && scene.answer(.name) != nil
    for topic in asksBoth ? [Topic.name] : [.surname] {
      guard let answer = more ?? scene.answer(topic),
        answer.age <= 2, answer.holder == .person
      else { continue }
      let limit = answer.age == 2 ? 4 : 10
      // What follows the question in one breath is rarely its answer.
      let isOwnAnswer = scene.before?.turn == turn.number || answer.age == 0
      var start = answer.start
      while start < min(turn.tokens.count, answer.start + limit) {
        if let span = words.span(at: start, small: answer.age <= 1),
          !isOwnAnswer || span.significant > 1 || turn.tokens[start].isCapitalized
        {
          let rule = topic == .surname ? "surname_answer" : "name_answer"
          let span = withUnknownFirst(span, from: answer, topic, words)
          let isPlausible = span.known > 0 || span.isCapitalized && span.significant >= 2
          if isPlausible, !isArticle(before: start, turn), !isComparison(before: start, turn) {
            found.append((span, rule, confidence(span, base: 0.9)))
          }
          start = span.tokens.upperBound
          if !found.isEmpty {
            // "Ariel. En los papeles también… Ariel Ferreyra Bustos": the whole name follows.
            if span.significant == 1,
              let whole = longer(span, from: start, words, isSurname: topic == .surname)
            {
              found = [(whole, rule, confidence(whole, base: 0.9))]
            }
            break
          }
        } else {
          start += 1
        }
      }
      if found.isEmpty, answer.age == 1, topic == .surname,
        let span = words.unknownAnswer(from: answer.start)
      {
        found = [(span, "surname_answer", 0.62)]
      }
      if answer.age == 1, topic == .name, let span = words.wholeTurn(),
        span.significant > found.first?.0.significant ?? 0
      {
        found = [(span, "name_unknown_words", 0.62)]
      }
      if !found.isEmpty { return unique(found) }
    }
    let rest = readBack(scene, words) + addressed(scene, words) + readAloud(scene, words)
    return unique(
      rest.filter { !isIntroduction($0.0, scene.turn) && !isStreetName($0.0, scene.turn) })
  }

  /// The known name said again by the other speaker, with a word changed perhaps: "elena camelia popa".
  func readBack(_ scene: Scene, _ words: NameWords) -> [(NameWords.Span, String, Double)] {
    guard let given = firstWord, scene.turn.number - lastTurn <= 3 || scene.turn.number < 8 else {
      return []
    }
    // "Osmani Leyva." "leyva batista vale"
    if knownWords.count == 2, let last = knownWords.last, scene.turn.word(0) == last,
      let span = words.span(at: 0, small: true), span.significant == 2, span.known == 2
    {
      return [(span, "name_read_back", 0.7)]
    }
    for index in scene.turn.tokens.indices.prefix(12) {
      if index == 0, !isKnown, scene.turn.tokens[0].folded == given, let span = words.wholeTurn() {
        return [(span, "name_unknown_words", 0.62)]
      }
      guard scene.turn.tokens[index].folded == given, let span = words.span(at: index, small: true),
        span.significant >= 2,
        span.known == span.significant
          || scene.turn.tokens[span.tokens.upperBound - 1].isCapitalized
      else { continue }
      let last = scene.turn.tokens[span.tokens.upperBound - 1]
      // "Luz Mari, adelante": given names alone are no full name.
      if !isKnown, words.given(last) > words.surname(last) { return [] }
      let isSaid = isKnown || words.isSentenceStart(index)
      return [(span, "name_read_back", confidence(span, base: isSaid ? 0.8 : 0.7))]
    }
    return []
  }

  /// What is said instead of a name in the same breath: "Ana Pérez, no, perdón, Ana Gómez", "López no, Lopes".
  func restated(
    _ found: [(NameWords.Span, String, Double)], _ scene: Scene, _ words: NameWords
  ) -> [(NameWords.Span, String, Double)] {
    guard var place = found.last?.0.tokens.upperBound else { return [] }
    var result: [(NameWords.Span, String, Double)] = []
    while place < scene.turn.tokens.count, result.count < 4 {
      // "bueno, López no, Lopes": the word that is taken back is said again first.
      let again = words.span(at: place, small: true).map(\.tokens.upperBound)
      if let start = scene.turn.restart(after: place) ?? again.flatMap(scene.turn.restart(after:)),
        let span = words.span(at: start, small: true),
        !isRejected(span, at: start, of: found, scene)
      {
        result.append((span, "name_restated", confidence(span, base: 0.88)))
        place = span.tokens.upperBound
      } else if let last = result.last?.0, let span = words.span(at: place, small: false),
        span.significant > last.significant, span.words.contains(last.words[0])
      {
        result.append((span, "name_restated", confidence(span, base: 0.88)))
        place = span.tokens.upperBound
      } else {
        place += 1
      }
      if place - (result.last ?? found[found.count - 1]).0.tokens.upperBound > 8 { break }
    }
    return result
  }

  /// "… Félix Encarnación, Feliz con zeta, no Félix": the word behind "no" is the one that is wrong.
  private func isRejected(
    _ span: NameWords.Span, at start: Int,
    of found: [(NameWords.Span, String, Double)], _ scene: Scene
  ) -> Bool {
    guard scene.turn.word(start - 1) == "no", let first = span.words.first.map(Folding.fold),
      let last = found.last?.0
    else { return false }
    // "Sow, con uve doble, no So."
    if scene.turn.tokens[..<start].dropFirst(last.tokens.upperBound).contains(where: {
      $0.folded == "con"
    }) {
      return true
    }
    let name = last.words.map(Folding.fold)
    return name.dropFirst().contains { PhoneticKey.key($0) == PhoneticKey.key(first) }
  }

  /// The longer name that begins with the same word, further on in the turn.
  func longer(
    _ span: NameWords.Span, from start: Int, _ words: NameWords, isSurname: Bool
  ) -> NameWords.Span? {
    let first = span.words.first.map(Folding.fold)
    for index in words.tokens.indices.dropFirst(start) where words.tokens[index].folded == first {
      if let whole = words.span(at: index, small: true), whole.significant >= 2 { return whole }
    }
    // "Pascual. Arranz Pascual."
    guard isSurname else { return nil }
    for index in words.tokens.indices.dropFirst(span.tokens.upperBound).dropLast()
    where words.tokens[index + 1].folded == first {
      if let whole = words.span(at: index, small: false), whole.significant == 2,
        whole.words.last.map(Folding.fold) == first
      {
        return whole
      }
    }
    return nil
  }

  /// "josvani arencibia Toledo": a first word nobody knows before words that everybody knows.
  func withUnknownFirst(
    _ span: NameWords.Span, from answer: Scene.Answer, _ topic: Topic, _ words: NameWords
  ) -> NameWords.Span {
    let first = span.tokens.lowerBound - 1
    guard topic == .name, answer.age == 1, first >= 0, first == answer.start, !span.beginsWithGiven,
      words.isUnknown(first)
    else { return span }
    return words.prefixed(span)
  }

  func unique(
    _ found: [(NameWords.Span, String, Double)]
  ) -> [(NameWords.Span, String, Double)] {
    var result: [(NameWords.Span, String, Double)] = []
    for item in found where !result.contains(where: { $0.0.tokens.overlaps(item.0.tokens) }) {
      result.append(item)
    }
    return result
  }

  /// A word that nobody is called in the register may be misheard: such a name is doubtful until it is said again, spelled or
  /// agreed to.
  func confidence(_ span: NameWords.Span, base: Double) -> Double {
    let share = Double(span.known) / Double(max(1, span.significant))
    let isKnown = span.known == span.significant
    let confidence = base - 0.2 * (1 - share) - (span.isCapitalized || isKnown ? 0 : 0.1)
    return isKnown ? confidence : min(confidence, 0.66)
  }

  /// A whole name in a card or a file read aloud: three name words and more, or surnames, comma, given name.
  func readAloud(_ scene: Scene, _ words: NameWords) -> [(NameWords.Span, String, Double)] {
    let turn = scene.turn
    var found: [(NameWords.Span, String, Double)] = []
    let isRecent = turn.number - lastTurn <= 3
    var index = 0
    while index < turn.tokens.count {
      let isReply =
        index <= 1 && scene.previous?.hasQuestion ?? false && turn.number - lastTurn == 1
      guard turn.tokens[index].kind == .word,
        turn.tokens[index].isCapitalized || scene.isCorrection && isRecent,
        let span = words.span(at: index, small: scene.isCorrection && isRecent)
          .map(words.withGivenBefore)
      else {
        index += 1
        continue
      }
      let isShort = (scene.isCorrection && isRecent || isReply) && span.significant <= 2
      let isLong =
        span.significant >= 3 && span.known >= 2 && span.known * 3 >= span.significant * 2
      if span.isReordered || isLong && turn.number < 60 || isShort || isPair(span, scene)
        || isSurnames(span, scene),
        !isTwoPeople(span, words), !isArticle(before: index, turn),
        !isComparison(before: index, turn), !isStreet(before: index, turn),
        !isStreet(after: span.tokens.upperBound, turn),
        scene.gazetteers.municipalities(Folding.fold(span.text)).isEmpty
      {
        let rule = isSurnames(span, scene) && !isLong ? "surname_read_aloud" : "name_read_aloud"
        let base = isShort ? 0.6 : isLong || span.isReordered ? 0.82 : 0.7
        found.append((span, rule, confidence(span, base: base)))
      }
      index = max(span.tokens.upperBound, index + 1)
    }
    return found
  }

  /// "Leidy y Lisbet": two given names.
  func isTwoPeople(_ span: NameWords.Span, _ words: NameWords) -> Bool {
    span.tokens.dropLast().contains { index in
      guard ["y", "e"].contains(words.tokens[index].folded) else { return false }
      let next = words.tokens[index + 1]
      return words.given(next) > words.surname(next)
    }
  }

  /// A given name and a surname at the head of an early sentence: "Nasrin Akter, nacida el...".
  func isPair(_ span: NameWords.Span, _ scene: Scene) -> Bool {
    guard scene.turn.number < 14, span.significant >= 2, span.known >= 1, span.beginsWithGiven,
      NameWords(scene).isSentenceStart(span.tokens.lowerBound),
      span.tokens.upperBound < scene.turn.tokens.count
    else { return false }
    return [",", ".", "?"].contains(scene.turn.tokens[span.tokens.upperBound].text)
  }

  /// Two surnames at the head of an early sentence: "¿Parra Colmenares, con ese?".
  func isSurnames(_ span: NameWords.Span, _ scene: Scene) -> Bool {
    guard scene.turn.number < 10, span.significant == 2, span.known == 2, !span.beginsWithGiven,
      surnamePart == nil, vocative != nil || givenPart != nil
    else { return false }
    return NameWords(scene).isSentenceStart(span.tokens.lowerBound)
  }

  /// "Yokasta Altagracia es el nombre": given names said behind the surnames.
  mutating func noteStatedGiven(_ scene: Scene, _ words: NameWords) {
    let turn = scene.turn
    for index in turn.tokens.indices.dropFirst()
    where turn.word(index) == "es" && ["el", "mi"].contains(turn.word(index + 1))
      && turn.word(index + 2) == "nombre"
    {
      let start = turn.sentence(of: index).lowerBound
      guard
        let span = (start..<index).lazy.compactMap({ words.span(at: $0, small: true) }).first(
          where: { $0.tokens.upperBound == index })
      else { continue }
      givenPart = (span.words, turn.evidence(span.tokens), turn.number)
    }
  }

  /// "Kapanadze, Giorgi con i al final": the given name behind the surname that was told alone.
  mutating func noteGivenBehindSurname(_ scene: Scene, _ words: NameWords) {
    guard !isKnown, givenPart == nil, let surname = surnamePart?.words.last.map(Folding.fold) else {
      return
    }
    let tokens = scene.turn.tokens
    for index in tokens.indices.dropFirst(2)
    where tokens[index - 2].folded == surname && tokens[index - 1].text == ","
      && tokens[index].isCapitalized && !words.isEveryday(tokens[index])
    {
      let evidence = scene.turn.evidence(index..<index + 1)
      givenPart = ([Capitals.written(tokens[index])], evidence, scene.turn.number)
    }
  }

  /// "pedro lorca, calle Pedro lorca": the name of a street.
  func isStreetName(_ span: NameWords.Span, _ turn: Turn) -> Bool {
    let first = turn.tokens[span.tokens.lowerBound].folded
    return turn.tokens.indices.dropFirst().contains {
      turn.tokens[$0].folded == first && StreetTypes.names[turn.tokens[$0 - 1].folded] != nil
    }
  }

  /// "Covadonga Prieto, encantada": who says it is called so.
  func isIntroduction(_ span: NameWords.Span, _ turn: Turn) -> Bool {
    let next = turn.word(span.tokens.upperBound) == "," ? 1 : 0
    return turn.word(span.tokens.upperBound + next).hasPrefix("encantad")
  }

  /// "¿Don Belarmino Suárez?": spoken to with name and surname at the beginning.
  func addressed(_ scene: Scene, _ words: NameWords) -> [(NameWords.Span, String, Double)] {
    guard scene.turn.number < 3 else { return [] }
    for index in scene.turn.tokens.indices.dropLast()
    where ["don", "dona", "senor", "senora"].contains(scene.turn.tokens[index].folded) {
      guard let span = words.span(at: index + 1, small: true), span.significant >= 2,
        span.known == span.significant, span.beginsWithGiven
      else { continue }
      return [(span, "name_addressed", 0.68)]
    }
    return []
  }

  /// "Señora Dumitrascu, adelante": a surname.
  mutating func noteHonorific(_ scene: Scene, _ words: NameWords) {
    guard scene.turn.number < 8, surnamePart == nil else { return }
    let tokens = scene.turn.tokens
    for index in tokens.indices.dropFirst()
    where ["senor", "senora"].contains(tokens[index - 1].folded) && tokens[index].isCapitalized {
      let after = index + 1 < tokens.count ? tokens[index + 1].text : ""
      guard [",", ".", "?", "!", ""].contains(after), words.given(tokens[index]) == 0,
        scene.turn.holder(of: index..<(index + 1)) == .person,
        index < 2 || tokens[index - 2].folded != "la" && tokens[index - 2].folded != "el"
      else { continue }
      surnamePart = (
        [Capitals.written(tokens[index])], scene.turn.evidence(index..<(index + 1)),
        scene.turn.number
      )
    }
  }

  /// "la Remedios", "la señora Pilar".
  func isArticle(before index: Int, _ turn: Turn) -> Bool {
    guard index > 0 else { return false }
    let word = turn.tokens[index - 1].folded
    if ["la", "el"].contains(word), turn.tokens[index - 1].isCapitalized { return false }
    return [
      "la", "el", "senora", "senor", "don", "dona", "doctora", "doctor", "santa", "virgen", "san",
    ].contains(word)
  }

  /// "piso: Domingo Beltrán, número cuarenta": what follows tells that it is a street.
  func isStreet(after index: Int, _ turn: Turn) -> Bool {
    let next = turn.word(index) == "," ? index + 1 : index
    let word = turn.word(next)
    return ["numero", "num", "nº", "bloque", "portal"].contains(word)
      || turn.tokens.indices.contains(next) && turn.tokens[next].kind == .number
        && turn.tokens[next].text.count <= 3
  }

  func isStreet(before index: Int, _ turn: Turn) -> Bool {
    turn.tokens[max(0, index - 3)..<index].contains {
      StreetTypes.names[$0.folded] != nil
        || ["colegio", "instituto", "parroquia", "hospital", "centro", "barrio", "escuela"]
          .contains($0.folded)
    }
  }
}
