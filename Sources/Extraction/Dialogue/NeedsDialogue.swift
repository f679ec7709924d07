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
  /// What speaks for every need that the weights know, in their order.
  private var standings: [NeedStanding] = []

  /// Number of the last turn that was read.
  private var turn = 0

  /// From this probability on a need is shown.
  private static let shown = 0.3
  /// How likely a need is at least that was asked for in so many words.
  private static let direct = 0.6
  /// Turns for which a cue shows its need whatever the probability: much of what speaks for a need is only said after it.
  private static let recent = 2

  /// The needs that stand; nil when none does.
  ///
  /// - Parameter isInForm: whether the form has the code.
  func candidate(_ pack: LanguagePack, where isInForm: (String) -> Bool) -> Candidate? {
    let weights = pack.needWeights
    let others = ledger.entries.filter { entry in
      guard !entry.isDenied, entry.confidence >= Ledger.shown else { return false }
      return !weights.codes.contains { entry.value == .text($0) }
    }
    let likely = zip(weights.codes, standings).compactMap { code, standing in
      isInForm(code) ? weighed(code, standing, weights) : nil
    }
    return Ledger.listCandidate("needs", of: others + likely)
  }

  /// The need with its probability, where that is enough to show it.
  private func weighed(
    _ code: String, _ standing: NeedStanding, _ weights: NeedWeights
  ) -> Ledger.Entry? {
    let heard = entry(code)
    let probability = max(standing.probability(heard, weights), least(heard))
    guard probability >= NeedsDialogue.shown,
      var entry = heard
        ?? standing.evidence.map({ Ledger.Entry(.text(code), evidence: $0) })
    else { return nil }
    entry.confidence = probability
    entry.rules.append("weighed_\(code)")
    return entry
  }

  /// How likely a need is at least by what the cues heard.
  private func least(_ heard: Ledger.Entry?) -> Double {
    guard let heard, !heard.isDenied else { return 0 }
    if heard.rules.contains(where: { $0.contains("_directly_") }) { return NeedsDialogue.direct }
    let isRecent =
      heard.confidence >= Ledger.shown && turn - heard.lastTurn < NeedsDialogue.recent
    return isRecent ? NeedsDialogue.shown : 0
  }

  /// The parts that the decision about each need is made of, for `scripts/needs_weights.py`.
  func parts(_ pack: LanguagePack) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: zip(pack.needWeights.codes, standings).map { code, standing in
        (code, standing.parts(entry(code)))
      })
  }

  private func entry(_ code: String) -> Ledger.Entry? {
    ledger.entries.last { $0.value == .text(code) }
  }

  /// Reads a turn.
  ///
  /// - Parameters:
  ///   - taken: tokens that other fields' values are made of.
  ///   - isInForm: whether the form knows a value.
  mutating func read(
    _ scene: Scene, taken: [Range<Int>], where isInForm: (Mention) -> Bool
  ) {
    turn = scene.turn.number
    if scene.asked?.topics.contains(.needs) ?? false { isInPhase = true }
    let isTold = isInPhase || !isAboutFacts(scene)
    let reader = NeedsReader(scene, isInPhase: isTold)
    let (needed, covered) = reader.read(taken: taken)
    takeUp(scene, needed: needed)
    let answered = answers(scene, needed: needed)
    weigh(scene)
    for mention in needed + answered where isInForm(mention) {
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

  /// Weighs all the turn's words.
  private mutating func weigh(_ scene: Scene) {
    let weights = scene.pack.needWeights
    guard !weights.codes.isEmpty, !scene.turn.tokens.isEmpty else { return }
    if standings.isEmpty {
      standings = zip(weights.bias(.person), weights.bias(.technician)).map {
        NeedStanding(person: $0, technician: $1)
      }
    }
    let side: NeedWeights.Side = scene.speaker == .technician ? .technician : .person
    for (place, likeness) in weights.likenesses(scene.turn.tokens, of: side).enumerated() {
      standings[place].note(likeness, of: side, in: scene.turn)
    }
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
          tokens: 0..<min(3, turn.tokens.count),
          rule: question.yes == .needed ? "answered_directly_\(code)" : "answered_\(code)")
      }
    case .nothing: return []
    }
  }
}
