import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The last row: the most useful keys; a click on one presses it.
enum KeyBar {
  private struct Item {
    let id: Command.ID
    let key: String
    let label: String
    var width: Int { TextWidth.of(key) + TextWidth.of(label) + 2 }
  }

  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    var column = rect.column
    for item in items(state, rect.columns) {
      column += surface.put(item.key, row: rect.row, column: column, style: .reverse)
      column += surface.put(" " + item.label + " ", row: rect.row, column: column)
    }
  }

  /// The command drawn at that column.
  static func command(at column: Int, _ state: DeskState, _ columns: Int) -> Command.ID? {
    var start = 0
    for item in items(state, columns) {
      if (start..<start + item.width).contains(column) { return item.id }
      start += item.width
    }
    return nil
  }

  /// The commands of this view that fit.
  private static func items(_ state: DeskState, _ columns: Int) -> [Item] {
    var used = 0
    var items: [Item] = []
    let context = state.context
    let isFinding = context == .finding
    let commands = Command.available(in: context).filter {
      // The search has taken this key.
      $0.bar != nil && !(isFinding && $0.id == .nextOpen)
    }
    .sorted { ($0.bar ?? 0) < ($1.bar ?? 0) }
    for command in commands {
      guard let key = shownKey(command, state), isUseful(command.id, state) else { continue }
      let item = Item(
        id: command.id, key: Command.name(key),
        label: state.catalogue.text("bar.\(label(command.id, state))"))
      guard used + item.width <= columns else { continue }
      used += item.width
      items.append(item)
    }
    return items
  }

  /// Where no line is edited, the plain letter is easier than a function key; where one is, it only types.
  private static func shownKey(_ command: Command, _ state: DeskState) -> Key? {
    let keys = state.keys.keys(command.id)
    if state.context == .editing { return keys.first { $0.typed == nil } }
    return keys.first { $0.typed != nil && command.context == .everywhere } ?? keys.first
  }

  /// Where words to look for are written, Enter looks for them.
  private static func label(_ id: Command.ID, _ state: DeskState) -> String {
    if case .prompt(let prompt) = state.view, id == .keep, prompt.isSearch {
      return Command.ID.searchTranscript.rawValue
    }
    if case .exporting = state.view, id == .keep { return Command.ID.exportAll.rawValue }
    return id.rawValue
  }

  private static func isUseful(_ id: Command.ID, _ state: DeskState) -> Bool {
    switch id {
    case .pause: state.phase.isUnderWay
    case .help: state.context != .reading
    case .undo: state.interview.canUndo
    case .duplicates: !state.duplicateEntries.isEmpty
    case .openEntry: state.home.entry != nil
    case .discard: state.home.entry?.isDraft == true
    case .sendAll: state.home.lists?.hasTarget == true && state.work == nil
    case .exportAll: state.work == nil
    case .cancelWork: state.work?.isCancelling == false
    default: true
    }
  }
}
