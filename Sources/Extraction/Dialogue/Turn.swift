/// A settled segment as extraction reads it: tokens, sentences and the cues found in them. It never changes; a class, so that all
/// readers share it.
final class Turn: Sendable {
  let segment: TranscriptSegment
  /// Number of the turn in the interview, from 0.
  let number: Int
  let tokens: [Token]
  /// Sentence of each token, from 0.
  let sentences: [Int32]
  /// Cues in the order in which they begin.
  let hits: [Hit]
  private let passage: Passage

  /// The text of a turn in its segment.
  struct Passage: Sendable {
    let text: Substring.UnicodeScalarView
    /// Place of its first scalar in the segment.
    let offset: Int
    /// Scalars of the whole segment.
    let total: Int
  }

  /// Makes a turn of some tokens of a segment.
  init(
    _ tokens: [Token], of segment: TranscriptSegment, _ passage: Passage, number: Int,
    pack: LanguagePack
  ) {
    self.segment = segment
    self.passage = passage
    self.number = number
    self.tokens = tokens
    hasQuestion = tokens.contains { $0.kind == .mark && ($0.text == "?" || $0.text == "¿") }
    hasNumber = tokens.contains { $0.isNumber }
    groups = tokens.reduce(into: []) { $0.formUnion($1.facts.groups) }
    let sentences = Turn.sentences(tokens)
    self.sentences = sentences
    var hits: [Hit] = []
    var words: [Int] = []
    words.reserveCapacity(tokens.count)
    for index in tokens.indices where tokens[index].kind != .mark { words.append(index) }
    let keys = words.map { pack.trie.key(tokens[$0].folded) }
    let inSentence = words.map { sentences[$0] }
    pack.trie.scan(keys, sentences: inSentence) { cue, range in
      hits.append(
        Hit(
          kind: cue.kind, code: cue.code,
          tokens: words[range.lowerBound]..<(words[range.upperBound - 1] + 1)))
    }
    self.hits = hits
  }

  /// Tokens of the longest turn.
  private static let longest = 300

  /// The tokens of a segment, cut where a question ends and its answer may begin.
  ///
  /// A recogniser settles at pauses, not where the speaker changes: one segment often holds question and answer.
  static func split(_ tokens: [Token]) -> [[Token]] {
    var turns: [[Token]] = []
    var start = 0
    for index in tokens.indices.dropLast() {
      let endsQuestion =
        tokens[index].text == "?" && tokens[index + 1].kind != .mark
        || tokens[index].text == "?" && tokens[index + 1].text == "¿"
      let opensQuestion = tokens[index + 1].text == "¿" && tokens[index].endsSentence
      // Nobody says so much at once: a file without line ends is read in pieces, in linear time.
      let isEndless = index - start >= Turn.longest
      if endsQuestion || opensQuestion || isEndless {
        turns.append(Array(tokens[start...index]))
        start = index + 1
      }
    }
    turns.append(Array(tokens[start...]))
    return turns
  }

  /// Hits of that kind.
  func hits(_ kind: CueKind) -> [Hit] { hits.filter { $0.kind == kind } }

  /// Whether a cue of that kind is anywhere in the turn, or in that range of it.
  func has(_ kind: CueKind, in range: Range<Int>? = nil) -> Bool {
    hits.contains { hit in
      hit.kind == kind && (range.map { $0.overlaps(hit.tokens) } ?? true)
    }
  }

  /// The tokens of the sentence that a token stands in.
  func sentence(of token: Int) -> Range<Int> {
    guard tokens.indices.contains(token) else { return tokens.endIndex..<tokens.endIndex }
    let wanted = sentences[token]
    var start = token
    while start > 0, sentences[start - 1] == wanted { start -= 1 }
    var end = token + 1
    while end < tokens.count, sentences[end] == wanted { end += 1 }
    return start..<end
  }

  /// The folded word or sign at that place; empty outside the turn.
  func word(_ index: Int) -> String { tokens.indices.contains(index) ? tokens[index].folded : "" }

  /// The folded words, without marks.
  var words: [String] { tokens.filter { $0.kind != .mark }.map(\.folded) }

  /// Whether the sentence of a token is marked as a question.
  func isQuestion(_ token: Int) -> Bool {
    guard hasQuestion else { return false }
    return tokens[sentence(of: token)].contains { $0.text == "?" || $0.text == "¿" }
  }

  /// Whether any sentence is marked as a question.
  let hasQuestion: Bool

  /// Whether a number is in it, in digits or in words.
  let hasNumber: Bool

  /// The groups of all its words.
  let groups: WordGroups

  /// Whether it tells how a word is written: "con ka", "todo junto", "lleva tilde", or letters.
  var tellsSpelling: Bool {
    if !SpelledWords.find(tokens).isEmpty { return true }
    return tokens.indices.contains { index in
      let word = tokens[index].folded
      guard word == "con" else { return ["junto", "separado", "tilde", "acento"].contains(word) }
      let isDouble = ["dos", "doble"].contains(self.word(index + 1))
      return isDouble || LetterNames.read(tokens.dropFirst(index + 1)) != nil
    }
  }

  /// Whether a question speaks of "él" or "ella".
  var namesThird: Bool {
    hasQuestion && tokens.contains { $0.folded == "ella" || $0.text.lowercased() == "él" }
  }

  /// The words of a range of tokens as evidence.
  func evidence(_ range: Range<Int>) -> Evidence {
    let range = range.clamped(to: 0..<tokens.count)
    let start = tokens[range].first?.range.lowerBound ?? passage.offset
    let end = tokens[range].last?.range.upperBound ?? start
    // From the turn's own beginning, not the segment's: a file of one line would take quadratic time.
    let scalars = passage.text
    let first = scalars.index(scalars.startIndex, offsetBy: start - passage.offset)
    let text = String(scalars[first..<scalars.index(first, offsetBy: end - start)])
    let length = segment.end - segment.start
    let time = { [segment, passage] (place: Int) in
      segment.start + length * Double(place) / Double(max(1, passage.total))
    }
    return Evidence(
      segment: segment.id, characters: start..<end, start: time(start), end: time(end), text: text)
  }

  /// A new sentence begins after `.`, `?`, `!` and `…`, and at `¿` and `¡`. A full stop between digits or inside an
  /// address on the net ends nothing.
  private static func sentences(_ tokens: [Token]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(tokens.count)
    var current: Int32 = 0
    var ended = false
    for (index, token) in tokens.enumerated() {
      let opens = token.kind == .mark && (token.text == "¿" || token.text == "¡")
      let isGlued =
        token.text == "." && index + 1 < tokens.count && index > 0
        && tokens[index + 1].range.lowerBound == token.range.upperBound
      if (ended && !token.endsSentence) || opens && index > 0 { current += 1 }
      ended = token.endsSentence && !isGlued
      result.append(current)
    }
    return result
  }
}

/// How a turn takes up what was said before it.
enum Opening: Hashable, Sendable {
  /// "Sí", "exacto", "ese mismo".
  case affirms
  /// "No", "no, ya no", "ahí está mal".
  case denies
  /// "Perdón", "quiero decir".
  case repairs
  case none

  init(_ turn: Turn) {
    let words = turn.tokens.indices.filter { turn.tokens[$0].kind != .mark }.prefix(8)
    guard let first = words.first(where: { !Opening.fillers.contains(turn.tokens[$0].folded) })
    else {
      self = .none
      return
    }
    let at = { (kind: CueKind, place: Int) in
      turn.hits.contains { $0.kind == kind && $0.tokens.lowerBound == place }
    }
    // "Ese no. ¿Tienes otro?"
    let isThatNot =
      ["ese", "esa"].contains(turn.tokens[first].folded) && turn.word(first + 1) == "no"
      && !["se", "lo", "la", "me", "es"].contains(turn.word(first + 2))
    if at(.no, first) || isThatNot {
      self = .denies
    } else if words.contains(where: { at(.repair, $0) }) {
      self = .repairs
    } else {
      let next = first + 1 < turn.tokens.count ? turn.tokens[first + 1] : nil
      let isOpen =
        Opening.weak.contains(turn.tokens[first].folded) && next?.kind == .word
        && !turn.hits.contains {
          $0.kind == .yes && $0.tokens.lowerBound == first && $0.tokens.count > 1
        }
      self = at(.yes, first) && !isOpen ? .affirms : .none
    }
  }

  /// Words that agree only where they stand alone: "eso lo da el programa" does not.
  private static let weak: Set<String> = [
    "eso", "ese", "esa", "mismo", "bien", "ya", "verdad", "justo", "claro", "vale",
  ]

  private static let fillers: Set<String> = [
    "eh", "ay", "uy", "pues", "bueno", "a", "ver", "mire", "mira", "hombre", "oh", "ah", "um", "em",
    "este", "huy", "oiga", "oye", "well", "er",
  ]
}

extension Turn {
  /// Whether nothing but dots follows: "be, e, ene, eme, o...".
  func trailsOff(after index: Int) -> Bool {
    let rest = tokens[min(index, tokens.count)...]
    return rest.allSatisfy { $0.kind == .mark }
      && (rest.contains { $0.text == "…" || $0.text == "..." }
        || rest.filter { $0.text == "." }.count > 1)
  }
}
