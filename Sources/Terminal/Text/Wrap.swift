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
    let columns = max(2, columns)
    var lines: [Range<String.Index>] = []
    var lineStart = text.startIndex
    var lastBlank: String.Index?
    var used = 0
    var usedAtBlank = 0
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      let next = text.index(after: index)
      if character.isNewline {
        lines.append(lineStart..<index)
        (lineStart, lastBlank, used) = (next, nil, 0)
        index = next
        continue
      }
      let width = TextWidth.drawable(character).1
      if character == " ", used > 0, used <= columns {
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
