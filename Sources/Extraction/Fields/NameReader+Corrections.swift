import Forms

// What changes a name that is known: words said again, surnames that were missing, letters.
extension NameReader {
  /// The known name with the words changed that were said again differently; nil when the span is another name.
  func corrected(
    _ known: [String], by span: NameWords.Span, rule: String, _ scene: Scene
  ) -> [String]? {
    let new = span.words
    let words = known.map(Folding.fold)
    if new.allSatisfy({ words.contains(Folding.fold($0)) }) { return known }
    if new.count >= known.count {
      // The known name inside a longer one, or the same number of words, nearly alike.
      return nil
    }
    guard let (start, count, distance) = NameAlignment.window(of: new, in: known) else {
      return nil
    }
    if distance == 0 {
      // A part repeated adds nothing.
      return known
    }
    let isReply =
      span.tokens.lowerBound <= 2 && scene.turn.number - lastTurn == 1
      && scene.previous?.hasQuestion ?? false
    // "Sí, Mamadou, eme, a…": the words that were just spelled, of a name that has more.
    let isPart = count == new.count && known.count > count
    let isMeant = scene.isCorrection || isReply || rule == "name_restated"
    if isPart, !isMeant, rule != "name_cue", new.count > 1 {
      return patched(known, at: start, with: new, isSpelled: spelledIn(scene, span))
    }
    guard isMeant else { return nil }
    return Array(known[..<start]) + new + Array(known[(start + count)...])
  }

  /// The known name with the words of its part that was said again, as far as something speaks for how they are heard now.
  private func patched(
    _ known: [String], at start: Int, with new: [String], isSpelled: Bool
  ) -> [String] {
    var words = known
    for (index, word) in new.enumerated()
    where Folding.fold(word) != Folding.fold(known[start + index]) {
      let folded = Folding.fold(word)
      if isSpelled || summary.isCertain(folded) || summary.heardApart(folded) {
        words[start + index] = word
      }
    }
    return words
  }

  /// Whether letters in the turn spell a word of these.
  func spelledIn(_ scene: Scene, _ span: NameWords.Span) -> Bool {
    SpelledWords.find(scene.turn.tokens).contains { run in
      span.words.contains { Folding.fold($0) == run.letters.lowercased() }
    }
  }

  /// The known name and the surname that was missing: "Covadonga Iglesias", then "Fueyo" or "Iglesias Fueyo".
  func continued(
    _ known: [String], by span: NameWords.Span, rule: String, _ scene: Scene
  ) -> [String]? {
    guard known.count <= 3, let last = known.last.map(Folding.fold) else { return nil }
    let isGiven = { (word: String) in
      let folded = Folding.fold(word)
      return scene.gazetteers.givenName(folded) > scene.gazetteers.surname(folded)
    }
    // "¿Lourdes a secas?" "Lourdes Ramona".
    if span.words.count == 2, Folding.fold(span.words[0]) == known.first.map(Folding.fold),
      span.words.allSatisfy(isGiven), known.count >= 2, !isGiven(known[1])
    {
      return span.words + known.dropFirst()
    }
    if span.words.count == 2, span.known >= 1,
      PhoneticKey.key(Folding.fold(span.words[0])) == PhoneticKey.key(last)
    {
      return known + span.words.dropFirst()
    }
    let before = scene.previous?.tokens.map(\.folded) ?? []
    // "¿Quintero qué más?" "Ospina."
    let isMore =
      zip(before, before.dropFirst()).contains { $0 == ("que", "mas") } && before.contains(last)
      && span.tokens.lowerBound <= 2
      && (scene.previous?.hasQuestion ?? false || before.last == "mas")
    if isMore, span.significant == 1, known.count <= 3, Folding.fold(span.words[0]) != last {
      return known + span.words
    }
    // "Mamadou Lamine." "¿Apellido?" "Ndiaye.": who asks on has heard given names.
    let isMissing =
      scene.before.map { $0.topic == .surname && $0.turn == lastTurn + 1 && $0.turn < 10 } ?? false
    if rule == "surname_answer", isMissing, known.count == 2, span.significant <= 2,
      before.count <= 6, !span.words.contains(where: { known.contains($0) })
    {
      return known + span.words
    }
    // "María Luz, ¿qué más?" "Montoya Salcedo."
    let isMoreAsked =
      before.suffix(2) == ["que", "mas"] && knownWords.contains { before.contains($0) }
    let isOther = span.significant == 1 && before.suffix(3).contains("otro")
    if rule == "surname_answer", isMoreAsked && isGiven(known[1]) || isOther, known.count == 2,
      span.significant <= 2, !span.words.contains(where: { known.contains($0) })
    {
      return known + span.words
    }
    let isSecond = before.contains("segundo")
    guard rule == "surname_answer", isSecond, span.significant == 1, known.count == 2 else {
      return nil
    }
    return known + span.words
  }

  /// Whether a name is the known one with its last word whole: "Vasyl Hry", spelled so far, and "Vasyl Hrytsenko".
  func completes(_ span: NameWords.Span, _ known: [String]) -> Bool {
    guard span.words.count == known.count, let last = known.last.map(Folding.fold),
      let whole = span.words.last.map(Folding.fold)
    else { return false }
    return last.count >= 2 && whole.count > last.count + 1 && whole.hasPrefix(last)
      && span.words.dropLast().map(Folding.fold) == known.dropLast().map(Folding.fold)
  }

  /// "Celaya. Zelaya con zeta": the known name with the word that is said again to show a letter of it.
  func shown(
    _ scene: Scene, in known: [String]?
  ) -> (words: [String], tokens: Range<Int>)? {
    guard let known, scene.turn.number - lastTurn <= 2 else { return nil }
    let tokens = scene.turn.tokens
    guard tokens.contains(where: { $0.folded == "con" }) else { return nil }
    for index in tokens.indices.dropLast(2) where tokens[index].kind == .word {
      // "Leyva, con y griega", "Barry. Con y griega al final"
      let with = tokens[index + 1].kind == .mark ? index + 2 : index + 1
      guard scene.turn.word(with) == "con", with + 1 < tokens.count,
        // "Me han puesto Sarai con i latina": wrong.
        !tokens[max(0, index - 3)..<index].contains(where: {
          ["puesto", "ponen", "pone", "escriben", "escrito", "no"].contains($0.folded)
        })
      else { continue }
      let isDouble = ["doble", "dos"].contains(scene.turn.word(with + 1))
      guard
        let letter = LetterNames.read(tokens.dropFirst(with + (isDouble ? 2 : 1)))
          ?? (isDouble ? SpelledWords.plural(scene.turn.word(with + 2)) : nil)
      else { continue }
      if let written = ShownLetter(
        letter: letter.letter, isDouble: isDouble,
        isLast: scene.turn.word(with + (isDouble ? 2 : 1) + letter.count + 1) == "final"
      ).written(tokens[index]),
        !scene.turn.isQuestion(index),
        // "Leiva con i latina", heard right: a word that people have does not become one that nobody has.
        isDouble || isRegistered(Folding.fold(written), scene)
          || !isRegistered(tokens[index].folded, scene),
        let place = known.firstIndex(where: { Folding.fold($0) == tokens[index].folded })
      {
        var words = known
        words[place] = Capitals.first(written)
        return (words, index..<index + 1)
      }
      guard tokens[index].folded.contains(letter.letter.lowercased()) else { continue }
      let shown = letter.letter.lowercased()
      let count = { (word: String) in word.filter { String($0) == shown }.count }
      let place = known.map(Folding.fold).firstIndex {
        $0 != tokens[index].folded && NameAlignment.soundsLike($0, tokens[index].folded)
          // "Brazo con be de burro" tells nothing against "Bracho", which has that letter too.
          && count(tokens[index].folded) > count($0)
          // "Bracho." "Brazo con be": misheard.
          && (isRegistered(tokens[index].folded, scene) || !isRegistered($0, scene))
      }
      if let place {
        var words = known
        words[place] = Capitals.first(tokens[index].text)
        return (words, index..<index + 1)
      }
    }
    return nil
  }

  /// Whether somebody in Spain is called by that word.
  private func isRegistered(_ folded: String, _ scene: Scene) -> Bool {
    scene.gazetteers.givenName(folded) + scene.gazetteers.surname(folded) > 0
  }

  /// The name as letters, words joined and letters shown in the turn write it; nil where they say nothing about it.
  func rewritten(
    _ scene: Scene, _ words: NameWords, _ known: [String], isNew: Bool = false
  ) -> (words: [String], tokens: Range<Int>)? {
    var name = known
    var range: Range<Int>?
    func take(_ found: (words: [String], tokens: Range<Int>)?) {
      guard let found else { return }
      name = found.words
      let before = range ?? found.tokens
      range =
        min(
          before.lowerBound, found.tokens.lowerBound)..<max(
          before.upperBound, found.tokens.upperBound)
    }
    take(spelled(scene, words, known: name, isNew: isNew))
    take(joinedWord(scene, in: name))
    take(shown(scene, in: name))
    return range.map { (name, $0) }
  }

  /// The known name with two words in one: "Seo Ane" is "Seoane" when that is said.
  func joinedWord(
    _ scene: Scene, in known: [String]
  ) -> (words: [String], tokens: Range<Int>)? {
    guard known.count >= 2, scene.turn.number - lastTurn <= 4 else { return nil }
    let isOne = scene.turn.tokens.contains { $0.folded == "junto" }
    // Folded once, not for every word of the turn.
    let pairs = zip(known, known.dropFirst()).map { Folding.fold($0 + $1) }
    for (index, token) in scene.turn.tokens.enumerated()
    where token.kind == .word && token.folded.utf8.count > 4 {
      let pair = pairs.indices.first {
        pairs[$0] == token.folded
          // "Marijose" is what one is called, "Abdelkader, todo junto" is told.
          && (isOne || known.count >= 3 && $0 > 0)
      }
      if let pair {
        let words = Array(known[..<pair]) + [Capitals.written(token)] + Array(known[(pair + 2)...])
        return (words, index..<index + 1)
      }
      // "os mani", heard as "Mani", is "Osmani" when that is said.
      guard summary.heardApart(token.folded) else { continue }
      let half = known.indices.first {
        let word = Folding.fold(known[$0])
        return word.utf8.count > 2 && word.utf8.count < token.folded.utf8.count
          && (token.folded.hasSuffix(word) || token.folded.hasPrefix(word))
      }
      guard let half else { continue }
      var words = known
      words[half] = Capitals.written(token)
      return (words, index..<index + 1)
    }
    return nil
  }

  /// Whether a name has all the words of the known one, and more.
  func isLonger(_ span: NameWords.Span, than known: [String]) -> Bool {
    let words = span.words.map(Folding.fold)
    return words.count > known.count && known.allSatisfy { words.contains(Folding.fold($0)) }
  }

  /// The name heard before that has these words together, where the known one has not: "yo soy Cortés Vargas".
  func chosen(among heard: [Ledger.Entry], by span: NameWords.Span) -> [String]? {
    guard span.significant >= 2 else { return nil }
    let wanted = " " + Folding.fold(span.text) + " "
    let fitting = heard.compactMap { text($0.value) }.filter {
      (" " + Folding.fold($0) + " ").contains(wanted) && Folding.fold($0) != Folding.fold(span.text)
    }
    guard fitting.count == 1, let name = fitting.first else { return nil }
    return name.split(separator: " ").map(String.init)
  }

  /// How many letters more or fewer the word has that these spell; nil when they spell none, or only a piece of one.
  private func fit(_ letters: String, in words: [String]) -> (letters: String, gap: Int)? {
    guard let (start, count, spelled) = NameAlignment.spelled(letters, in: words) else {
      return nil
    }
    let old = Folding.fold(words[start..<(start + count)].joined()).utf8.count
    let isPiece = spelled.utf8.count <= 4 && spelled.utf8.count + 2 <= old
    return isPiece ? nil : (letters, abs(old - spelled.utf8.count))
  }

  /// "…, ele, o de apellido": the word that follows the letters in one breath is none of them, where the known word ends before.
  private func withoutTail(
    _ letters: String, _ tokens: Range<Int>, _ turn: Turn, known: [String]
  ) -> String {
    let last = tokens.upperBound - 1
    guard tokens.upperBound < turn.tokens.count, turn.tokens[tokens.upperBound].kind == .word,
      ["a", "e", "o", "y", "de", "te", "ese"].contains(turn.word(last)),
      !known.contains(where: { Folding.fold($0) == letters.lowercased() }),
      known.contains(where: { Folding.fold($0) == letters.dropLast().lowercased() })
    else { return letters }
    return String(letters.dropLast())
  }

  /// The known name with the word that was spelled letter by letter.
  func spelled(
    _ scene: Scene, _ nameWords: NameWords, known: [String], isNew: Bool
  ) -> (words: [String], tokens: Range<Int>)? {
    guard !nameWords.spelled.isEmpty,
      isNew || scene.turn.number - lastTurn <= 4 || scene.isAbout(.name, .surname)
    else { return nil }
    var words = known
    var range: Range<Int>?
    for (run, tokens) in nameWords.spelled where !scene.turn.trailsOff(after: tokens.upperBound) {
      let letters = withoutTail(run, tokens, scene.turn, known: words)
      // "Be, e, ene, eme, o…" "u, doble ese, a": what was left open goes on.
      let joined = summary.joined(letters, turn: scene.turn.number)
      let options = summary.isOpen(before: scene.turn.number) ? joined : [letters] + joined
      guard let best = options.compactMap({ fit($0, in: words) }).min(by: { $0.gap < $1.gap }),
        let replaced = NameAlignment.replacing(best.letters, in: words)
      else { continue }
      words = replaced
      range = (range?.lowerBound ?? tokens.lowerBound)..<tokens.upperBound
    }
    return range.map { (words, $0) }
  }
}
