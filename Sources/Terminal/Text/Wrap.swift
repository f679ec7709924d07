/// Breaks text into lines that fit.
public enum Wrap {
  /// Where the lines of a text begin and end, at blanks where possible.
  ///
  /// Lines hold no blank at their end; a word longer than a line is cut between characters. An
  /// empty text has one empty line.
  ///
  /// - Parameters:
  ///   - text: one paragraph; a line feed ends a line.
  ///   - columns: columns of a line, at least 2 so that a wide character fits.
  public static func ranges(_ text: String, columns: Int) -> [Range<String.Index>] {
    // Below the combining marks every scalar is a character of one column: no clusters to look for.
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x300 }
    if isPlain {
      return ranges(text.unicodeScalars, columns) { ($0 == " " ? .blank : .glyph, 1) }
    }
    return ranges(text, columns) { character in
      if character.isNewline { return (.newline, 0) }
      return (character == " " ? .blank : .glyph, TextWidth.drawable(character).1)
    }
  }

  private enum Kind { case glyph, blank, newline }

  @inline(__always)
  private static func ranges<Text: Collection>(
    _ text: Text, _ columns: Int, _ measure: (Text.Element) -> (Kind, Int)
  ) -> [Range<Text.Index>] {
    let columns = max(2, columns)
    var lines: [Range<Text.Index>] = []
    var lineStart = text.startIndex
    var lastBlank: Text.Index?
    var used = 0
    var usedAtBlank = 0
    var index = text.startIndex
    while index < text.endIndex {
      let (kind, width) = measure(text[index])
      let next = text.index(after: index)
      if kind == .newline {
        lines.append(lineStart..<index)
        (lineStart, lastBlank, used) = (next, nil, 0)
        index = next
        continue
      }
      if kind == .blank, used > 0, used <= columns {
        lastBlank = index
        usedAtBlank = used + 1
      }
      if used + width > columns {
        if let blank = lastBlank {
          lines.append(lineStart..<blank)
          lineStart = text.index(after: blank)
          used -= usedAtBlank
          if blank == index {
            (lastBlank, used) = (nil, 0)
            index = next
            continue
          }
        } else {
          lines.append(lineStart..<index)
          (lineStart, used) = (index, 0)
        }
        lastBlank = nil
      }
      used += width
      index = next
    }
    lines.append(lineStart..<text.endIndex)
    return lines
  }

  /// The lines of a text; see ``ranges(_:columns:)``.
  public static func lines(_ text: String, columns: Int) -> [String] {
    ranges(text, columns: columns).map { String(text[$0]) }
  }
}
