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
    guard rect.columns - timeWidth >= 8 else { return }
    let lines = lines(state, rect, wanted: rect.rows + state.scroll, unseen: state.scroll)
    let scroll = min(state.scroll, max(0, lines.count - rect.rows))
    for (index, line) in lines.dropLast(scroll).suffix(rect.rows).enumerated() {
      var column = rect.column
      for piece in line.pieces {
        column += surface.put(
          piece.text, row: rect.row + index, column: column, style: piece.style,
          limit: rect.column + rect.columns - column)
      }
    }
    if scroll > 0 {
      let unread = state.reading.unread
      let text =
        unread > 0
        ? state.catalogue.plural("transcript.unread", unread)
        : state.catalogue.text("transcript.back")
      surface.put(
        TextWidth.fit(" " + text + " ", rect.columns), row: rect.row + rect.rows - 1,
        column: rect.column,
        style: .reverse)
    }
    if lines.isEmpty { drawHint(state, rect, &surface) }
  }

  private static func drawHint(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    let key = state.isRecording ? "transcript.listening" : "transcript.empty"
    let lines = Wrap.lines(state.catalogue.text(key), columns: rect.columns - 2)
    for (index, text) in lines.enumerated() where index < rect.rows {
      surface.put(text, row: rect.row + index, column: rect.column + 1, style: .dim)
    }
  }

  /// The last lines of the transcript, at least as many as wanted where there are; only these are wrapped,
  /// and the unseen ones at the end are only counted.
  private static func lines(
    _ state: DeskState, _ rect: Rect, wanted: Int, unseen: Int
  ) -> [Line] {
    let columns = rect.columns - timeWidth
    var blocks: [[Line]] = []
    var count = 0
    let add = { (block: [Line]) in
      blocks.append(block)
      count += block.count
    }
    if let revisable = state.revisable, !revisable.text.isEmpty {
      let look = Style(.standard, on: .standard, [.dim, .italic])
      add(wrap([("≈ " + revisable.text, look)], time: revisable.start, columns))
    }
    let marks = TranscriptMarks(state)
    var gaps = state.interview.recording.gaps.filter { $0.reason != .overrun }
    for segment in state.interview.segments.reversed() {
      while let gap = gaps.last, Double(gap.start) / 16_000 >= segment.start {
        add([gapLine(gap, state)])
        gaps.removeLast()
      }
      if count >= wanted { break }
      let looks = marks.looks(of: segment)
      let height = looks == nil ? height(segment, columns) : nil
      if let height, count + height <= unseen {
        add(Array(repeating: Line(), count: height))
      } else {
        add(wrap(TranscriptMarks.pieces(segment, looks), time: segment.start, columns))
      }
    }
    if count < wanted { add(gaps.map { gapLine($0, state) }) }
    return blocks.reversed().flatMap { $0 }
  }

  /// The furthest the transcript can be scrolled back, at most `limit` lines.
  static func scroll(upTo limit: Int, _ state: DeskState, _ size: Size) -> Int {
    let rect = state.layout(size).transcript
    let wanted = rect.rows + limit
    let count = lines(state, rect, wanted: wanted, unseen: wanted).count
    return min(limit, max(0, count - rect.rows))
  }

  /// How far back the transcript has to be for a segment to be seen; as it is when it is seen already.
  static func scroll(toShow id: Int, _ state: DeskState, _ size: Size) -> Int {
    let rows = state.layout(size).transcript.rows
    var below = 0
    for segment in state.interview.segments.reversed() {
      let height = lineCount(of: segment, state, size)
      if segment.id == id {
        let isSeen = below >= state.scroll && below + height <= state.scroll + rows
        return isSeen ? state.scroll : scroll(upTo: max(0, below - rows / 2), state, size)
      }
      below += height
    }
    return state.scroll
  }

  /// How many lines a segment takes.
  static func lineCount(of segment: TranscriptSegment, _ state: DeskState, _ size: Size) -> Int {
    height(segment, state.layout(size).transcript.columns - timeWidth)
  }

  private static func height(_ segment: TranscriptSegment, _ columns: Int) -> Int {
    let text = segment.speaker.map { "\($0): \(segment.text)" } ?? segment.text
    return Wrap.ranges(text, columns: columns).count
  }

  private static func gapLine(_ gap: RecordingState.Gap, _ state: DeskState) -> Line {
    let key = gap.reason == .offTheRecord ? "transcript.offTheRecord" : "transcript.deviceLost"
    return Line(pieces: [("── " + state.catalogue.text(key) + " ──", Style(.yellow))])
  }

  private static func wrap(
    _ pieces: [(text: String, style: Style)], time: Double, _ columns: Int
  ) -> [Line] {
    let text = pieces.map(\.text).joined()
    var looks: [Style] = []
    for piece in pieces {
      looks += Array(repeating: piece.style, count: piece.text.unicodeScalars.count)
    }
    var lines: [Line] = []
    var place = 0
    var last = text.startIndex
    for range in Wrap.ranges(text, columns: columns) {
      place += text.unicodeScalars.distance(from: last, to: range.lowerBound)
      last = range.upperBound
      let head = lines.isEmpty ? TextWidth.pad(StatusLine.clock(Int(time)), timeWidth) : "      "
      var line = Line(pieces: [(head, .dim)])
      for character in text[range] {
        let look = looks.indices.contains(place) ? looks[place] : .plain
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
