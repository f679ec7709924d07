/// Reads a phrase of a file of cues, byte by byte: the packs are read whenever an interview begins.
struct PhraseParser {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// - Parameter line: a line's bytes, UTF-8.
  init(_ line: ArraySlice<UInt8>) {
    bytes = line
    place = line.startIndex
  }

  /// The parts up to the end, or up to the bracket that closes; nil when they are malformed.
  ///
  /// - Parameter isInside: whether a bracket was opened, which takes one word at least right behind it.
  mutating func parts(isInside: Bool) -> [PhrasePattern.Part]? {
    var parts: [PhrasePattern.Part] = []
    while let byte = next {
      switch byte {
      case PhraseParser.space:
        if isInside, parts.isEmpty { return nil }
        place += 1
        if isInside, next == PhraseParser.close { return nil }
      case PhraseParser.open:
        place += 1
        guard !isInside, let inner = self.parts(isInside: true), endsWord else { return nil }
        parts.append(.optional(inner))
      case PhraseParser.close:
        place += 1
        return isInside && !parts.isEmpty ? parts : nil
      default:
        guard let choice = choice() else { return nil }
        parts.append(.choice(choice))
      }
    }
    return isInside ? nil : parts
  }

  private static let space = UInt8(ascii: " ")
  private static let open = UInt8(ascii: "(")
  private static let close = UInt8(ascii: ")")
  private static let slash = UInt8(ascii: "/")

  private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private var endsWord: Bool { place == bytes.endIndex || bytes[place] == PhraseParser.space }

  /// The alternatives at one place of the phrase.
  private mutating func choice() -> [PhrasePattern.Element]? {
    var choices: [PhrasePattern.Element] = []
    var start = place
    while true {
      let byte = next
      let isOver = byte == nil || byte == PhraseParser.space || byte == PhraseParser.close
      if isOver || byte == PhraseParser.slash {
        guard let element = PhraseParser.element(bytes[start..<place]) else { return nil }
        choices.append(element)
        if isOver { return choices }
        start = place + 1
      } else if byte == PhraseParser.open {
        return nil
      }
      place += 1
    }
  }

  /// A word, the beginning of one, or a gap; nil for what can't be found in a talk: the tokenizer cuts it apart or drops it.
  private static func element(_ word: ArraySlice<UInt8>) -> PhrasePattern.Element? {
    if word.elementsEqual(CollectionOfOne(UInt8(ascii: "_"))) { return .gap }
    let isPrefix = word.last == UInt8(ascii: "*")
    let letters = isPrefix ? word.dropLast() : word
    let text = String(decoding: letters, as: UTF8.self)
    // Nearly all words of a pack are plain; the properties of other scalars are slow to look up.
    let isPlain = letters.allSatisfy { (0x61...0x7A).contains($0) }
    guard !letters.isEmpty, isPlain || isWord(text) else { return nil }
    let folded = isPlain ? text : Folding.fold(text)
    return isPrefix ? .prefix(folded) : .word(folded)
  }

  private static func isWord(_ text: String) -> Bool {
    let isDigit = { (scalar: Unicode.Scalar) in (0x30...0x39).contains(scalar.value) }
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || isDigit(first)
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || isDigit($0) || $0 == "'" || $0 == "’"
        || (0x300...0x36F).contains($0.value)
    }
  }
}
