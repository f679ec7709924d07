import Interview
import Messages
import Terminal

/// Earlier submissions that may be of the same person, and what was decided about each.
enum DuplicateView {
  /// Title and lines of the question; no line names keys.
  static func text(_ state: DeskState) -> (title: String, lines: [String]) {
    let entries = state.duplicateEntries
    var lines = [
      state.catalogue.plural("duplicates.question", max(1, state.duplicates.found.count))
    ]
    for (index, entry) in entries.enumerated() {
      lines.append(describe(entry, number: index + 1, state))
    }
    return (state.catalogue.text("duplicates.title"), lines)
  }

  /// What is the same, in words.
  static func matches(_ entry: DuplicateState.Entry, _ state: DeskState) -> String {
    let words = entry.matches.map { state.catalogue.text("duplicates.\($0.rawValue)") }
    return words.isEmpty
      ? state.catalogue.text("duplicates.nothing") : words.joined(separator: ", ")
  }

  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let focus: Int
    switch state.view {
    case .duplicates(let question): focus = question.focus
    case .prompt(let prompt):
      guard case .duplicateReason(let question) = prompt.purpose else { return }
      focus = question.focus
    default: return
    }
    let entries = state.duplicateEntries
    let columns = min(72, surface.size.columns - 2)
    let (title, texts) = text(state)
    let head = texts.prefix(1).flatMap { Wrap.lines($0, columns: columns - 4) }
    let blocks = texts.dropFirst().map { Wrap.lines($0, columns: columns - 6) }
    let choices = state.view.isAskingReason ? [] : answers(state, columns: columns - 4)
    let middle = Rect(row: 1, rows: surface.size.rows - 3, columns: surface.size.columns)
    // What doesn't fit is scrolled: the entry in focus is always there.
    let room = middle.rows - 2 - head.count - choices.count
    let first = firstShown(blocks, focus: focus, rows: max(1, room))
    let shown = visible(blocks, from: first, rows: max(1, room))
    let rows = head.count + shown.reduce(0) { $0 + blocks[$1].count } + choices.count
    let rect = middle.centered(rows: min(middle.rows, rows + 2), columns: columns)
    surface.fill(rect)
    let more = entries.count > shown.count ? " \(focus + 1)/\(entries.count)" : ""
    surface.box(rect, title: title + more, style: .bold)
    var row = rect.row + 1
    let put = { (line: String, column: Int, style: Style, surface: inout Surface) in
      guard row < rect.row + rect.rows - 1 else { return }
      surface.put(line, row: row, column: rect.column + column, style: style)
      row += 1
    }
    for line in head { put(line, 2, .plain, &surface) }
    for index in shown {
      if index == focus { surface.cursor = Point(row: row, column: rect.column + 2) }
      for (place, line) in blocks[index].enumerated() {
        let mark = place > 0 ? "  " : index == focus ? "▸ " : "  "
        put(mark + line, 2, index == focus ? .bold : .plain, &surface)
      }
    }
    for line in choices { put(line, 2, .dim, &surface) }
  }

  /// What each answer means, with its key.
  private static func answers(_ state: DeskState, columns: Int) -> [String] {
    let ids: [Command.ID] = [.linkDuplicate, .continueDuplicate, .overrideDuplicate]
    return ids.flatMap { id in
      let key = state.keys.keys(id).first.map(Command.name) ?? ""
      return Wrap.lines(
        key + " " + state.catalogue.text("command.\(id.rawValue)"), columns: columns)
    }
  }

  private static func firstShown(_ blocks: [[String]], focus: Int, rows: Int) -> Int {
    guard blocks.indices.contains(focus) else { return 0 }
    var first = focus
    var used = blocks[focus].count
    while first > 0, used + blocks[first - 1].count <= rows {
      first -= 1
      used += blocks[first].count
    }
    return first
  }

  private static func visible(_ blocks: [[String]], from first: Int, rows: Int) -> [Int] {
    var used = 0
    return blocks.indices.dropFirst(first).prefix { index in
      used += blocks[index].count
      return used <= rows || index == first
    }.map { $0 }
  }

  private static func describe(
    _ entry: DuplicateState.Entry, number: Int, _ state: DeskState
  ) -> String {
    var parts = ["\(number). " + (entry.name ?? state.catalogue.text("home.noName"))]
    if !entry.time.isEmpty { parts.append(entry.time) }
    parts.append(String(entry.id.prefix(8)))
    parts.append(matches(entry, state))
    if let decision = state.decision(about: entry.id) {
      parts.append(state.catalogue.text("duplicates.decided.\(decision.choice.rawValue)"))
    }
    return parts.joined(separator: " · ")
  }
}

extension DeskState.View {
  /// Whether the reason for a second submission is being written.
  var isAskingReason: Bool {
    guard case .prompt(let prompt) = self, case .duplicateReason = prompt.purpose else {
      return false
    }
    return true
  }
}
