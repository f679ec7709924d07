import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The focused field in full: value, state in words, the words it came from, other readings; or its editor.
enum DetailPane {
  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    guard let field = state.field, rect.rows > 0 else { return }
    surface.put(
      String(repeating: "─", count: rect.columns), row: rect.row, column: rect.column, style: .dim)
    let title = " " + field.label.text(state.catalogue.language) + " "
    surface.put(
      TextWidth.fit(title, rect.columns - 4), row: rect.row, column: rect.column + 2, style: .bold)
    let inside = Rect(
      row: rect.row + 1, column: rect.column + 1, rows: rect.rows - 1, columns: rect.columns - 2)
    if case .editing(let editing) = state.view {
      edit(editing, field, state, inside, &surface)
    } else {
      let lines = lines(field, state)
      for (index, line) in lines.prefix(inside.rows).enumerated() {
        surface.put(
          TextWidth.fit(line.text, inside.columns), row: inside.row + index, column: inside.column,
          style: line.style)
      }
    }
  }

  private static func lines(
    _ field: FieldDefinition, _ state: DeskState
  ) -> [(text: String, style: Style)] {
    let entry = state.interview.entry(field.name)
    let catalogue = state.catalogue
    var lines: [(text: String, style: Style)] = []
    let word = catalogue.text("state.\(entry.status.rawValue)")
    var head = FieldText.mark(entry.status) + " " + word
    if let value = entry.value { head += ": " + FieldText.text(value, field, state) }
    lines.append((head, FieldText.style(entry.status)))
    if let contested = entry.contested {
      let text = FieldText.text(contested.value, field, state)
      lines.append((catalogue.text("detail.contested", ["value": text]), Style(.yellow)))
    }
    let failed = entry.shownCandidate?.checks.filter { !$0.passed } ?? []
    if let check = failed.first {
      lines.append(("⚠ " + catalogue.text("check.\(check.name)"), Style(.yellow)))
    }
    let alternatives = entry.status.isDecided ? [] : entry.shownCandidate?.alternatives ?? []
    if !alternatives.isEmpty {
      let shown = alternatives.prefix(3).enumerated().map { index, alternative in
        "\(index + 1) \(FieldText.text(alternative.value, field, state))"
      }
      lines.append((shown.joined(separator: "  "), .plain))
    }
    if let evidence = entry.evidence.last {
      let time = StatusLine.clock(Int(evidence.start))
      let isHeard = state.playback?.field == field.name
      lines.append(
        (
          (isHeard ? "▶ " : "") + "«\(evidence.text)» \(time)",
          isHeard ? Style(.black, on: .yellow, .bold) : .dim
        ))
    }
    return lines
  }

  private static func edit(
    _ editing: DeskState.Editing, _ field: FieldDefinition, _ state: DeskState, _ rect: Rect,
    _ surface: inout Surface
  ) {
    let (text, cursor) = editing.editor.window(columns: rect.columns)
    surface.fill(
      Rect(row: rect.row, column: rect.column, rows: 1, columns: rect.columns),
      style: Style(.standard, on: .standard, .underline))
    surface.put(
      text, row: rect.row, column: rect.column, style: Style(.standard, on: .standard, .underline))
    surface.cursor = Point(row: rect.row, column: rect.column + cursor)
    guard rect.rows > 1 else { return }
    let (hint, look) = feedback(editing, field, state)
    let below = Rect(
      row: rect.row + 1, column: rect.column, rows: rect.rows - 1, columns: rect.columns)
    if let choices = state.choices(editing), !choices.entries.isEmpty {
      return draw(choices, editing, hint, look, state, below, &surface)
    }
    var lines = Wrap.lines(hint, columns: rect.columns)
    if below.rows == 1, lines.count > 1 { lines = [TextWidth.fit(hint, rect.columns)] }
    for (index, line) in lines.prefix(below.rows).enumerated() {
      surface.put(line, row: below.row + index, column: rect.column, style: look)
    }
  }

  /// What would be kept, or why it can't be; a warning only once somebody tried to keep it.
  private static func feedback(
    _ editing: DeskState.Editing, _ field: FieldDefinition, _ state: DeskState
  ) -> (String, Style) {
    let catalogue = state.catalogue
    if let problem = editing.problem {
      return ("⚠ " + catalogue.text("input.\(problem.rawValue)"), Style(.yellow))
    }
    let text = editing.editor.text
    if state.choices(editing) != nil {
      let isSeveral = field.type == .multipleChoice
      return (catalogue.text(isSeveral ? "input.severalHint" : "input.choiceHint"), .dim)
    }
    switch FieldInput.value(text, for: field, in: state.form, today: state.today) {
    case .success(let value):
      let kept = FieldText.text(value, field, state)
      return ("✓ " + (kept == text ? catalogue.text("input.hint") : kept), Style(.green))
    case .failure(.empty): return (catalogue.text("input.hint"), .dim)
    case .failure(let problem): return ("… " + catalogue.text("input.\(problem.rawValue)"), .dim)
    }
  }

  /// The choices that fit what is written; Enter takes the one in focus.
  private static func draw(
    _ choices: ChoiceList, _ editing: DeskState.Editing, _ hint: String, _ look: Style,
    _ state: DeskState, _ rect: Rect, _ surface: inout Surface
  ) {
    let focused = state.highlighted(editing)
    let rows = rect.rows > 2 ? rect.rows - 1 : rect.rows
    let first = max(0, min((focused ?? 0) - rows / 2, choices.entries.count - rows))
    let language = state.catalogue.language
    let last = min(choices.entries.count, first + rows)
    for (offset, entry) in choices.entries[first..<last].enumerated() {
      let isFocused = first + offset == focused
      var text = (isFocused ? "▸ " : "  ") + entry.label.text(language)
      if let synonym = choices.synonym(of: entry, language: language) { text += "  ← " + synonym }
      surface.put(
        TextWidth.fit(text, rect.columns), row: rect.row + offset, column: rect.column,
        style: isFocused ? Style(.standard, on: .standard, [.bold, .reverse]) : .plain)
    }
    guard rows < rect.rows else { return }
    let more = choices.entries.count - last
    let line = more > 0 ? "… +\(more) · " + hint : hint
    surface.put(
      TextWidth.fit(line, rect.columns), row: rect.row + rect.rows - 1, column: rect.column,
      style: look)
  }
}
