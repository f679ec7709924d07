import Messages
import Terminal

/// Long work: where an export is to go, and how far it is.
enum WorkView {
  /// The box in which the file of an export is written.
  static func draw(
    _ exporting: DeskState.Exporting, _ state: DeskState, _ surface: inout Surface
  ) {
    let columns = min(72, surface.size.columns - 2)
    let room = columns - 4
    let notes = notes(exporting, state).flatMap { Wrap.lines($0, columns: room) }
    let formats = DeskState.ExportRequest.Format.allCases
    let middle = Rect(row: 1, rows: surface.size.rows - 3, columns: surface.size.columns)
    let rect = middle.centered(
      rows: min(formats.count + notes.count + 3, middle.rows), columns: columns)
    surface.fill(rect)
    surface.box(rect, title: state.catalogue.text("export.title"), style: .bold)
    for (index, format) in formats.enumerated() {
      let isChosen = format == exporting.format
      let text = (isChosen ? "▸ " : "  ") + state.catalogue.text("export.\(format.rawValue)")
      surface.put(
        TextWidth.fit(text, room), row: rect.row + 1 + index, column: rect.column + 2,
        style: isChosen ? .bold : .plain)
    }
    let row = rect.row + 1 + formats.count
    let (text, cursor) = exporting.editor.window(columns: room - 1)
    surface.put(
      TextWidth.pad(text, room), row: row, column: rect.column + 2,
      style: Style(.standard, on: .standard, [.bold, .underline]))
    for (index, line) in notes.prefix(max(0, rect.rows - formats.count - 3)).enumerated() {
      surface.put(
        line, row: row + 1 + index, column: rect.column + 2,
        style: exporting.taken == nil ? .dim : Style(.red, on: .standard, .bold))
    }
    surface.cursor = Point(row: row, column: rect.column + 2 + cursor)
  }

  /// What has to be known before it is written.
  static func notes(_ exporting: DeskState.Exporting, _ state: DeskState) -> [String] {
    if let path = exporting.taken, path == exporting.editor.text {
      return [state.catalogue.text("export.taken", ["path": path])]
    }
    return [state.catalogue.text("export.note")]
  }

  /// `exportando 42 %  420/1000`, with a bar where there is room, and how to cancel it.
  static func line(_ work: DeskState.LongWork, _ state: DeskState, columns: Int) -> String {
    let text = short(work, state)
    let hint = work.isCancelling ? "" : " · " + state.catalogue.text("work.cancelHint")
    guard work.total > 0 else { return TextWidth.fit(text + hint, columns) }
    let filled = min(20, 20 * work.done / work.total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
    let counts = "  \(work.done)/\(work.total)"
    let long = text + "  " + bar + counts + hint
    return TextWidth.of(long) <= columns ? long : TextWidth.fit(text + counts + hint, columns)
  }

  /// `exportando 42 %`: what the first row has room for.
  static func short(_ work: DeskState.LongWork, _ state: DeskState) -> String {
    if work.isCancelling { return state.catalogue.text("work.cancelling") }
    let name = state.catalogue.text("work.\(work.kind.rawValue)")
    guard work.total > 0 else { return work.done > 0 ? "\(name) \(work.done)" : name }
    return "\(name) \(min(100, 100 * work.done / work.total)) %"
  }

  /// What is neither sent nor exported yet; nothing where everything is.
  static func waiting(_ state: DeskState) -> String? {
    guard let lists = state.home.lists else { return nil }
    var parts: [String] = []
    if lists.unsent > 0 { parts.append(state.catalogue.plural("status.unsent", lists.unsent)) }
    if lists.unexported > 0 {
      parts.append(state.catalogue.plural("home.unexported", lists.unexported))
    }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }
}
