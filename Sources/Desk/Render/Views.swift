import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The question before anything is recorded, with the text to read aloud.
enum ConsentView {
  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let columns = min(72, surface.size.columns - 4)
    let key = state.hasSound ? "consent.text" : "consent.typingText"
    let paragraphs = state.catalogue.text(key).split(separator: "\n")
    var lines: [String] = []
    for paragraph in paragraphs {
      lines += Wrap.lines(String(paragraph), columns: columns - 4) + [""]
    }
    let rows = min(lines.count + 2, surface.size.rows - 3)
    let middle = Rect(row: 1, rows: surface.size.rows - 3, columns: surface.size.columns)
    let box = middle.centered(rows: rows, columns: columns)
    surface.box(box, title: state.catalogue.text("consent.title"))
    for (index, line) in lines.prefix(box.rows - 2).enumerated() {
      surface.put(line, row: box.row + 1 + index, column: box.column + 2)
    }

  }
}

/// The list of keys, made from the command table.
enum HelpView {
  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let area = Rect(row: 1, rows: surface.size.rows - 2, columns: surface.size.columns)
    surface.put(
      " " + state.catalogue.text("help.title"), row: area.row, column: 0, style: .bold)
    let columns = surface.size.columns >= 76 ? 2 : 1
    let width = surface.size.columns / columns
    let perColumn = (Command.table.count + columns - 1) / columns
    for (index, command) in Command.table.enumerated() {
      let row = area.row + 2 + index % perColumn
      let column = index / perColumn * width + 1
      guard row < area.row + area.rows else { continue }
      let keys = command.keys.map(Command.name).joined(separator: " ")
      surface.put(TextWidth.fit(keys, 13), row: row, column: column, style: Style(.cyan))
      surface.put(
        TextWidth.fit(state.catalogue.text("command.\(command.id.rawValue)"), width - 16),
        row: row, column: column + 14)
    }
    let legend = [FieldStatus.suggested, .doubtful, .confirmed, .edited, .refused].map {
      FieldText.mark($0) + " " + state.catalogue.text("state.\($0.rawValue)")
    }.joined(separator: "   ")
    surface.put(
      TextWidth.fit(" " + legend, surface.size.columns), row: area.row + area.rows - 1, column: 0,
      style: .dim)

  }
}

/// Questions and the receipt, in a box in the middle; the status line above stays visible.
enum Dialogs {
  static func confirmSubmit(_ state: DeskState, _ surface: inout Surface) {
    let progress = Progress(state: state.interview, form: state.form)
    var lines: [String] = []
    if !progress.unconfirmed.isEmpty {
      lines.append(state.catalogue.plural("submit.unconfirmed", progress.unconfirmed.count))
    }
    if !progress.missing.isEmpty {
      let labels = progress.missing.compactMap {
        state.form.field($0)?.label.text(state.catalogue.language)
      }
      lines.append(
        state.catalogue.text("submit.missing", ["fields": labels.joined(separator: ", ")]))
    }
    lines.append(state.catalogue.text("submit.question"))
    box(state.catalogue.text("submit.title"), lines, &surface)

  }

  static func confirmQuit(_ state: DeskState, _ surface: inout Surface) {
    box(state.catalogue.text("quit.title"), [state.catalogue.text("quit.question")], &surface)

  }

  static func receipt(
    _ id: String, _ state: DeskState, _ surface: inout Surface
  ) {
    let lines = [
      state.catalogue.text("receipt.saved"), id, state.catalogue.text("receipt.next"),
    ]
    box(state.catalogue.text("receipt.title"), lines, &surface)

  }

  private static func box(_ title: String, _ paragraphs: [String], _ surface: inout Surface) {
    let columns = min(64, surface.size.columns - 4)
    let lines = paragraphs.flatMap { Wrap.lines($0, columns: columns - 4) }
    let middle = Rect(row: 1, rows: surface.size.rows - 3, columns: surface.size.columns)
    let rect = middle.centered(rows: lines.count + 2, columns: columns)
    surface.fill(rect)
    surface.box(rect, title: title, style: .bold)
    for (index, line) in lines.prefix(rect.rows - 2).enumerated() {
      surface.put(line, row: rect.row + 1 + index, column: rect.column + 2)
    }
    surface.cursor = Point(row: rect.row + 1, column: rect.column + 2)
  }
}
