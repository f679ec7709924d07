import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The first screen: drafts to go on with, what was submitted today, or what a search found.
enum HomeView {
  private enum Row {
    case heading(String)
    case text(String)
    case blank
    case entry(HomeState.Entry, Int)
  }

  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let size = surface.size
    let form = state.form.title.text(state.catalogue.language)
    let title = " " + (form.hasPrefix("Acogida") ? form : "Acogida · " + form)
    surface.put(TextWidth.fit(title, size.columns), row: 1, column: 0, style: .bold)
    let day = state.home.lists?.day ?? state.today
    if TextWidth.of(title) + day.count + 3 <= size.columns {
      surface.put(day, row: 1, column: size.columns - day.count - 1, style: .dim)
    }
    let rect = Rect(row: 2, rows: size.rows - 4, columns: size.columns)
    let rows = rows(state)
    let focused = rows.firstIndex { row in
      if case .entry(_, state.home.focus) = row { return true }
      return false
    }
    let first = max(0, min((focused ?? 0) - rect.rows / 2, rows.count - rect.rows))
    for (offset, row) in rows[first..<min(rows.count, first + rect.rows)].enumerated() {
      draw(row, rect.row + offset, state, &surface)
    }
    if surface.cursor == nil { surface.cursor = Point(row: 1, column: 1) }
  }

  private static func rows(_ state: DeskState) -> [Row] {
    let text = { (key: String) in state.catalogue.text(key) }
    if let search = state.home.search { return found(search, state) }
    guard let lists = state.home.lists else { return [.blank, .text(text("home.reading"))] }
    var rows: [Row] = []
    let sections = [
      (state.catalogue.plural("home.drafts", lists.drafts.count), lists.drafts, 0),
      (state.catalogue.plural("home.today", lists.today.count), lists.today, lists.drafts.count),
    ]
    for (heading, entries, offset) in sections where !entries.isEmpty {
      rows += [.blank, .heading(heading)]
      rows += entries.enumerated().map { .entry($0.element, offset + $0.offset) }
    }
    if lists.today.isEmpty { rows += [.blank, .text(text("home.nothingToday"))] }
    if lists.drafts.isEmpty { rows += [.blank, .text(text("home.noDrafts"))] }
    return rows
  }

  private static func found(_ search: HomeState.Search, _ state: DeskState) -> [Row] {
    var rows: [Row] = [
      .blank,
      .heading(
        state.catalogue.plural("home.found", search.found.count, ["words": search.query])),
    ]
    rows += search.found.enumerated().map { .entry($0.element, $0.offset) }
    if search.isRunning { rows.append(.text(state.catalogue.text("home.searching"))) }
    return rows
  }

  private static func draw(
    _ row: Row, _ place: Int, _ state: DeskState, _ surface: inout Surface
  ) {
    let columns = surface.size.columns
    switch row {
    case .blank: break
    case .heading(let text):
      surface.put(
        TextWidth.fit(text, columns - 2), row: place, column: 1,
        style: Style(.standard, on: .standard, [.bold, .underline]))
    case .text(let text):
      surface.put(TextWidth.fit(text, columns - 2), row: place, column: 1, style: .dim)
    case .entry(let entry, let index):
      draw(entry, isFocused: index == state.home.focus, place, state, &surface)
    }
  }

  private static func draw(
    _ entry: HomeState.Entry, isFocused: Bool, _ place: Int, _ state: DeskState,
    _ surface: inout Surface
  ) {
    let columns = surface.size.columns
    let look: Style = isFocused ? .bold : .plain
    surface.put(isFocused ? "▸" : " ", row: place, column: 0, style: .bold)
    let mark = entry.isDamaged ? "⚠" : entry.isDraft ? "✎" : "✓"
    surface.put(
      mark, row: place, column: 1,
      style: entry.isDamaged ? Style(.yellow) : Style(entry.isDraft ? .cyan : .green))
    let isToday = entry.day == state.home.lists?.day ?? state.today
    let time = isToday ? entry.time : columns >= 72 ? entry.day + " " + entry.time : entry.day
    var column = 3 + surface.put(time, row: place, column: 3, style: .dim) + 2
    let details = details(entry, state, isLong: columns >= 72)
    let room = columns - column - (details.isEmpty ? 0 : TextWidth.of(details) + 2)
    let name = entry.name ?? state.catalogue.text("home.noName")
    let shown = TextWidth.fit(name, max(8, room))
    column += surface.put(
      shown, row: place, column: column, style: entry.name == nil ? look.adding(.dim) : look)
    if columns - TextWidth.of(details) > column {
      surface.put(
        details, row: place, column: columns - TextWidth.of(details) - 1, style: .dim)
    }
    if isFocused { surface.cursor = Point(row: place, column: 1) }
  }

  /// What is left to do in a draft, or the number of a submission.
  static func details(
    _ entry: HomeState.Entry, _ state: DeskState, isLong: Bool
  ) -> String {
    if entry.isDamaged { return state.catalogue.text("home.damaged") }
    guard case .draft(let unconfirmed, let missing) = entry.kind else {
      return isLong ? state.catalogue.text("home.saved", ["id": String(entry.id.prefix(8))]) : ""
    }
    guard isLong else { return "" }
    var parts = [state.catalogue.plural("home.answered", entry.answered)]
    if unconfirmed > 0 {
      parts.append(state.catalogue.plural("progress.unconfirmed", unconfirmed))
    }
    if missing > 0 { parts.append(state.catalogue.plural("home.missing", missing)) }
    return parts.joined(separator: " · ")
  }
}
