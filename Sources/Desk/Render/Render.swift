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
  if let cover = state.cover {
    CoverView.draw(state, cover, &surface)
    return surface
  }
  let layout = state.layout(size)
  StatusLine.draw(state, layout.status, &surface)
  switch state.view {
  case .home, .confirmDiscard, .exporting: HomeView.draw(state, &surface)
  case .prompt(let prompt) where prompt.purpose == .home: HomeView.draw(state, &surface)
  case .consent: ConsentView.draw(state, &surface)
  case .receipt(let id): Dialogs.receipt(id, state, &surface)
  case .help: ReadingView.draw(HelpView.page(state, size), state, &surface)
  case .record(let record): ReadingView.draw(RecordView.page(record, state, size), state, &surface)
  case .dashboard(let numbers):
    ReadingView.draw(DashboardView.page(numbers, state, size), state, &surface)
  case .interview, .editing, .prompt, .duplicates, .confirmSubmit, .confirmQuit:
    TranscriptPane.draw(state, layout.transcript, &surface)
    FormPane.draw(state, layout.form, &surface)
    DetailPane.draw(state, layout.detail, &surface)
    if layout.isWide { divider(layout, &surface) }
  }
  Dialogs.question(state, &surface)
  if case .exporting(let exporting) = state.view {
    WorkView.draw(exporting, state, &surface)
  }
  DuplicateView.draw(state, &surface)
  if case .prompt(let prompt) = state.view {
    NoticeLine.draw(prompt, state, layout.notice, &surface)
  } else {
    NoticeLine.draw(state, layout.notice, &surface)
  }
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
