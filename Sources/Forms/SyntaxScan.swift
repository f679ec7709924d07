/// Looks for mistakes that the TOML parser must never see.
///
/// toml++ 3.4 takes some of them for impossible (an assertion ends the program): a table header that goes on with a
/// character no key begins with, a brace or a foreign blank where a list wants a value. So no header without a key, no
/// bracket that closes another kind, and nothing but ASCII outside strings and comments gets through; TOML 1.0 has none
/// of these. Behind the first mistake of another kind the scan may go astray, but there the parser has stopped.
struct SyntaxScan {
  private let text: [Unicode.Scalar]
  private var place = 0
  private var line = 1
  /// Brackets and braces that are open.
  private var open: [Unicode.Scalar] = []

  /// The line (from 1) of the first such mistake; nil when there is none.
  static func impossibleLine(_ text: String) -> Int? {
    var scan = SyntaxScan(text: Array(text.unicodeScalars))
    return scan.run()
  }

  private init(text: [Unicode.Scalar]) { self.text = text }

  private mutating func run() -> Int? {
    if text.first == "\u{FEFF}" { place = 1 }
    var isLineStart = true
    while place < text.count {
      if isLineStart, open.isEmpty {
        skipBlanks()
        if place < text.count, text[place] == "[", !isPossibleHeader { return line }
        isLineStart = false
        continue
      }
      switch text[place] {
      case "\n":
        line += 1
        isLineStart = true
      case "#": skipComment()
      case "\"", "'": skipString(text[place])
      case "[", "{": open.append(text[place])
      case "]": if open.popLast() != "[" { return line }
      case "}": if open.popLast() != "{" { return line }
      case let other: if !other.isASCII { return line }
      }
      place += 1
    }
    return nil
  }

  /// Whether the header that begins here has a key, or ends in a way that the parser explains.
  private var isPossibleHeader: Bool {
    var next = place + 1
    if next < text.count, text[next] == "[" { next += 1 }
    while next < text.count, text[next] == " " || text[next] == "\t" { next += 1 }
    guard next < text.count else { return true }
    let first = text[next]
    switch first {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "\"", "'", "]": return true
    default: return false
    }
  }

  private mutating func skipBlanks() {
    while place < text.count, text[place] == " " || text[place] == "\t" { place += 1 }
  }

  /// To the last character of the line.
  private mutating func skipComment() {
    while place + 1 < text.count, text[place + 1] != "\n" { place += 1 }
  }

  /// To the last quote of a string; a string of one line ends with it at the latest.
  private mutating func skipString(_ quote: Unicode.Scalar) {
    let isLong = startsWithThree(quote)
    place += isLong ? 3 : 1
    while place < text.count {
      if text[place] == "\n" {
        guard isLong else {
          place -= 1
          return
        }
        line += 1
      }
      if text[place] == "\\", quote == "\"" {
        place += 1
        if place < text.count, text[place] == "\n" { line += 1 }
      } else if text[place] == quote, !isLong || startsWithThree(quote) {
        place += isLong ? 2 : 0
        // A long string may end with one or two quotes of its own.
        if isLong { while place + 1 < text.count, text[place + 1] == quote { place += 1 } }
        return
      }
      place += 1
    }
  }

  private func startsWithThree(_ quote: Unicode.Scalar) -> Bool {
    place + 2 < text.count && text[place...place + 2].allSatisfy { $0 == quote }
  }
}
