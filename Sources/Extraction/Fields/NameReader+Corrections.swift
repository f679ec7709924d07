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
    guard scene.isCorrection || isReply || rule == "name_restated" else { return nil }
    return Array(known[..<start]) + new + Array(known[(start + count)...])
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
        let letter = LetterNames.read(tokens[(with + (isDouble ? 2 : 1))...]),
        tokens[index].folded.contains(letter.letter.lowercased())
      else { continue }
      let isRegistered = { (word: String) in
        scene.gazetteers.givenName(word) + scene.gazetteers.surname(word) > 0
      }
      let place = known.map(Folding.fold).firstIndex {
        $0 != tokens[index].folded && NameAlignment.soundsLike($0, tokens[index].folded)
          // "Bracho." "Brazo con be": misheard.
          && (isRegistered(tokens[index].folded) || !isRegistered($0))
      }
      guard let place else { continue }
      var words = known
      words[place] = Capitals.first(tokens[index].text)
      return (words, index..<index + 1)
    }
    return nil
  }

  /// The known name with two words in one: "Seo Ane" is "Seoane" when that is said.
  func joinedWord(
    _ scene: Scene, in known: [String]?
  ) -> (words: [String], tokens: Range<Int>)? {
    guard let known, known.count >= 3, scene.turn.number - lastTurn <= 4 else { return nil }
    for (index, token) in scene.turn.tokens.enumerated()
    where token.kind == .word && token.folded.utf8.count > 4 {
      let pair = known.indices.dropFirst().dropLast().first {
        Folding.fold(known[$0] + known[$0 + 1]) == token.folded
      }
      guard let pair else { continue }
      let words = Array(known[..<pair]) + [Capitals.written(token)] + Array(known[(pair + 2)...])
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

  /// The known name with the word that was spelled letter by letter.
  func spelled(
    _ scene: Scene, _ nameWords: NameWords, known: [String]?
  ) -> (words: [String], tokens: Range<Int>)? {
    guard let known, scene.turn.number - lastTurn <= 4 || scene.isAbout(.name, .surname) else {
      return nil
    }
    var words = known
    var range: Range<Int>?
    for (letters, tokens) in nameWords.spelled where !scene.turn.trailsOff(after: tokens.upperBound)
    {
      let options = [letters] + summary.joined(letters, turn: scene.turn.number)
      guard let best = options.compactMap({ fit($0, in: words) }).min(by: { $0.gap < $1.gap }),
        let replaced = NameAlignment.replacing(best.letters, in: words)
      else { continue }
      words = replaced
      range = (range?.lowerBound ?? tokens.lowerBound)..<tokens.upperBound
    }
    return range.map { (words, $0) }
  }
}
