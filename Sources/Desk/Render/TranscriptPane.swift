import Extraction
import Forms
import Interview
import Messages
import Terminal

/// What was said: settled text, text that may still change, gaps; the words behind values are marked.
enum TranscriptPane {
  /// One line as drawn: pieces of text with their looks.
  private struct Line {
    var pieces: [(text: String, style: Style)] = []
  }

  private static let timeWidth = 6

  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    let columns = rect.columns - timeWidth
    guard columns >= 8 else { return }
    // Only what can be seen is wrapped: from the live end upwards.
    let wanted = rect.rows + state.scroll
    var lines: [Line] = []
    if let revisable = state.revisable, !revisable.text.isEmpty {
      lines = wrap(
        "≈ " + revisable.text, time: revisable.start, columns,
        style: Style(.standard, on: .standard, [.dim, .italic]), marks: [])
    }
    var gaps = state.interview.recording.gaps.filter { $0.reason != .overrun }
    for segment in state.interview.segments.reversed() {
      while let gap = gaps.last, Double(gap.start) / 16_000 >= segment.start {
        lines = [gapLine(gap, state)] + lines
        gaps.removeLast()
      }
      if lines.count >= wanted { break }
      lines =
        wrap(
          segment.text, time: segment.start, columns, style: .plain,
          marks: marks(state, segment)) + lines
    }
    if lines.count < wanted { lines = gaps.map { gapLine($0, state) } + lines }
    let scroll = min(state.scroll, max(0, lines.count - rect.rows))
    let visible = lines.dropLast(scroll).suffix(rect.rows)
    for (index, line) in visible.enumerated() {
      var column = rect.column
      for piece in line.pieces {
        column += surface.put(
          piece.text, row: rect.row + index, column: column, style: piece.style,
          limit: rect.column + rect.columns - column)
      }
    }
    if scroll > 0 {
      let text = " " + state.catalogue.text("transcript.back") + " "
      surface.put(
        TextWidth.fit(text, rect.columns), row: rect.row + rect.rows - 1, column: rect.column,
        style: .reverse)
    }
    if state.interview.segments.isEmpty, state.revisable == nil {
      let lines = Wrap.lines(state.catalogue.text("transcript.empty"), columns: rect.columns - 2)
      for (index, text) in lines.enumerated() where index < rect.rows {
        surface.put(text, row: rect.row + index, column: rect.column + 1, style: .dim)
      }
    }
  }

  private static func gapLine(_ gap: RecordingState.Gap, _ state: DeskState) -> Line {
    let key = gap.reason == .offTheRecord ? "transcript.offTheRecord" : "transcript.deviceLost"
    return Line(pieces: [("── " + state.catalogue.text(key) + " ──", Style(.yellow))])
  }

  /// The places of a segment that stand behind values, with their looks; the focused field's last.
  private static func marks(
    _ state: DeskState, _ segment: TranscriptSegment
  ) -> [(range: Range<Int>, style: Style)] {
    var marks: [(range: Range<Int>, style: Style)] = []
    for field in state.form.fields {
      let entry = state.interview.entry(field.name)
      let isFocused = field.name == state.field?.name
      for evidence in entry.evidence where evidence.segment == segment.id {
        let style = FieldText.style(entry.status).adding(isFocused ? .reverse : .underline)
        marks.append((evidence.characters, style))
      }
    }
    return marks
  }

  private static func wrap(
    _ text: String, time: Double, _ columns: Int, style: Style,
    marks: [(range: Range<Int>, style: Style)]
  ) -> [Line] {
    var looks = [Style](repeating: style, count: text.unicodeScalars.count)
    for mark in marks {
      for place in mark.range where looks.indices.contains(place) { looks[place] = mark.style }
    }
    var lines: [Line] = []
    let scalars = text.unicodeScalars
    for range in Wrap.ranges(text, columns: columns) {
      let head = lines.isEmpty ? TextWidth.pad(StatusLine.clock(Int(time)), timeWidth) : "      "
      var line = Line(pieces: [(head, .dim)])
      var place = scalars.distance(from: scalars.startIndex, to: range.lowerBound)
      for character in text[range] {
        let look = looks.indices.contains(place) ? looks[place] : style
        if line.pieces.count > 1, line.pieces[line.pieces.count - 1].style == look {
          line.pieces[line.pieces.count - 1].text.append(character)
        } else {
          line.pieces.append((String(character), look))
        }
        place += character.unicodeScalars.count
      }
      lines.append(line)
    }
    return lines
  }
}
