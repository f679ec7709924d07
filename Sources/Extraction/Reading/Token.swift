/// A word, a numeral or a mark of the transcript with its place.
struct Token: Hashable, Sendable {
  /// What kind of token it is.
  enum Kind: Hashable, Sendable {
    /// Letters.
    case word
    /// Decimal digits.
    case number
    /// One punctuation mark or symbol.
    case mark
  }

  let kind: Kind
  /// As written.
  let text: String
  /// Folded, see ``Folding``.
  let folded: String
  /// The segment's number.
  let segment: Int
  /// Place in the segment's text, in Unicode scalars.
  let range: Range<Int>

  /// Whether it begins with a capital letter.
  var isCapitalized: Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return first.isASCII
      ? (0x41...0x5A).contains(first.value) : first.properties.isUppercase
  }
  /// Whether all its letters are capitals and it has more than one.
  var isAllCapitals: Bool {
    text.unicodeScalars.count > 1 && text.unicodeScalars.allSatisfy(\.properties.isUppercase)
  }
  /// Whether a sentence ends here.
  var endsSentence: Bool { kind == .mark && [".", "?", "!", "…"].contains(text) }
}

/// Cuts text into tokens; white space separates and is dropped.
enum Tokenizer {
  /// Scalars of the longest word.
  private static let longest = 80

  static func tokens(_ segment: TranscriptSegment) -> [Token] {
    var tokens: [Token] = []
    var current = String.UnicodeScalarView()
    var kind: Token.Kind?
    var start = 0
    var place = 0
    func finish() {
      guard let found = kind else { return }
      // No word and no number is so long; comparing such a thing with words again and again would take for ever.
      guard place - start <= Tokenizer.longest else {
        current = String.UnicodeScalarView()
        kind = nil
        return
      }
      let text = String(current)
      tokens.append(
        Token(
          kind: found, text: text, folded: Folding.fold(text), segment: segment.id,
          range: start..<place))
      current = String.UnicodeScalarView()
      kind = nil
    }
    for scalar in segment.text.unicodeScalars {
      let next = classify(scalar, after: kind)
      if next != kind || next == .mark { finish() }
      if let next {
        if kind == nil {
          kind = next
          start = place
        }
        current.append(scalar)
      }
      place += 1
    }
    finish()
    return tokens
  }

  private static func classify(_ scalar: Unicode.Scalar, after kind: Token.Kind?) -> Token.Kind? {
    if (0x30...0x39).contains(scalar.value) { return .number }
    // Nearly all of a transcript is ASCII; the properties of other scalars are slow to look up.
    if scalar.isASCII, scalar != "'" {
      if (0x41...0x5A).contains(scalar.value) || (0x61...0x7A).contains(scalar.value) {
        return .word
      }
      if scalar.value <= 0x20 { return nil }
      if scalar != "^", scalar != "`" { return .mark }
    }
    if scalar.properties.isAlphabetic { return .word }
    // Combining marks and apostrophes inside a word belong to it ("D'Angelo").
    if kind == .word, scalar.properties.isDiacritic || "'’".unicodeScalars.contains(scalar) {
      return scalar.properties.isWhitespace ? nil : .word
    }
    return scalar.properties.isWhitespace || scalar.value < 0x20 ? nil : .mark
  }
}
