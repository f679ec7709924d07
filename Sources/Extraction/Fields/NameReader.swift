import Forms

/// Reads the person's full name: behind "me llamo", as an answer, from a card read aloud, in pieces, spelled, corrected.
struct NameReader: Sendable {
  /// Pieces heard alone.
  var givenPart: (words: [String], evidence: Evidence, turn: Int)?
  var surnamePart: (words: [String], evidence: Evidence, turn: Int)?
  /// A given name by which the person was spoken to.
  var vocative: (words: [String], evidence: Evidence)?
  /// Names somebody else was introduced by, folded.
  var strangers: Set<String> = []
  /// First word of the name known so far, or of the one the person was spoken to with, folded.
  var firstWord: String?
  /// Folded words of the whole name known so far.
  var knownWords: [String] { name?.folded ?? [] }
  private var name: KnownName?
  var isKnown: Bool { !knownWords.isEmpty }
  /// Turn in which a name was last heard.
  private(set) var lastTurn = -10
  /// The whole name known so far, cut into words once and not in every turn.
  private struct KnownName: Sendable {
    let value: FieldValue?
    let words: [String]
    let folded: [String]
  }
  /// What was heard and spelled, until the whole name is said in the end.
  private(set) var summary = NameSummary()

  /// Names in a turn; `replaced` are values that a correction made void.
  ///
  /// - Parameters:
  ///   - best: the name known so far.
  ///   - heard: all names heard so far.
  ///   - taken: tokens of addresses, which hold names of other people.
  mutating func read(
    _ scene: Scene, best: FieldValue?, heard: [Ledger.Entry], taken: [Range<Int>]
  ) -> (mentions: [Mention], replaced: [FieldValue]) {
    let nameWords = NameWords(
      scene, spelled: scene.isAbout(.email) ? [] : SpelledWords.find(scene.turn.tokens))
    noteStrangers(scene, nameWords)
    noteVocative(scene, nameWords)
    noteHonorific(scene, nameWords)
    noteAsked(scene, nameWords)
    var mentions: [Mention] = []
    var replaced: [FieldValue] = []
    if best != name?.value {
      name = wordList(best).map { KnownName(value: best, words: $0, folded: $0.map(Folding.fold)) }
    }
    var known = name?.words
    firstWord = (known?.first ?? givenPart?.words.first ?? vocative?.words.first).map(Folding.fold)
    let found = spans(scene, nameWords)
    for (span, rule, confidence) in found + restated(found, scene, nameWords)
    where !taken.contains(where: { $0.overlaps(span.tokens) }) {
      guard
        scene.holder(of: span.tokens, answering: .name) == .person
          || isStated(span, rule, scene)
      else { continue }
      guard !isStranger(span) else { continue }
      if let known, let chosen = chosen(among: heard, by: span), chosen != known {
        mentions.append(mention(chosen, span.tokens, rule: "name_chosen", confidence: 0.9))
        replaced.append(.text(known.joined(separator: " ")))
      } else if let old = known, let fixed = corrected(old, by: span, rule: rule, scene) {
        // "¿Mihaela Popa?" "No, Popa es otra. Yo soy Mihaela también…": nobody agreed to it.
        if fixed == old, scene.opening == .denies, isAnothers(span, scene) { continue }
        mentions.append(mention(fixed, span.tokens, rule: "name_corrected", confidence: 0.85))
        if fixed != old { replaced.append(.text(old.joined(separator: " "))) }
        known = fixed
      } else if let old = known, let longer = continued(old, by: span, rule: rule, scene) {
        mentions.append(mention(longer, span.tokens, rule: "name_continued", confidence: 0.85))
        replaced.append(.text(old.joined(separator: " ")))
        known = longer
      } else if span.significant >= 2, isWhole(span, rule, scene) {
        if let known, known != span.words,
          rule == "name_restated" || isLonger(span, than: known) || completes(span, known)
        {
          replaced.append(.text(known.joined(separator: " ")))
        }
        mentions.append(mention(span.words, span.tokens, rule: rule, confidence: confidence))
        known = span.words
      } else {
        notePart(span, rule, scene)
      }
      lastTurn = scene.turn.number
    }
    noteStatedGiven(scene, nameWords)
    noteGivenBehindSurname(scene, nameWords)
    if mentions.isEmpty, let joined = joinParts(scene, known: known) {
      // "¿Maria de Fátima?" "Sí." "¿Apellidos?": what was agreed to was not all.
      if let known = known?.joined(separator: " "),
        text(joined.value)?.hasPrefix(known + " ") ?? false
      {
        replaced.append(.text(known))
      }
      mentions.append(joined)
    }
    let current = wordList(mentions.last?.value) ?? known
    if current == nil { spellParts(scene, nameWords) }
    if mentions.isEmpty, current == nil, let joined = joinParts(scene, known: nil) {
      mentions.append(joined)
    }
    if let current, let written = rewritten(scene, nameWords, current) {
      if current != written.words { replaced.append(.text(current.joined(separator: " "))) }
      mentions.removeAll { replaced.contains($0.value) }
      mentions.append(
        mention(written.words, written.tokens, rule: "name_spelled", confidence: 0.95))
    }
    // What this turn itself changed is where the summary starts from.
    let isVoid = best.map(replaced.contains) ?? true
    let before = (isVoid ? mentions.last?.value : nil) ?? best
    let wordsBefore = before == best ? name?.words : wordList(before)
    if let found = summary.read(scene, nameWords, known: wordsBefore), !isStranger(found) {
      // "Apellido Ungurianu, nombre Mihaela, u, ene, ge, u…": told and spelled in one breath.
      let words = rewritten(scene, nameWords, found.words, isNew: true)?.words ?? found.words
      if words != wordsBefore {
        if let before { replaced.append(before) }
        let summed = mention(words, found.tokens, rule: found.rule, confidence: found.confidence)
        mentions.removeAll { $0.value == summed.value }
        mentions.append(summed)
        lastTurn = scene.turn.number
      }
    }
    mentions.removeAll { replaced.contains($0.value) }
    return (mentions, replaced)
  }

  /// Letters that spell a given name or surname heard alone.
  mutating func spellParts(_ scene: Scene, _ words: NameWords) {
    guard scene.turn.number - lastTurn <= 5 || scene.turn.number < 8 else { return }
    for (letters, tokens) in words.spelled {
      let evidence = scene.turn.evidence(tokens)
      if let part = surnamePart, let words = NameAlignment.replacing(letters, in: part.words) {
        surnamePart = (words, evidence, scene.turn.number)
      } else if let part = givenPart ?? vocative.map({ ($0.words, $0.evidence, 0) }),
        let words = NameAlignment.replacing(letters, in: part.words)
      {
        givenPart = (words, evidence, scene.turn.number)
      } else if scene.isAbout(.surname), surnamePart == nil {
        surnamePart = (
          [letters.prefix(1) + letters.dropFirst().lowercased()], evidence, scene.turn.number
        )
      }
    }
  }

  /// Whether the words behind a name tell that it is somebody else's: "Popa es otra chica".
  func isAnothers(_ span: NameWords.Span, _ scene: Scene) -> Bool {
    let end = span.tokens.upperBound
    return scene.turn.tokens[end...].prefix(4).contains { ["otra", "otro"].contains($0.folded) }
  }

  /// "Dice que sí. Mi nombre es Gladys Coromoto Parra": who speaks for another does not tell a whole name of their own, unasked.
  func isStated(_ span: NameWords.Span, _ rule: String, _ scene: Scene) -> Bool {
    scene.proxy && !isKnown && rule == "name_cue" && span.significant >= 3
      && span.known == span.significant
      && !scene.turn.hits.contains {
        $0.kind.isKin && scene.turn.sentence(of: span.tokens.lowerBound).overlaps($0.tokens)
      }
  }

  func wordList(_ value: FieldValue?) -> [String]? {
    text(value)?.bytes(separatedBy: " ").filter { !$0.isEmpty }.map(String.init)
  }

  func text(_ value: FieldValue?) -> String? {
    if case .text(let text) = value { text } else { nil }
  }

  func mention(
    _ words: [String], _ tokens: Range<Int>, rule: String, confidence: Double
  ) -> Mention {
    Mention(
      field: "full_name", value: .text(words.joined(separator: " ")), confidence: confidence,
      tokens: tokens, rule: rule)
  }

  // MARK: - Pieces

  func isWhole(_ span: NameWords.Span, _ rule: String, _ scene: Scene) -> Bool {
    guard rule.hasPrefix("surname"), let first = span.words.first.map(Folding.fold) else {
      return true
    }
    let isGivenOnly = scene.gazetteers.givenName(first) > 0 && scene.gazetteers.surname(first) == 0
    return span.beginsWithGiven && (span.significant >= 3 || isGivenOnly)
  }

  mutating func notePart(_ span: NameWords.Span, _ rule: String, _ scene: Scene) {
    guard rule != "name_read_aloud" || surnamePart == nil && givenPart == nil else { return }
    // "Señora Dumitrascu… ¿se escribe así? De, u, eme…": the surname, spelled.
    let isSurname = surnamePart.map { $0.words.map(Folding.fold) == span.words.map(Folding.fold) }
    if isSurname ?? false, !rule.hasPrefix("surname") { return }
    let evidence = scene.turn.evidence(span.tokens)
    if rule.hasPrefix("surname") {
      // The second surname may come after the first one.
      if let before = surnamePart, scene.turn.number - before.turn <= 3,
        scene.turn.number > before.turn,
        span.significant == 1, !before.words.contains(span.text), before.words.count < 3,
        isSecond(scene)
      {
        surnamePart = (before.words + span.words, evidence, scene.turn.number)
      } else {
        surnamePart = (span.words, evidence, scene.turn.number)
      }
    } else if givenPart == nil || rule == "name_cue"
      || span.words.count > (givenPart?.words.count ?? 0)
    {
      givenPart = (span.words, evidence, scene.turn.number)
    }
  }

  func isSecond(_ scene: Scene) -> Bool {
    let near = scene.turn.tokens + (scene.previous?.tokens ?? [])
    return near.contains { $0.folded == "segundo" }
  }

  /// Given name and surnames that were said apart.
  func joinParts(_ scene: Scene, known: [String]?) -> Mention? {
    guard let surnamePart,
      surnamePart.turn == scene.turn.number || givenPart?.turn == scene.turn.number
    else {
      return nil
    }
    let isGivenOnly = known?.allSatisfy {
      let folded = Folding.fold($0)
      return NameWords.particles.contains(folded)
        || scene.gazetteers.givenName(folded) > 3 * scene.gazetteers.surname(folded)
    }
    if let known, known.count >= 2,
      !(isGivenOnly ?? false) || surnamePart.words.contains(where: known.contains)
    {
      return nil
    }
    guard let given = (known?.count ?? 0) >= 2 ? known : givenPart?.words ?? vocative?.words else {
      return nil
    }
    let whole = (given + surnamePart.words).joined(separator: " ")
    return Mention(
      field: "full_name", value: .text(whole), confidence: 0.75,
      tokens: range(of: surnamePart.evidence, scene), rule: "name_joined",
      earlier: [givenPart?.evidence ?? vocative?.evidence].compactMap { $0 })
  }

  func range(of evidence: Evidence, _ scene: Scene) -> Range<Int> {
    guard evidence.segment == scene.turn.segment.id else { return 0..<1 }
    let inside = scene.turn.tokens.indices.filter {
      evidence.characters.overlaps(scene.turn.tokens[$0].range)
    }
    return (inside.first ?? 0)..<((inside.last ?? 0) + 1)
  }
}
