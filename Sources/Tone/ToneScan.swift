/// Goes through the sentences of a turn and gathers the words that carry a tone.
struct ToneScan {
  private let lexicon: ToneLexicon
  private(set) var words: [ToneReading.Word] = []
  /// Where in `words` begins what was so once.
  private var once: Int?

  /// Words a negation reaches over.
  private static let reach = 4
  /// What is left of what was so once when today follows.
  private static let past = 0.2

  init(_ lexicon: ToneLexicon) { self.lexicon = lexicon }

  /// What changes the weight of the next words of a clause.
  private struct Scope {
    var negated: Int?
    var factor = 1.0
    var contrast = 1.0
  }

  /// Takes a sentence's words.
  mutating func read(_ sentence: Sentence) {
    if lexicon.match(sentence.clause(from: 0))?.entry == .ask { return }
    let names = sentence.names(lexicon)
    var place = 0
    var scope = Scope()
    while place < sentence.folded.count {
      if sentence.isClauseStart[place] {
        scope.negated = nil
        scope.factor = 1
      }
      let match = names.contains(place) ? nil : lexicon.match(sentence.clause(from: place))
      let length = match?.length ?? 1
      if let match { take(match.entry, place..<place + length, sentence, &scope) }
      place += length
    }
  }

  private mutating func take(
    _ entry: ToneLexicon.Entry, _ range: Range<Int>, _ sentence: Sentence, _ scope: inout Scope
  ) {
    switch entry {
    case .negation: scope.negated = range.lowerBound
    case .intensifier: scope.factor = 1.5
    case .diminisher: scope.factor = 0.5
    case .contrast:
      scope.contrast = 1.3
      scope.negated = nil
    case .before: once = words.count
    case .now: leaveThePast()
    case .ask, .place, .kin: break
    case .both(let weight):
      let text = sentence.text(range)
      words.append(.init(text: text, weight: weight))
      words.append(.init(text: text, weight: -weight))
    case .loss where sentence.isLongAgo(after: range.upperBound): break
    case .weight(let weight), .harm(let weight), .loss(let weight):
      if weight != 0 { add(weight, entry, range, sentence, scope) }
      scope.factor = 1
    }
  }

  private mutating func add(
    _ weight: Double, _ entry: ToneLexicon.Entry, _ range: Range<Int>, _ sentence: Sentence,
    _ scope: Scope
  ) {
    var start = range.lowerBound
    var end = range.upperBound
    var isNegated = false
    if let negation = scope.negated, start - negation <= ToneScan.reach,
      !lexicon.isNegation(sentence.folded[start])
    {
      isNegated = true
      start = negation
    }
    // "Bien no estoy": what is denied is said first.
    if !isNegated, sentence.isClauseStart[start], end < sentence.folded.count,
      !sentence.isClauseStart[end], lexicon.isNegation(sentence.folded[end])
    {
      isNegated = true
      end += 1
    }
    let value = isNegated ? ToneScan.denied(weight, entry) : weight
    guard value != 0 else { return }
    words.append(
      .init(text: sentence.text(start..<end), weight: scope.contrast * scope.factor * value))
  }

  /// "No estoy contenta" is negative, "no tengo miedo" reassures, "no ha habido violencia" says nothing.
  private static func denied(_ weight: Double, _ entry: ToneLexicon.Entry) -> Double {
    if weight > 0 { return -0.9 * weight }
    if case .weight = entry { return -0.6 * weight }
    return 0
  }

  private mutating func leaveThePast() {
    guard let once else { return }
    for place in once..<words.count {
      words[place] = .init(text: words[place].text, weight: ToneScan.past * words[place].weight)
    }
    self.once = nil
  }
}
