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
      lines.append(("«\(evidence.text)» \(time)", .dim))
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
    let below: (String, Style)
    if let problem = editing.problem {
      below = ("⚠ " + state.catalogue.text("input.\(problem.rawValue)"), Style(.yellow))
    } else {
      below = (state.catalogue.text("input.hint"), .dim)
    }
    guard rect.rows > 1 else { return }
    let labels = (state.form.vocabulary(of: field)?.entries ?? [])
      .map { $0.label.text(state.catalogue.language) }.joined(separator: ", ")
    var lines = Wrap.lines(below.0, columns: rect.columns).map { ($0, below.1) }
    if rect.rows == 2, lines.count > 1 { lines = [(TextWidth.fit(below.0, rect.columns), below.1)] }
    if !labels.isEmpty { lines += Wrap.lines(labels, columns: rect.columns).map { ($0, .dim) } }
    for (index, line) in lines.prefix(rect.rows - 1).enumerated() {
      surface.put(line.0, row: rect.row + 1 + index, column: rect.column, style: line.1)
    }
  }
}
