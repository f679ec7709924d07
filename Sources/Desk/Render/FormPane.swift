import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The form: sections and fields, each with its state and its value.
enum FormPane {
  private enum Row {
    case section(FormSection)
    case field(FieldDefinition, Int)
  }

  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    let visible = window(state, rect)
    for (offset, row) in visible.enumerated() {
      let place = rect.row + offset
      switch row {
      case .section(let section):
        let title = section.title.text(state.catalogue.language)
        surface.put(
          TextWidth.fit(title, rect.columns - 1), row: place, column: rect.column + 1,
          style: Style(.standard, on: .standard, [.bold, .underline]))
      case .field(let field, let index):
        let line = Rect(row: place, column: rect.column, rows: 1, columns: rect.columns)
        draw(field, index, state, line, &surface)
      }
    }
  }

  /// The index of the field in that row of the screen.
  static func field(at row: Int, _ state: DeskState, _ rect: Rect) -> Int? {
    let visible = window(state, rect)
    guard visible.indices.contains(row - rect.row),
      case .field(_, let index) = visible[row - rect.row]
    else { return nil }
    return index
  }

  /// The rows that can be seen, the focused field among them.
  private static func window(_ state: DeskState, _ rect: Rect) -> [Row] {
    var rows: [Row] = []
    var index = 0
    var focused = 0
    for section in state.form.sections {
      rows.append(.section(section))
      for field in section.fields {
        if index == state.focus { focused = rows.count }
        rows.append(.field(field, index))
        index += 1
      }
    }
    let first = max(0, min(focused - rect.rows / 2, rows.count - rect.rows))
    return Array(rows[first..<min(rows.count, first + rect.rows)])
  }

  private static func draw(
    _ field: FieldDefinition, _ index: Int, _ state: DeskState, _ line: Rect,
    _ surface: inout Surface
  ) {
    let isFocused = index == state.focus
    let entry = state.interview.entry(field.name)
    let (value, isPreview) = state.shown(field.name)
    let status = entry.status
    let style = FieldText.style(status)
    let labelWidth = min(24, line.columns * 2 / 5)
    let mark = isPreview && value != nil ? "≈" : FieldText.mark(status)
    surface.put(isFocused ? "▸" : " ", row: line.row, column: line.column, style: .bold)
    surface.put(mark, row: line.row, column: line.column + 1, style: style)
    surface.put(
      String(FieldText.letter(index)), row: line.row, column: line.column + 3, style: .dim)
    let label = TextWidth.fit(
      field.label.text(state.catalogue.language), labelWidth - (field.required ? 2 : 1))
    surface.put(
      label + (field.required ? "*" : ""), row: line.row, column: line.column + 5,
      style: isFocused ? .bold : .plain)
    let start = line.column + 5 + labelWidth
    let tail = tail(entry, field, state, line.columns, hasPreview: value != nil)
    let room = line.column + line.columns - start - (tail.isEmpty ? 0 : TextWidth.of(tail) + 1)
    if let value {
      let text = FieldText.text(value, field, state)
      let look = isPreview ? Style(.standard, on: .standard, [.dim, .italic]) : style
      surface.put(TextWidth.fit(text, max(1, room)), row: line.row, column: start, style: look)
    } else if status.isDecided {
      surface.put(
        TextWidth.fit(state.catalogue.text("state.\(status.rawValue)"), max(1, room)),
        row: line.row, column: start, style: style)
    }
    if !tail.isEmpty {
      surface.put(
        tail, row: line.row, column: line.column + line.columns - TextWidth.of(tail), style: style)
    }
    if isFocused, surface.cursor == nil {
      surface.cursor = Point(row: line.row, column: line.column + 1)
    }
  }

  /// The state in a word, and how sure extraction is of what waits for a person; narrow forms have the percentage only.
  private static func tail(
    _ entry: FieldEntry, _ field: FieldDefinition, _ state: DeskState, _ columns: Int,
    hasPreview: Bool
  ) -> String {
    let word = { (key: String) in state.catalogue.text(key) }
    if entry.contested != nil { return word("state.contested") }
    if entry.status == .empty { return field.required && !hasPreview ? word("state.missing") : "" }
    let isWide = columns >= 56
    guard let candidate = entry.shownCandidate, !entry.status.isDecided else {
      return isWide && entry.value != nil ? word("state.\(entry.status.rawValue)") : ""
    }
    let percent = "\(Int((candidate.confidence * 100).rounded()))%"
    let isShort = !isWide && entry.status == .suggested
    return isShort ? percent : word("state.\(entry.status.rawValue)") + " " + percent
  }
}
