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
  /// What the folded word is to the readers.
  let facts: WordFacts

  init(kind: Kind, text: String, folded: String, segment: Int, range: Range<Int>) {
    self.kind = kind
    self.text = text
    self.folded = folded
    self.segment = segment
    self.range = range
    facts = kind == .word ? WordFacts.of(folded) : .none
  }

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
    var text = segment.text
    return text.withUTF8 { bytes in
      var cutter = Cutter(bytes, segment: segment.id)
      return cutter.cut()
    }
  }

  /// Walks over the bytes of a text: to step from character to character is much more work.
  private struct Cutter {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let segment: Int
    private var tokens: [Token] = []
    /// The token that is being read: its kind, the places of its first scalar and behind its last, and that of its first byte.
    private var kind: Token.Kind?
    private var start = 0
    private var end = 0
    private var first = 0
    private var hidesSign = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, segment: Int) {
      self.bytes = bytes
      self.segment = segment
      tokens.reserveCapacity(bytes.count / 5 + 1)
    }

    mutating func cut() -> [Token] {
      var index = 0
      var place = 0
      while index < bytes.count {
        let (scalar, length) = scalar(at: index)
        defer {
          index += length
          place += 1
        }
        if Tokenizer.isInvisible(scalar) {
          hidesSign = true
          continue
        }
        let next = Tokenizer.classify(scalar, after: kind)
        if next != kind || next == .mark { finish(index) }
        if kind == nil, let next {
          kind = next
          start = place
          first = index
          hidesSign = false
        }
        if next != nil { end = place + 1 }
      }
      finish(bytes.count)
      return tokens
    }

    /// The scalar whose first byte is there, and how many bytes it has. A string's bytes are valid UTF-8.
    private func scalar(at index: Int) -> (Unicode.Scalar, Int) {
      let byte = bytes[index]
      if byte < 0x80 { return (Unicode.Scalar(byte), 1) }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      let head = UInt32(byte) & (0x7F >> UInt32(length))
      let value = bytes[(index + 1)..<(index + length)].reduce(head) {
        $0 << 6 | UInt32($1 & 0x3F)
      }
      return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    private mutating func finish(_ after: Int) {
      guard let found = kind else { return }
      kind = nil
      // No word and no number is so long; comparing such a thing with words again and again would take for ever.
      guard end - start <= Tokenizer.longest else { return }
      let part = bytes[first..<after]
      let written = String(decoding: part, as: UTF8.self)
      let text = hidesSign ? Tokenizer.visible(written) : written
      let isFolded = !part.contains { $0 >= 0x80 || (0x41...0x5A).contains($0) }
      tokens.append(
        Token(
          kind: found, text: text, folded: isFolded ? text : Folding.fold(text), segment: segment,
          range: start..<end))
    }
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

  private static func visible(_ text: String) -> String {
    var rest = String.UnicodeScalarView()
    rest.append(contentsOf: text.unicodeScalars.lazy.filter { !isInvisible($0) })
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
