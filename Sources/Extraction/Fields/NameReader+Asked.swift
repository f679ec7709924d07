import Forms

// What a name is asked on from: "Antonio, ¿qué más?", "¿hay otro?".
extension NameReader {
  /// "Antonio, ¿qué más?", "Nilda qué", "Quintero, ¿qué más?": a name that waits for what follows in it.
  func moreAsked(_ scene: Scene, _ words: NameWords) -> Scene.Answer? {
    guard let previous = scene.previous, scene.turn.number < 20,
      let name = NameReader.nameBeforeMore(previous, words, known: knownWords)
        ?? otherAsked(previous)
    else { return nil }
    guard isKnown else {
      // "Dilcia Suyapa qué más?" "Dilcia Suyapa Mejía": what was said again is no surname.
      let said = Set(previous.words)
      let first = words.span(at: 0, small: true)
      let isAgain = first?.words.allSatisfy { said.contains(Folding.fold($0)) } ?? false
      let start =
        isAgain
        ? scene.turn.tokens.firstIndex { $0.kind != .mark && !said.contains($0.folded) } : nil
      return Scene.Answer(start: start ?? 0, holder: .person, age: 1)
    }
    guard knownWords.last == name.folded || otherAsked(previous) != nil else { return nil }
    // "Quintero, Ospina."
    let start = scene.turn.tokens.firstIndex {
      $0.kind != .mark && !knownWords.contains($0.folded)
    }
    return start.map { Scene.Answer(start: $0, holder: .person, age: 1) }
  }

  /// "Y luego hay otro, ¿no?", "¿tiene otro apellido?": one more surname is asked for.
  private func otherAsked(_ previous: Turn) -> Token? {
    guard isKnown, knownWords.count == 2, previous.number - lastTurn <= 2 else { return nil }
    let said = previous.tokens.filter { $0.kind != .mark }
    guard said.count < 14,
      let place = said.lastIndex(where: { ["otro", "segundo"].contains($0.folded) }), place > 0,
      ["hay", "tiene", "tienes", "y", "el", "hubo"].contains(said[place - 1].folded),
      said.count - place <= 3
    else { return nil }
    return said[place]
  }

  /// The name in a turn that ends with "… qué más".
  static func nameBeforeMore(
    _ turn: Turn, _ words: NameWords, known: [String] = []
  ) -> Token? {
    let said = turn.tokens.filter { $0.kind != .mark }
    guard let place = said.lastIndex(where: { $0.folded == "que" }), place > 0,
      said[(place + 1)...].allSatisfy({ $0.folded == "mas" })
    else { return nil }
    let name = said[place - 1]
    let isName = words.given(name) > 0 || words.surname(name) > 0 || name.isCapitalized
    return isName && (known.contains(name.folded) || !words.isEveryday(name)) ? name : nil
  }

  /// "Yoandri qué más": the given name that the technician asks on from.
  mutating func noteAsked(_ scene: Scene, _ words: NameWords) {
    guard !isKnown, givenPart == nil, surnamePart == nil, scene.turn.number < 20,
      let name = NameReader.nameBeforeMore(scene.turn, words),
      words.surname(name) <= 3 * words.given(name) || words.given(name) + words.surname(name) == 0,
      let place = scene.turn.tokens.firstIndex(where: { $0.range == name.range })
    else { return }
    var start = place
    while start > 0, words.isGiven(scene.turn.tokens[start - 1]),
      scene.turn.tokens[start - 1].isCapitalized || start > 1
    {
      start -= 1
    }
    givenPart = (
      scene.turn.tokens[start...place].map { Capitals.written($0) },
      scene.turn.evidence(start..<place + 1), scene.turn.number
    )
  }
}
