import Terminal

/// The line that is being typed in the plain desk, echoed without addressing the cursor.
struct PlainLine: Hashable, Sendable {
  /// What came of a key.
  enum Result: Hashable {
    /// The line goes on; what to write so that it looks typed.
    case echo(String)
    /// The line is complete.
    case line(String)
    /// The key is not for a line of text.
    case other(Key)
  }

  /// What was typed so far.
  private(set) var text = ""

  private static let limit = 20_000

  mutating func take(_ key: Key) -> Result {
    if let character = key.typed { return put(String(character)) }
    switch (key.code, key.modifiers) {
    case (.enter, _):
      defer { text = "" }
      return .line(text)
    case (.backspace, []), (.character("h"), .control): return erase(1)
    case (.character("w"), .control), (.backspace, .alt):
      let kept = text.reversed().drop { $0 == " " }.drop { $0 != " " }
      return erase(text.count - kept.count)
    case (.escape, _), (.character("u"), .control): return erase(text.count)
    case (.tab, _): return put(" ")
    default: return .other(key)
    }
  }

  /// Pasted text is one line of data, whatever is in it.
  mutating func paste(_ pasted: String) -> Result {
    put(pasted.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  private mutating func put(_ more: String) -> Result {
    let before = text
    let safe = more.unicodeScalars.filter { !TextWidth.isUnsafe($0) }
    text = String((text + String(String.UnicodeScalarView(safe))).prefix(PlainLine.limit))
    // A combining mark changes the character before it: only what is new is written.
    let new = text.unicodeScalars.dropFirst(before.unicodeScalars.count)
    return .echo(String(String.UnicodeScalarView(new)))
  }

  private mutating func erase(_ count: Int) -> Result {
    let gone = TextWidth.of(text.suffix(count))
    text.removeLast(min(count, text.count))
    return .echo(
      String(repeating: "\u{8}", count: gone) + String(repeating: " ", count: gone)
        + String(repeating: "\u{8}", count: gone))
  }
}
