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
    guard lines.count + 2 <= surface.size.rows - 3 else {
      return drawBare(paragraphs.map(String.init), &surface)
    }
    let rows = lines.count + 2
    let middle = Rect(row: 1, rows: surface.size.rows - 3, columns: surface.size.columns)
    let box = middle.centered(rows: rows, columns: columns)
    surface.box(box, title: state.catalogue.text("consent.title"))
    for (index, line) in lines.prefix(box.rows - 2).enumerated() {
      surface.put(line, row: box.row + 1 + index, column: box.column + 2)
    }
    surface.cursor = Point(row: box.row + 1, column: box.column + 2)
  }
}

extension ConsentView {
  /// Where a box would cut the text: every row, edge to edge.
  private static func drawBare(_ paragraphs: [String], _ surface: inout Surface) {
    let lines = paragraphs.flatMap { Wrap.lines($0, columns: surface.size.columns - 1) }
    for (index, line) in lines.prefix(surface.size.rows - 2).enumerated() {
      surface.put(line, row: 1 + index, column: 0)
    }
    surface.cursor = Point(row: 1, column: 0)
  }
}

/// The keys that work where the help was opened, made from the command table, and the marks.
enum HelpView {
  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let size = surface.size
    surface.put(" " + state.catalogue.text("help.title"), row: 1, column: 0, style: .bold)
    let lines = lines(state, size)
    let rows = max(1, size.rows - 4)
    let first = min(state.helpScroll, furthest(state, size))
    for (index, line) in lines[first..<min(lines.count, first + rows)].enumerated() {
      for part in line {
        surface.put(part.text, row: 2 + index, column: part.column, style: part.style)
      }
    }
    if first + rows < lines.count {
      let more = state.catalogue.text(
        "help.more", ["n": String(lines.count - first - rows)])
      surface.put(more, row: 1, column: max(0, size.columns - TextWidth.of(more) - 1), style: .dim)
    }
    surface.cursor = Point(row: 1, column: 1)
  }

  /// The furthest the help can be scrolled.
  static func furthest(_ state: DeskState, _ size: Size) -> Int {
    max(0, lines(state, size).count - max(1, size.rows - 4))
  }

  private typealias Part = (text: String, column: Int, style: Style)

  private static func lines(_ state: DeskState, _ size: Size) -> [[Part]] {
    guard case .help(let before) = state.view else { return [] }
    var opener = state
    opener.view = before
    let commands = Command.available(in: opener.context)
    let columns = size.columns >= 110 ? 2 : 1
    let width = size.columns / columns
    let perColumn = (commands.count + columns - 1) / columns
    var lines = [[Part]](repeating: [], count: perColumn)
    for (index, command) in commands.enumerated() {
      let column = index / perColumn * width + 1
      let keys = state.keys.keys(command.id).map(Command.name).joined(separator: " ")
      let help = state.catalogue.text("command.\(command.id.rawValue)")
      lines[index % perColumn] += [
        (TextWidth.fit(keys, 12), column, Style(.cyan)),
        (TextWidth.fit(help, width - 15), column + 13, .plain),
      ]
    }
    lines.append([])
    let marks = FieldStatus.allCases.map {
      // A blank that does not break keeps a mark with its words.
      (FieldText.mark($0) + " " + state.catalogue.text("state.\($0.rawValue)"))
        .replacing(" ", with: "\u{A0}")
    }
    let legend = [
      marks.joined(separator: "  "), state.catalogue.text("help.transcript"),
      state.catalogue.text("help.alternatives"), state.catalogue.text("help.functionKeys"),
    ]
    for text in legend {
      lines += Wrap.lines(text, columns: size.columns - 2).map {
        [($0.replacing("\u{A0}", with: " "), 1, .plain)]
      }
    }
    return lines
  }
}

/// Questions and the receipt, in a box in the middle; the status line above stays visible.
enum Dialogs {
  static func confirmSubmit(_ state: DeskState, _ surface: inout Surface) {
    let (title, lines) = submitText(state)
    box(title, lines, &surface)
  }

  static func confirmQuit(_ state: DeskState, _ surface: inout Surface) {
    let (title, lines) = quitText(state)
    box(title, lines, &surface)
  }

  /// Title and lines of the question; the last line names the keys.
  static func submitText(_ state: DeskState) -> (title: String, lines: [String]) {
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
    return (state.catalogue.text("submit.title"), lines)
  }

  /// Title and lines of the question; the last line names the keys.
  static func quitText(_ state: DeskState) -> (title: String, lines: [String]) {
    var lines: [String] = []
    if state.unsavedEvents > 0 {
      lines.append(state.catalogue.plural("quit.unsavedEvents", state.unsavedEvents))
    }
    if state.sound.isBlocked, state.sound.waiting > 0 {
      lines.append(state.catalogue.plural("quit.waitingSound", state.sound.waiting))
    }
    lines.append(state.catalogue.text("quit.question"))
    return (state.catalogue.text("quit.title"), lines)
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
