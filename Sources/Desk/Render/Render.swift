import Extraction
import Forms
import Interview
import Messages
import Terminal

/// Draws the desk. Pure: the same state and size give the same surface.
public func render(_ state: DeskState, _ size: Size) -> Surface {
  var surface = Surface(size)
  guard Layout.fits(size) else {
    tooSmall(state, &surface)
    return surface
  }
  let layout = state.layout(size)
  StatusLine.draw(state, layout.status, &surface)
  switch state.view {
  case .consent: ConsentView.draw(state, &surface)
  case .receipt(let id): Dialogs.receipt(id, state, &surface)
  case .help: HelpView.draw(state, &surface)
  case .interview, .editing, .confirmSubmit, .confirmQuit:
    TranscriptPane.draw(state, layout.transcript, &surface)
    FormPane.draw(state, layout.form, &surface)
    DetailPane.draw(state, layout.detail, &surface)
    if layout.isWide { divider(layout, &surface) }
    if state.view == .confirmSubmit { Dialogs.confirmSubmit(state, &surface) }
    if state.view == .confirmQuit { Dialogs.confirmQuit(state, &surface) }
  }
  noticeLine(state, layout.notice, &surface)
  KeyBar.draw(state, layout.bar, &surface)
  return surface
}

/// One line in the middle: what size is needed, and that the recording goes on.
private func tooSmall(_ state: DeskState, _ surface: inout Surface) {
  guard surface.size.rows > 0, surface.size.columns > 0 else { return }
  let phase = StatusLine.phase(state)
  let size = "\(Layout.minimum.columns)x\(Layout.minimum.rows)"
  let needed = state.catalogue.text("screen.tooSmall", ["size": size])
  // As much as there is room for; the sign of the recording and the size at least.
  let lines = [phase + " · " + needed, phase + " · " + size, phase.prefix(1) + " " + size, size]
  let columns = surface.size.columns
  let line = lines.first { TextWidth.of($0) <= columns } ?? size
  surface.put(
    TextWidth.fit(line, columns), row: (surface.size.rows - 1) / 2,
    column: max(0, (columns - TextWidth.of(line)) / 2), style: .bold)
}

private func divider(_ layout: Layout, _ surface: inout Surface) {
  let column = layout.transcript.columns
  for row in layout.transcript.row..<layout.transcript.row + layout.transcript.rows {
    surface.put("│", row: row, column: column, style: .dim)
  }
}

private func noticeLine(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
  if let notice = state.notice {
    let style = notice.weight == .problem ? Style(.red, on: .standard, .bold) : Style(.cyan)
    let lines = state.noticeLines(columns: rect.columns)
    for (index, line) in lines.prefix(rect.rows).enumerated() {
      let isCut = index == rect.rows - 1 && lines.count > rect.rows
      surface.put(
        TextWidth.fit(isCut ? line + " " + lines[index + 1] : line, rect.columns),
        row: rect.row + index, column: 0, style: style)
    }
    return
  }
  guard state.interview.header != nil, state.view != .consent else { return }
  let progress = Progress(state: state.interview, form: state.form)
  var parts = [
    state.catalogue.text(
      "progress.answered",
      ["answered": String(progress.answered), "total": String(progress.total)])
  ]
  if !progress.unconfirmed.isEmpty {
    parts.append(state.catalogue.plural("progress.unconfirmed", progress.unconfirmed.count))
  }
  if !progress.missing.isEmpty {
    let labels = progress.missing.prefix(3).compactMap {
      state.form.field($0)?.label.text(state.catalogue.language)
    }
    parts.append(
      state.catalogue.text("progress.missing", ["fields": labels.joined(separator: ", ")]))
  }
  surface.put(
    TextWidth.fit(parts.joined(separator: " · "), rect.columns), row: rect.row, column: 0,
    style: .dim)
}
