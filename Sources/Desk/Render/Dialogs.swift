import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Questions and the receipt, in a box in the middle; the status line above stays visible.
enum Dialogs {
  /// The question that waits for an answer, if there is one.
  static func question(_ state: DeskState, _ surface: inout Surface) {
    switch state.view {
    case .confirmSubmit: confirmSubmit(state, &surface)
    case .confirmQuit: confirmQuit(state, &surface)
    case .confirmDiscard(let entry): confirmDiscard(entry, state, &surface)
    default: break
    }
  }

  private static func confirmDiscard(
    _ entry: HomeState.Entry, _ state: DeskState, _ surface: inout Surface
  ) {
    let (title, lines) = discardText(entry, state)
    box(title, lines, &surface)
  }

  /// Title and lines of the question; the last line names the keys.
  static func discardText(
    _ entry: HomeState.Entry, _ state: DeskState
  ) -> (title: String, lines: [String]) {
    let name = entry.name ?? state.catalogue.text("home.noName")
    let lines = [
      "\(name) · \(entry.day) \(entry.time)", state.catalogue.text("discard.question"),
    ]
    return (state.catalogue.text("discard.title"), lines)
  }

  private static func confirmSubmit(_ state: DeskState, _ surface: inout Surface) {
    let (title, lines) = submitText(state)
    box(title, lines, &surface)
  }

  private static func confirmQuit(_ state: DeskState, _ surface: inout Surface) {
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
