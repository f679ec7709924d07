import Extraction
import Forms
import Interview
import Terminal

/// What is marked in the transcript: words behind values, what is looked for, what sounds.
struct TranscriptMarks {
  /// How the text of a segment looks: a style for every scalar, and what is written between scalars.
  struct Looks {
    var styles: [Style]
    var signs: [(place: Int, text: String, style: Style)] = []
  }

  /// Words that stand behind a value.
  private struct Mark {
    let range: Range<Int>
    let style: Style
    let letter: Character
  }

  private let marks: [Int: [Mark]]
  private let search: DeskState.TranscriptSearch?
  private let playing: Evidence?

  init(_ state: DeskState) {
    search = state.reading.search
    playing = state.playback?.evidence
    var marks: [Int: [Mark]] = [:]
    for (index, field) in state.form.fields.enumerated() {
      let entry = state.interview.entry(field.name)
      let isFocused = index == state.focus
      let style = FieldText.style(entry.status).adding(isFocused ? .reverse : .underline)
      for evidence in entry.evidence {
        marks[evidence.segment, default: []].append(
          Mark(range: evidence.characters, style: style, letter: FieldText.letter(index)))
      }
    }
    self.marks = marks.mapValues { $0.sorted { $0.range.lowerBound < $1.range.lowerBound } }
  }

  /// How a segment looks; nil when nothing in it is marked.
  func looks(of segment: TranscriptSegment) -> Looks? {
    let marks = marks[segment.id] ?? []
    let matches = search.map { TranscriptMatch.all($0.query, in: segment) } ?? []
    let sounds = playing?.segment == segment.id ? playing : nil
    guard !(marks.isEmpty && matches.isEmpty && sounds == nil) else { return nil }
    let count = segment.text.unicodeScalars.count
    var looks = Looks(styles: Array(repeating: .plain, count: count))
    var covered = 0
    for mark in marks {
      let range = mark.range.clamped(to: 0..<count)
      // Overlapping marks share their words: the first keeps them.
      for place in max(covered, range.lowerBound)..<max(covered, range.upperBound) {
        looks.styles[place] = mark.style
      }
      covered = max(covered, range.upperBound)
      looks.signs.append((covered, "[\(mark.letter)]", .dim))
    }
    for match in matches {
      let isFocused = search?.match == match
      for place in match.range.clamped(to: 0..<count) {
        looks.styles[place] = isFocused ? Style(.black, on: .cyan, .bold) : .reverse
      }
      if isFocused { looks.signs.append((match.range.lowerBound, "»", .bold)) }
    }
    if let sounds {
      let range = sounds.characters.clamped(to: 0..<count)
      for place in range { looks.styles[place] = Style(.black, on: .yellow, .bold) }
      looks.signs.append((range.lowerBound, "▶", .bold))
    }
    looks.signs.sort { $0.place < $1.place }
    return looks
  }

  /// A segment cut where its look changes, with its signs and its speaker.
  static func pieces(
    _ segment: TranscriptSegment, _ looks: Looks?
  ) -> [(text: String, style: Style)] {
    var pieces: [(text: String, style: Style)] = []
    if let speaker = segment.speaker { pieces.append((speaker + ": ", .bold)) }
    guard let looks else { return pieces + [(segment.text, .plain)] }
    var signs = looks.signs[...]
    var run = String.UnicodeScalarView()
    var style = looks.styles.first ?? .plain
    let flush = {
      if !run.isEmpty { pieces.append((String(run), style)) }
      run.removeAll()
    }
    for (place, scalar) in segment.text.unicodeScalars.enumerated() {
      while let sign = signs.first, sign.place <= place {
        flush()
        pieces.append((sign.text, sign.style))
        signs.removeFirst()
      }
      if looks.styles[place] != style {
        flush()
        style = looks.styles[place]
      }
      run.append(scalar)
    }
    flush()
    pieces += signs.map { ($0.text, $0.style) }
    return pieces
  }
}
