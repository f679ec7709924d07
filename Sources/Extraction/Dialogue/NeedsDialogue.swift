import Forms

/// What the talk has told of needs: over several turns, in questions and their answers, in words that a cue knows and in others.
struct NeedsDialogue: Sendable {
  private var ledger = Ledger()
  /// The question that waits for an answer, and the turn it was asked in.
  private var question = NeedsReader.Question()
  private var asked = -9
  /// Whether the talk has come to what is needed.
  private var isInPhase = false
  /// Needs told or hinted at in the turn before, which the technician may take up.
  private var told: [String] = []
  /// How much the turn most like it looks like one that tells the need; see ``NeedWeights``.
  private var likeness: [String: Double] = [:]

  /// The needs that stand; nil when none does.
  func candidate(_ pack: LanguagePack) -> Candidate? {
    ledger.listCandidate("needs") { isBelievable($0, pack) }
  }

  /// Reads a turn.
  ///
  /// - Parameters:
  ///   - taken: tokens that other fields' values are made of.
  ///   - isInForm: whether the form knows a value.
  mutating func read(
    _ scene: Scene, taken: [Range<Int>], where isInForm: (Mention) -> Bool
  ) {
    if scene.asked?.topics.contains(.needs) ?? false { isInPhase = true }
    let isTold = isInPhase || !isAboutFacts(scene)
    let reader = NeedsReader(scene, isInPhase: isTold)
    let (needed, covered) = reader.read(taken: taken)
    takeUp(scene, needed: needed)
    let answered = answers(scene, needed: needed)
    let resembling = resembling(scene, named: needed, covered: covered, isTold: isTold)
    for mention in needed + answered + resembling where isInForm(mention) {
      ledger.hear(mention, in: scene.turn)
    }
    for code in covered where !needed.contains(where: { $0.value == .text(code) }) {
      ledger.deny("covered") { $0.value == .text(code) && $0.confidence < 0.74 }
    }
    let heard = (needed + answered).filter { $0.confidence >= 0.5 }.compactMap {
      mention -> String? in
      if case .text(let code) = mention.value { code } else { nil }
    }
    told = Array(Set(heard).subtracting(covered))
    let next = reader.question()
    // The turn of an answer may be cut in two: its question waits on.
    if !next.codes.isEmpty || scene.asked != nil || !turnAnswers(scene) {
      question = next
      asked = scene.turn.number
    }
  }

  /// Needs that no cue has words for and that the turn yet looks like.
  ///
  /// - Parameter isTold: whether needs are what is talked about.
  private mutating func resembling(
    _ scene: Scene, named: [Mention], covered: [String], isTold: Bool
  ) -> [Mention] {
    guard scene.speaker != .technician, !scene.turn.tokens.isEmpty else { return [] }
    // A few words tell too little to speak against a need.
    if scene.turn.tokens.count < NeedsDialogue.telling {
      for case .text(let code) in named.map(\.value) { likeness[code] = 1 }
    }
    let mayAdd = isTold && scene.asked == nil && scene.turn.number > 2
    var found: [Mention] = []
    for likely in scene.pack.needWeights.likenesses(scene.turn.tokens) {
      likeness[likely.code] = max(likeness[likely.code] ?? 0, likely.probability)
      guard mayAdd, likely.probability > NeedsDialogue.likely, !covered.contains(likely.code) else {
        continue
      }
      found.append(
        Mention(
          field: "needs", value: .text(likely.code), confidence: 0.62, tokens: likely.tokens,
          rule: "resembles_\(likely.code)"))
    }
    return found
  }

  /// Tokens of a turn that is long enough to be judged as a whole.
  private static let telling = 10
  /// From here on a turn tells the need, though no cue has its words.
  private static let likely = 0.75
  /// Below it, words of a cue were about something else, unless somebody asked or offered.
  private static let unlikely = 0.04

  /// Whether what was told looks like a need at all, by all its words.
  private func isBelievable(_ entry: Ledger.Entry, _ pack: LanguagePack) -> Bool {
    guard case .text(let code) = entry.value, pack.needWeights.knows(code) else { return true }
    let isAgreed = entry.rules.contains {
      $0.hasPrefix("answered") || $0.hasPrefix("offered") || $0.hasPrefix("taken_up")
        || $0.hasPrefix("asked")
    }
    return isAgreed || (likeness[code] ?? 0) >= NeedsDialogue.unlikely
  }

  /// Whether name, papers, address or the like are what is talked about, or the talk has just begun.
  private func isAboutFacts(_ scene: Scene) -> Bool {
    let facts: Set<Topic> = [
      .name, .surname, .document, .passport, .phone, .email, .place, .street, .floor, .postalCode,
      .province, .birthDate, .age, .gender, .nationality, .languages, .household, .minors,
    ]
    guard let before = scene.before, scene.turn.number - before.turn <= 3 else { return false }
    return !before.topics.isDisjoint(with: facts) && !before.topics.contains(.needs)
      && question.codes.isEmpty
  }

  private func turnAnswers(_ scene: Scene) -> Bool {
    scene.turn.number == asked && !question.codes.isEmpty
  }

  /// "Eso lo vemos hoy mismo": the technician takes up what was told right before.
  private mutating func takeUp(_ scene: Scene, needed: [Mention]) {
    guard needed.isEmpty, let hit = scene.turn.hits(.uptake).first, !told.isEmpty else {
      return
    }
    for code in told.sorted() {
      ledger.hear(
        Mention(
          field: "needs", value: .text(code), confidence: 0.62, tokens: hit.tokens,
          rule: "taken_up_\(code)"), in: scene.turn)
    }
  }

  /// Yes or no to "¿De comida cómo andáis?".
  private mutating func answers(_ scene: Scene, needed: [Mention]) -> [Mention] {
    let turn = scene.turn
    guard !question.codes.isEmpty, turn.number - asked <= 1 else { return [] }
    let open = question.codes.filter { code in
      !needed.contains { $0.value == .text(code) }
    }
    let isCovered = turn.has(.covered)
    let meaning: NeedsReader.Question.Answer
    if isCovered {
      meaning = .covered
    } else if scene.opening == .affirms {
      meaning = question.yes
    } else if scene.opening == .denies || turn.has(.lack), scene.asked == nil {
      meaning = question.no
    } else if question.yes == .needed, turn.has(.request) {
      meaning = .needed
    } else {
      meaning = .nothing
    }
    switch meaning {
    case .covered:
      for code in open {
        ledger.deny("covered") { [asked] in
          $0.value == .text(code)
            && ($0.confidence < 0.74 || $0.firstTurn >= asked)
        }
      }
      return []
    case .needed:
      return open.sorted().map { code in
        Mention(
          field: "needs", value: .text(code),
          confidence: question.yes == .needed ? 0.69 : 0.62,
          tokens: 0..<min(3, turn.tokens.count), rule: "answered_\(code)")
      }
    case .nothing: return []
    }
  }
}
