/// A word, a numeral or a mark of the transcript with its place.
package struct Token: Hashable, Sendable {
  /// What kind of token it is.
  package enum Kind: Hashable, Sendable {
    /// Letters.
    case word
    /// Decimal digits.
    case number
    /// One punctuation mark or symbol.
    case mark
  }

  package let kind: Kind
  /// As written.
  package let text: String
  /// Folded, see ``Folding``.
  package let folded: String
  /// The segment's number.
  package let segment: Int
  /// Place in the segment's text, in Unicode scalars.
  package let range: Range<Int>

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
package enum Tokenizer {
  /// Scalars of the longest word.
  private static let longest = 80

  package static func tokens(_ segment: TranscriptSegment) -> [Token] {
    var tokens: [Token] = []
    var kind: Token.Kind?
    let scalars = segment.text.unicodeScalars
    var first = scalars.startIndex
    var start = 0
    var end = 0
    var place = 0
    var hidesSign = false
    func finish(_ after: String.Index) {
      guard let found = kind else { return }
      kind = nil
      // No word and no number is so long; comparing such a thing with words again and again would take for ever.
      guard end - start <= Tokenizer.longest else { return }
      let text =
        hidesSign
        ? visible(scalars[first..<after]) : String(scalars[first..<after])
      tokens.append(
        Token(
          kind: found, text: text, folded: Folding.fold(text), segment: segment.id,
          range: start..<end))
    }
    for index in scalars.indices {
      let scalar = scalars[index]
      if isInvisible(scalar) {
        hidesSign = true
        place += 1
        continue
      }
      let next = classify(scalar, after: kind)
      if next != kind || next == .mark { finish(index) }
      if kind == nil, let next {
        kind = next
        start = place
        first = index
        hidesSign = false
      }
      place += 1
      if next != nil { end = place }
    }
    finish(scalars.endIndex)
    return tokens
  }

  /// Signs without width, which text copied from elsewhere has inside its words: soft hyphens, joiners, marks of direction and of
  /// byte order. They are as good as absent.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0xAD: false
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func visible(_ text: Substring.UnicodeScalarView) -> String {
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: text.lazy.filter { !isInvisible($0) })
    return String(rest)
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
