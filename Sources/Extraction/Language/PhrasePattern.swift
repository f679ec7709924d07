/// A phrase of a language pack as it is written: alternatives, parts that may be missing, gaps.
struct PhrasePattern: Hashable, Sendable {
  /// One place of a phrase.
  enum Element: Hashable, Sendable {
    /// That word.
    case word(String)
    /// Any word that begins so.
    case prefix(String)
    /// Up to three words, whatever they are.
    case gap
  }

  /// A part of the pattern.
  enum Part: Hashable, Sendable {
    /// One of these.
    case choice([Element])
    /// All of it or nothing.
    case optional([Part])
  }

  let parts: [Part]

  /// Phrases that a pattern may stand for; what has more was not meant so.
  private static let limit = 2000

  /// These words in a row.
  init(words: [String]) { parts = words.map { .choice([.word($0)]) } }

  /// The words of a name, without its marks; nil where there are none.
  init?(name: String) {
    let segment = TranscriptSegment(id: 0, start: 0, end: 0, text: name)
    let words = Tokenizer.tokens(segment).filter { $0.kind != .mark }.map(\.folded)
    guard !words.isEmpty else { return nil }
    self.init(words: words)
  }

  /// Makes a pattern; nil when one of its phrases would be empty, begin or end with a gap, or when there are too many.
  init?(_ parts: [Part]) {
    self.parts = parts
    let gapAtAnEnd =
      PhrasePattern.beginsWithGap(parts)
      || PhrasePattern.beginsWithGap(PhrasePattern.reversed(parts))
    guard !PhrasePattern.mayBeMissing(parts), !gapAtAnEnd, count <= PhrasePattern.limit else {
      return nil
    }
  }

  /// How many phrases it stands for; one more than the limit where there are more.
  var count: Int { PhrasePattern.count(parts) }

  private static func count(_ parts: [Part]) -> Int {
    parts.reduce(1) { product, part in
      switch part {
      case .choice(let elements): min(limit + 1, product * elements.count)
      case .optional(let inner): min(limit + 1, product * (1 + count(inner)))
      }
    }
  }

  private static func mayBeMissing(_ parts: [Part]) -> Bool {
    parts.allSatisfy { if case .optional = $0 { true } else { false } }
  }

  private static func beginsWithGap(_ parts: [Part]) -> Bool {
    for part in parts {
      switch part {
      case .choice(let elements): return elements.contains(.gap)
      case .optional(let inner): if beginsWithGap(inner) { return true }
      }
    }
    return false
  }

  /// The parts from the last to the first, those inside too.
  private static func reversed(_ parts: [Part]) -> [Part] {
    parts.reversed().map { part in
      if case .optional(let inner) = part { .optional(reversed(inner)) } else { part }
    }
  }
}
