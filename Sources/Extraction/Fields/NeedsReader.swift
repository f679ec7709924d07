import Forms

/// Reads what the person needs, said directly ("necesito ropa") or not ("el quince ya está vacía la nevera").
///
/// Words that tell a need by themselves count unless they are denied or already taken care of. Words that only name
/// a help count where somebody asks for it or offers it.
struct NeedsReader {
  let scene: Scene
  private var turn: Turn { scene.turn }

  /// Whether the talk has come to what is needed.
  private let isInPhase: Bool
  /// Hits about needs.
  private let hits: [Hit]
  private let isUnmarkedQuestion: Bool

  init(_ scene: Scene, isInPhase: Bool = true) {
    self.scene = scene
    self.isInPhase = isInPhase
    let kinds: Set<CueKind> = [.service, .problem, .hint]
    hits = scene.turn.hits.filter {
      kinds.contains($0.kind) && !NeedsReader.isAnswer($0, scene.turn)
    }
    isUnmarkedQuestion = !hits.isEmpty && NeedsReader.isUnmarkedQuestion(scene.turn)
  }

  /// "No, médico no", "no hace falta, abrigos tienen": the comma parts the "no" from what follows.
  private static func isAnswer(_ hit: Hit, _ turn: Turn) -> Bool {
    ["no", "ni"].contains(turn.word(hit.tokens.lowerBound))
      && turn.tokens[hit.tokens].contains { $0.text == "," }
  }

  /// Needs in the turn, and those that are said to be covered.
  ///
  /// - Parameter taken: tokens that other fields' values are made of.
  func read(taken: [Range<Int>]) -> (needed: [Mention], covered: [String]) {
    var needed: [Mention] = []
    var covered: [String] = []
    for hit in longest() where !taken.contains(where: { $0.overlaps(hit.tokens) }) {
      let code = scene.pack.code(hit)
      switch judge(hit, clause(around: hit.tokens)) {
      case .needed(let confidence, let rule):
        needed.append(
          Mention(
            field: "needs", value: .text(code), confidence: confidence, tokens: hit.tokens,
            rule: "\(rule)_\(code)"))
      case .covered: covered.append(code)
      case .nothing: break
      }
    }
    return (strongest(needed), covered)
  }

  /// Words that only hint at a need count where nothing in their sentence tells another one: "no tengo tarjeta y en el
  /// médico no me atienden" is about the doctor.
  private func strongest(_ mentions: [Mention]) -> [Mention] {
    mentions.filter { mention in
      guard mention.rule.hasPrefix("lacking") || mention.rule.hasPrefix("hinted") else {
        return true
      }
      return !mentions.contains { other in
        other.value != mention.value && other.confidence > max(0.5, mention.confidence - 0.05)
          && !other.rule.hasPrefix("hinted") && !other.rule.hasPrefix("lacking")
          && turn.sentences[other.tokens.lowerBound] == turn.sentences[mention.tokens.lowerBound]
      }
    }
  }

  /// What a question about needs asks, and what its answers mean.
  struct Question: Sendable {
    /// Codes of the helps it asks about.
    var codes: [String] = []
    /// What a yes tells.
    var yes = Answer.nothing
    /// What a no tells.
    var no = Answer.nothing

    enum Answer: Sendable { case needed, covered, nothing }
  }

  /// The question of the turn: "¿De comida cómo andáis?", "¿necesitas ropa?"
  func question() -> Question {
    guard !self.hits.isEmpty else { return Question() }
    let hits = self.hits.filter(isQuestion)
    let named = hits.filter { $0.kind != .hint }
    let codes = Set((named.isEmpty ? hits : named).map { scene.pack.code($0) })
    guard !codes.isEmpty else {
      // "Te paso con la psicóloga." is an offer that may be declined.
      let offered = self.hits.filter {
        // "No, gracias, comida tenemos." offers nothing.
        $0.kind == .service && scene.opening != .denies
          && near(.offer, $0, clause(around: $0.tokens))
      }
      return Question(
        codes: Set(offered.map { scene.pack.code($0) }).sorted(), yes: .needed, no: .covered)
    }
    let words = Set(turn.tokens.map(\.folded))
    let isWish = !words.isDisjoint(with: NeedsReader.wishes) || turn.has(.offer)
    let isState = !words.isDisjoint(with: NeedsReader.states)
    let isShort = turn.tokens.filter { $0.kind == .word }.count <= 3
    if isWish || isShort && !isState {
      return Question(codes: codes.sorted(), yes: .needed, no: .covered)
    }
    if isState {
      // "¿Pasáis hambre?" and "¿tenéis comida?" are answered the other way round.
      let isTrouble = named.contains { $0.kind == .problem } && !words.contains("bien")
      return Question(
        codes: codes.sorted(), yes: isTrouble ? .nothing : .covered,
        no: isTrouble ? .nothing : .needed)
    }
    return Question(codes: codes.sorted(), yes: .nothing, no: .covered)
  }

  /// Words of questions that a yes turns into a wish.
  private static let wishes: Set<String> = [
    "necesitas", "necesita", "necesitais", "necesitan", "quieres", "quiere", "quereis", "quieren",
    "interesa", "interesaria", "falta", "apunto", "pongo", "buscas", "busca", "buscais", "vendria",
    "pido", "gustaria", "pedimos", "ayudamos", "need", "want",
  ]
  /// Words of questions that ask how things are.
  private static let states: Set<String> = [
    "tienes", "tiene", "teneis", "tienen", "vas", "va", "vais", "van", "andas", "anda", "andais",
    "andan", "estas", "esta", "estais", "estan", "comes", "come", "comeis", "comen", "has",
    "habeis", "ha", "han", "duermes", "duerme", "dormis", "trabajas", "trabaja", "trabajais",
    "llegas", "llega", "llegais", "entiendes", "entiende", "entendeis", "hablas", "habla", "bien",
    "como", "tal", "llevas", "lleva", "llevais", "llevan", "cobras", "cobra", "pagas", "pagais",
    "toma", "tomas", "hay", "desayunado", "comido", "do", "are", "have",
  ]

  private enum Judgement {
    case needed(Double, String)
    case covered
    case nothing
  }

  /// Hits about needs, without those inside longer ones of the same code.
  private func longest() -> [Hit] {
    let order: [CueKind] = [.problem, .service, .hint]
    return hits.filter { hit in
      !hits.contains { other in
        // "tarjeta" in "tarjeta de transporte", whatever it is by itself.
        let isInside =
          other.tokens.count > hit.tokens.count && other.kind != .hint
          && other.tokens.lowerBound <= hit.tokens.lowerBound
          && other.tokens.upperBound >= hit.tokens.upperBound
        if isInside { return true }
        guard other != hit, other.code == hit.code, other.tokens.overlaps(hit.tokens) else {
          return false
        }
        if other.tokens.count != hit.tokens.count { return other.tokens.count > hit.tokens.count }
        return (order.firstIndex(of: other.kind) ?? 0, other.tokens.lowerBound)
          < (order.firstIndex(of: hit.kind) ?? 0, hit.tokens.lowerBound)
      }
    }
  }

  /// The sentence, cut at "pero" and ";".
  private func clause(around range: Range<Int>) -> Range<Int> {
    let sentence = turn.sentence(of: range.lowerBound)
    var start = sentence.lowerBound
    var end = sentence.upperBound
    for index in sentence where ["pero", ";", "but"].contains(turn.tokens[index].folded) {
      if index < range.lowerBound {
        start = index + 1
      } else if index >= range.upperBound {
        end = min(end, index)
      }
    }
    return start..<max(end, range.upperBound)
  }

  private func judge(_ hit: Hit, _ clause: Range<Int>) -> Judgement {
    if isQuestion(hit) || isOtherTalk(hit) || isAboutHome(hit) { return .nothing }
    let isCovered = isCovered(hit, clause)
    // Troubles are told by the person; the technician only asks and offers.
    if scene.speaker == .technician, hit.kind != .service, !near(.offer, hit, clause) {
      return isCovered ? .covered : .nothing
    }
    switch hit.kind {
    case .problem:
      if isDenied(hit, clause) { return .nothing }
      if isCovered { return .covered }
      let length = hit.tokens.count
      let told = length == 1 ? 0.54 : length == 2 ? 0.62 : 0.66
      let isAsked = near(.request, hit, clause) || near(.offer, hit, clause)
      return .needed(
        told + (isAsked ? 0.04 : 0) + (isInPhase ? 0.04 : length > 2 ? -0.02 : -0.08),
        answersNeeds || wishes(hit) ? "told_directly" : "told")
    case .service:
      if isCovered { return .covered }
      if near(.offer, hit, clause) { return .needed(isInPhase ? 0.68 : 0.56, "offered") }
      if isBareAnswer { return .needed(0.7, "answered_directly") }
      guard near(.request, hit, clause) else { return .nothing }
      // "necesito un abogado" is asked for; "no tengo coche" may be only told.
      let isLack = near(.lack, hit, clause) && !near(.wish, hit, clause)
      return .needed(
        (isLack ? 0.6 : 0.68) - (isInPhase ? 0 : 0.1),
        !isLack && (answersNeeds || wishes(hit)) ? "asked_directly" : "asked")
    default:
      if isCovered { return .nothing }
      return near(.lack, hit, clause)
        ? .needed(isInPhase ? 0.6 : 0.3, "lacking")
        : isDenied(hit, clause) ? .nothing : .needed(0.2, "hinted")
    }
  }

  /// Whether the turn answers "¿qué necesita?".
  private var answersNeeds: Bool {
    guard let before = scene.before, scene.asked == nil else { return false }
    return before.topic == .needs && turn.number - before.turn <= 1 && !turn.hasQuestion
  }

  /// "Necesito ropa", "busco trabajo": the speaker's own wish, in the words or right before them.
  private func wishes(_ hit: Hit) -> Bool {
    let start = max(turn.sentence(of: hit.tokens.lowerBound).lowerBound, hit.tokens.lowerBound - 3)
    guard
      let verb = (start..<hit.tokens.upperBound).first(where: {
        NeedsReader.ownWishes.contains(turn.word($0))
      })
    else { return false }
    return !["no", "ni"].contains(turn.word(verb - 1))
  }

  private static let ownWishes: Set<String> = [
    "necesito", "necesitamos", "busco", "buscamos", "quiero", "queremos", "quisiera", "quisieramos",
    "pido", "pedimos",
  ]

  /// "Estoy sola con el niño", "no tengo a nadie": who lives there, not how one feels.
  private func isAboutHome(_ hit: Hit) -> Bool {
    scene.pack.code(hit) == "psychological_support" && scene.isAbout(.household, .minors)
      && turn.tokens[hit.tokens].contains {
        ["sola", "solo", "nadie", "murio", "solas", "solos"].contains($0.folded)
      }
  }

  /// Whether the turn answers something else: "los papeles" about the document, "calle" about the address.
  private func isOtherTalk(_ hit: Hit) -> Bool {
    guard hit.tokens.count < 3, let before = scene.before,
      scene.asked == nil || scene.asked?.topic != .needs
    else {
      return false
    }
    let facts: Set<Topic> = [
      .document, .passport, .name, .surname, .phone, .email, .languages, .birthDate, .nationality,
      .street, .floor,
      .postalCode,
    ]
    let age = turn.number - before.turn
    return age <= 1 && !before.topics.isDisjoint(with: facts) && !before.topics.contains(.needs)
      && turn.tokens.count < 25
  }

  /// "Trabajo." or "un abogado y medicinas", right after "¿qué necesita?".
  private var isBareAnswer: Bool {
    answersNeeds && scene.opening != .denies && turn.tokens.filter { $0.kind != .mark }.count <= 6
  }

  /// Whether the hit stands in a question, marked or not.
  private func isQuestion(_ hit: Hit) -> Bool {
    if turn.isQuestion(hit.tokens.lowerBound) { return true }
    let words = turn.tokens.filter { $0.kind != .mark }
    if isBareAnswer { return false }
    if isUnmarkedQuestion { return true }
    if words.count <= 4, !turn.has(.request), !turn.has(.covered),
      turn.tokens[0].folded == "y" || words.count <= 2
    {
      return true
    }
    let sentence = turn.sentence(of: hit.tokens.lowerBound)
    return turn.hits.contains {
      $0.kind == .interrogate && sentence.contains($0.tokens.lowerBound)
        && abs($0.tokens.lowerBound - hit.tokens.lowerBound) <= 8
    }
  }

  /// A question of the technician as a recogniser writes it: "y de comida cómo vais".
  private static func isUnmarkedQuestion(_ turn: Turn) -> Bool {
    guard !turn.hasQuestion, turn.tokens.count <= 14, !turn.has(.offer) else { return false }
    let words = Set(turn.tokens.map(\.folded))
    let own: Set<String> = [
      "yo", "mi", "mis", "me", "nos", "tengo", "tenemos", "necesito", "necesitamos", "quiero",
      "queremos", "estoy", "estamos", "no", "busco", "somos", "debo", "soy",
    ]
    return words.isDisjoint(with: own) && !words.isDisjoint(with: NeedsReader.addressing)
  }

  /// Verbs that ask the person.
  private static let addressing: Set<String> = [
    "necesitas", "necesitais", "quieres", "quereis", "tienes", "teneis", "vas", "vais", "andas",
    "andais", "comes", "comeis", "duermes", "dormis", "trabajas", "trabajais", "llegas", "llegais",
    "entiendes", "hablas", "estas", "estais", "has", "habeis", "buscas", "interesa", "cobras",
    "tomas", "usted", "necesita", "quiere", "os", "te", "le",
  ]

  /// Whether a cue of that kind stands in the clause before the word, or right behind it.
  private func near(_ kind: CueKind, _ hit: Hit, _ clause: Range<Int>) -> Bool {
    turn.hits.contains { cue in
      guard cue.kind == kind, clause.contains(cue.tokens.lowerBound),
        !cue.tokens.overlaps(hit.tokens)
      else { return false }
      let distance = hit.tokens.lowerBound - cue.tokens.upperBound
      let behind = cue.tokens.lowerBound - hit.tokens.upperBound
      return (0...7).contains(distance) || (0...3).contains(behind)
    }
  }

  private func isCovered(_ hit: Hit, _ clause: Range<Int>) -> Bool {
    let isSaid = turn.hits.contains { cue in
      guard cue.kind == .covered, clause.contains(cue.tokens.lowerBound),
        !cue.tokens.overlaps(hit.tokens)
      else { return false }
      let distance = hit.tokens.lowerBound - cue.tokens.upperBound
      let behind = cue.tokens.lowerBound - hit.tokens.upperBound
      return (0...6).contains(distance) || (0...7).contains(behind)
    }
    return isSaid || hit.kind != .problem && isRefused(hit)
  }

  /// "comida no", "trabajo ya tengo", "no comida": short refusals around the word.
  private func isRefused(_ hit: Hit) -> Bool {
    let after = turn.tokens[
      hit.tokens.upperBound..<min(turn.tokens.count, hit.tokens.upperBound + 3)
    ].map(\.folded)
    let before = turn.tokens[max(0, hit.tokens.lowerBound - 2)..<hit.tokens.lowerBound].map(
      \.folded)
    if after.starts(with: ["no"]) || after.starts(with: [",", "no"]) { return true }
    if ["tengo", "tenemos"].contains(after.first ?? "") || after.starts(with: ["ya", "tengo"])
      || after.starts(with: ["si", "tengo"])
    {
      return !before.contains("no")
    }
    return before.last == "no" || before.last == "ni"
  }

  /// "no" right before the words, that is not part of them.
  private func isDenied(_ hit: Hit, _ clause: Range<Int>) -> Bool {
    let first = turn.tokens[hit.tokens.lowerBound].folded
    if ["no", "sin", "ni", "nadie"].contains(first) { return false }
    let start = max(clause.lowerBound, hit.tokens.lowerBound - 2)
    return turn.tokens[start..<hit.tokens.lowerBound].contains {
      ["no", "ni", "nunca", "tampoco"].contains($0.folded)
    }
  }
}
