import Foundation

/// Words that carry a tone, and words that change what others carry: the plain text of a language pack.
public struct ToneLexicon: Sendable {
  /// What a word or phrase does.
  enum Entry: Hashable, Sendable {
    /// Carries a tone: positive or negative; 0 takes its words out of the count.
    case weight(Double)
    /// A weight whose denial says nothing: "no ha habido violencia".
    case harm(Double)
    /// The same, and nothing where it is told with a date of long ago: "murió en dos mil tres".
    case loss(Double)
    /// Good and bad at once.
    case both(Double)
    /// Turns what follows into its contrary.
    case negation
    /// What follows weighs more.
    case intensifier
    /// What follows weighs less.
    case diminisher
    /// What follows weighs more than what came before.
    case contrast
    /// What follows was so once.
    case before
    /// What follows is so today: what was once is over.
    case now
    /// Begins a question, also where nobody wrote the question mark.
    case ask
    /// A name follows: "calle".
    case place
    /// A name may follow behind "de": "barrio de la Esperanza".
    case kin
  }

  /// Pattern words, each exact or a stem.
  private struct Pattern: Hashable, Sendable {
    let words: [String]
    let isStem: [Bool]
    let entry: Entry

    /// Longer phrases first, then exact words before stems, then longer stems; the text makes the order the same in every run.
    var rank: (Int, Int, Int, String) {
      (
        words.count, isStem.count { !$0 }, words.reduce(0) { $0 + $1.count },
        words.joined(separator: " ")
      )
    }
  }

  /// Patterns by the first letter of their first word, longer ones first.
  private var patterns: [Character: [Pattern]] = [:]

  /// Reads a lexicon; lines that can't be read are passed over.
  ///
  /// - Parameter text: a line is a weight (`+2`, `harm-2`, `loss-2`, `both1`) or kind (`not`, `more`, `less`, `but`, `before`, `now`,
  ///   `ask`, `place`, `kin`), then its words; a star ends a stem, an underscore joins the words of a phrase, `#` begins a comment.
  public init(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard let kind = words.first, let entry = ToneLexicon.entry(kind) else { continue }
      for word in words.dropFirst() { add(word, entry) }
    }
    for key in patterns.keys { patterns[key]?.sort { $0.rank > $1.rank } }
  }

  /// Number of words and phrases.
  public var count: Int { patterns.values.reduce(0) { $0 + $1.count } }

  private static let kinds: [Substring: Entry] = [
    "not": .negation, "more": .intensifier, "less": .diminisher, "but": .contrast,
    "before": .before, "now": .now, "ask": .ask, "place": .place, "kin": .kin,
  ]
  private static let weighed: [(String, @Sendable (Double) -> Entry)] = [
    ("harm", { .harm($0) }), ("loss", { .loss($0) }), ("both", { .both($0) }),
    ("", { .weight($0) }),
  ]

  private static func entry(_ kind: Substring) -> Entry? {
    if let known = kinds[kind] { return known }
    guard let (name, make) = weighed.first(where: { kind.hasPrefix($0.0) }) else { return nil }
    return Double(kind.dropFirst(name.count)).flatMap {
      (-3...3).contains($0) ? make($0) : nil
    }
  }

  private mutating func add(_ text: Substring, _ entry: Entry) {
    let parts = text.split(separator: "_")
    let words = parts.map {
      ToneLexicon.fold($0.hasSuffix("*") ? String($0.dropLast()) : String($0))
    }
    guard let first = words.first?.first else { return }
    patterns[first, default: []].append(
      Pattern(words: words, isStem: parts.map { $0.hasSuffix("*") }, entry: entry))
  }

  /// The longest entry that begins at a word, and how many words it takes.
  func match(_ words: ArraySlice<String>) -> (entry: Entry, length: Int)? {
    guard let first = words.first?.first, let candidates = patterns[first] else { return nil }
    for pattern in candidates where pattern.words.count <= words.count {
      let fits = zip(zip(pattern.words, pattern.isStem), words).allSatisfy { part, word in
        part.1 ? word.hasPrefix(part.0) : word == part.0
      }
      if fits { return (pattern.entry, pattern.words.count) }
    }
    return nil
  }

  /// Whether a single word denies.
  func isNegation(_ word: String) -> Bool { match([word])?.entry == .negation }

  /// A word without case and accents; `n` with tilde becomes `n`.
  static func fold(_ word: String) -> String {
    word.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil).lowercased()
      .replacing("’", with: "'")
  }
}
