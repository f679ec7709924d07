import Forms

/// Reads what the person needs, said directly ("necesito ropa") or not ("el quince ya está vacía la nevera").
///
/// Words that tell a need by themselves count unless they are denied or already taken care of. Words that only name
/// a help count where somebody asks for it or offers it.
struct NeedsReader {
  let scene: Scene
  private var turn: Turn { scene.turn }

  init(_ scene: Scene) { self.scene = scene }

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
    return (needed, covered)
  }

  /// Codes of the helps the turn asks about: "¿De comida cómo andáis?".
  func askedAbout() -> [String] {
    turn.hits.filter {
      ($0.kind == .service || $0.kind == .problem) && isQuestion($0)
    }.map { scene.pack.code($0) }
  }

  /// Whether a yes to the turn's question is a wish: "¿te apunto?", "¿comida?"; not "¿estás bien de salud?".
  func asksForAWish() -> Bool {
    let words = Set(turn.tokens.map(\.folded))
    if !words.isDisjoint(with: [
      "bien", "tienes", "tiene", "teneis", "van", "va", "vais", "comes", "has", "habeis",
    ]) {
      return words.contains("vendria") || turn.has(.offer)
    }
    let wishes: Set<String> = [
      "necesitas", "necesita", "necesitais", "quieres", "quiere", "quereis", "interesa", "falta",
      "apunto", "buscas",
      "busca", "vendria", "pido", "gustaria", "need", "want",
    ]
    return turn.tokens.filter { $0.kind == .word }.count <= 3 || !words.isDisjoint(with: wishes)
  }

  private enum Judgement {
    case needed(Double, String)
    case covered
    case nothing
  }

  /// Hits about needs, without those inside longer ones of the same code.
  private func longest() -> [Hit] {
    let order: [CueKind] = [.problem, .service, .hint]
    let hits = turn.hits.filter { order.contains($0.kind) }
    return hits.filter { hit in
      !hits.contains { other in
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
    if isQuestion(hit) || isOtherTalk(hit) { return .nothing }
    let isCovered = isCovered(hit, clause)
    switch hit.kind {
    case .problem:
      if isDenied(hit, clause) { return .nothing }
      if isCovered { return .covered }
      let length = hit.tokens.count
      return .needed(length == 1 ? 0.55 : length == 2 ? 0.65 : 0.75, "told")
    case .service:
      if isCovered { return .covered }
      if near(.offer, hit, clause) { return .needed(0.72, "offered") }
      if isBareAnswer { return .needed(0.7, "answered") }
      return near(.request, hit, clause) ? .needed(0.68, "asked") : .nothing
    default:
      return isCovered || isDenied(hit, clause) ? .nothing : .needed(0.2, "hinted")
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
    guard let before = scene.before, before.topic == .needs, turn.number - before.turn <= 1,
      scene.asked == nil, !turn.hasQuestion
    else { return false }
    return turn.tokens.filter { $0.kind != .mark }.count <= 6
  }

  /// Whether the hit stands in a question, marked or not.
  private func isQuestion(_ hit: Hit) -> Bool {
    if turn.isQuestion(hit.tokens.lowerBound) { return true }
    let words = turn.tokens.filter { $0.kind != .mark }
    if isBareAnswer { return false }
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
    if after.first == "tengo" || after.starts(with: ["ya", "tengo"])
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
