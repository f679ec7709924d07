import Forms

// Whose names are not the person's, and by which the person is spoken to.
extension NameReader {
  /// "Soy Marta, la trabajadora social", or somebody who says "soy" and then asks.
  func isTechnician(_ scene: Scene, _ hit: Hit) -> Bool {
    let turn = scene.turn
    let isRole = turn.hits.contains {
      $0.kind == .technicianSelf && $0.tokens.upperBound > hit.tokens.upperBound
        && $0.tokens.lowerBound - hit.tokens.upperBound <= 8
    }
    if isRole { return true }
    // "Me llamo Ana López. Vivo en la calle Luna": a word that a question may be made of asks nothing alone.
    let asksLater = turn.hits.contains {
      $0.kind.topic != nil && $0.tokens.lowerBound >= hit.tokens.upperBound
        && ($0.tokens.count > 1 || turn.isQuestion($0.tokens.lowerBound))
    }
    // Once a name was heard the next "soy" is somebody else's.
    let isAnswer = scene.before.map { $0.topics.contains(.name) && lastTurn < $0.turn } ?? false
    if isAnswer, !asksLater { return false }
    return asksLater || turn.hasQuestion || turn.number < 8 && !isAnswer && isShortName(scene, hit)
  }

  /// A given name alone behind the cue: how technicians introduce themselves.
  func isShortName(_ scene: Scene, _ hit: Hit) -> Bool {
    let span = NameWords(scene).span(
      at: min(hit.tokens.upperBound, scene.turn.tokens.count - 1), small: true)
    return (span?.significant ?? 0) < 2
  }

  mutating func noteStrangers(_ scene: Scene, _ words: NameWords) {
    let turn = scene.turn
    for hit in turn.hits
    where hit.kind == .sayName
      && ["soy", "llamo"].contains(turn.tokens[hit.tokens.upperBound - 1].folded)
    {
      guard isTechnician(scene, hit), hit.tokens.upperBound < turn.tokens.count,
        let span = words.span(at: hit.tokens.upperBound, small: true)
      else { continue }
      strangers.insert(Folding.fold(span.words.first ?? ""))
    }
    for hit in turn.hits where hit.kind == .holderOther && hit.tokens.upperBound < turn.tokens.count
    {
      guard let span = words.span(at: hit.tokens.upperBound, small: false), span.significant == 1
      else { continue }
      strangers.insert(Folding.fold(span.words.last ?? ""))
    }
  }

  func isStranger(_ whole: NameSummary.Found) -> Bool {
    whole.words.first.map { strangers.contains(Folding.fold($0)) } ?? false
  }

  func isStranger(_ span: NameWords.Span) -> Bool {
    span.significant == 1 && strangers.contains(Folding.fold(span.words.last ?? ""))
  }

  /// "¿Eres Leidy?" "Sí, Leidy Johana."
  mutating func lengthenVocative(_ scene: Scene, _ words: NameWords) {
    let called = givenPart?.words ?? vocative?.words
    guard let first = called?.first.map(Folding.fold), called?.count == 1, !isKnown,
      scene.turn.number < 8,
      let index = scene.turn.tokens.prefix(5).firstIndex(where: { $0.folded == first }),
      let span = words.span(at: index, small: true), span.significant == 2, isAllGiven(span, words)
    else { return }
    if givenPart != nil {
      givenPart = (span.words, scene.turn.evidence(span.tokens), scene.turn.number)
    } else {
      vocative = (span.words, scene.turn.evidence(span.tokens))
    }
  }

  mutating func noteVocative(_ scene: Scene, _ words: NameWords) {
    lengthenVocative(scene, words)
    guard vocative == nil, scene.turn.number < 30 else { return }
    // "Perfecto, Alexis, lo pongo así. ¿Apellidos?": said before the question, in the same breath.
    if scene.asked?.topics == [.surname], let previous = scene.previous,
      previous.number == scene.turn.number, !isKnown, givenPart == nil
    {
      let earlier = scene.asking(in: previous)
      findVocative(earlier, NameWords(earlier))
    }
    if vocative == nil { findVocative(scene, words) }
  }

  private mutating func findVocative(_ scene: Scene, _ words: NameWords) {
    let tokens = scene.turn.tokens
    for index in tokens.indices where tokens[index].kind == .word {
      let folded = tokens[index].folded
      // "Perfecto, Alexis. ¿Apellidos?": who asks speaks to the person, who had told the name.
      let asksOn = !(scene.asked?.topics.isDisjoint(with: [.name, .surname, .document]) ?? true)
      guard words.given(tokens[index]) >= 20, asksOn || !strangers.contains(folded),
        !tokens[index].text.lowercased().contains("ñ") || tokens[index].isCapitalized,
        words.given(tokens[index]) * 3 > words.surname(tokens[index]),
        scene.turn.holder(of: index..<(index + 1)) == .person
          || scene.turn.number < 2 && index > 0 && index < 4
            && isGreeting(tokens[index - 1].folded),
        words.isName(index, small: scene.turn.number < 4, inside: false),
        !isArticle(before: index, scene.turn)
      else { continue }
      let before = index == 0 ? "" : tokens[index - 1].text
      let after = index + 1 < tokens.count ? tokens[index + 1].text : ""
      let span = words.span(at: index, small: scene.turn.number < 4)
      let isGiven =
        span.map { $0.beginsWithGiven && $0.significant <= 2 && isAllGiven($0, words) } ?? false
      let end = isGiven ? span?.tokens.upperBound ?? index + 1 : index + 1
      let next = end < tokens.count ? tokens[end].text : ""
      let isOpen =
        [",", ".", "¿", "?", "!", "¡"].contains(before) || index == 0
        || isGreeting(tokens[index - 1].folded)
      // "Altagracia buenos días", "Mihaela qué tal": the first words of all.
      let isHailed = scene.turn.number == 0 && index == 0 && isHail(scene.turn.word(end))
      let isBetween =
        isHailed
        || isOpen && [",", ".", "?", "!", "", "no", "verdad"].contains(isGiven ? next : after)
      let isInName = index > 0 && words.isName(index - 1, small: true, inside: false)
      let isGreeted = index > 0 && isGreeting(tokens[index - 1].folded)
      let isStart =
        scene.turn.number < 3 && index < 4 && !isInName
        && (isGreeted || !tokens[index].isCapitalized)
      if isBetween || isStart, before != "soy" {
        let text = isGiven ? span?.words ?? [] : [Capitals.first(tokens[index].text)]
        vocative = (text, scene.turn.evidence(index..<end))
        strangers.remove(folded)
        return
      }
    }
  }

  func isAllGiven(_ span: NameWords.Span, _ words: NameWords) -> Bool {
    words.tokens[span.tokens].allSatisfy { words.given($0) * 2 > words.surname($0) }
  }

  func isHail(_ word: String) -> Bool {
    ["hola", "buenos", "buenas", "que", "adelante", "pasa", "pase", "bienvenida", "bienvenido"]
      .contains(word)
  }

  func isGreeting(_ word: String) -> Bool {
    [
      "hola", "buenas", "dias", "tardes", "pasa", "pase", "venga", "ver", "bueno", "vale",
      "gracias", "encantada",
      "encantado",
    ].contains(word)
  }

  /// "como el Lamine Yamal", "igual que Rosalía": somebody of that name, whom everybody knows.
  func isComparison(before index: Int, _ turn: Turn) -> Bool {
    let first = ["el", "la", "al"].contains(turn.word(index - 1)) ? index - 1 : index
    return turn.word(first - 1) == "como" && first > 1
      && ![
        "llamo", "figura", "figuro", "aparece", "aparezco", "sale", "salgo", "escribe", "pon",
        "ponga",
      ]
      .contains(turn.word(first - 2))
      && turn.word(first) != "es"
      || turn.word(first - 1) == "que" && turn.word(first - 2) == "igual"
  }
}
