import Interview
import Messages
import Terminal

/// The covered screen: names nobody, and says whether the recording goes on.
enum CoverView {
  static func draw(_ state: DeskState, _ cover: CoverState, _ surface: inout Surface) {
    let columns = min(64, surface.size.columns - 2)
    let paragraphs = text(state) + asking(state, cover)
    let lines = paragraphs.flatMap { Wrap.lines($0, columns: columns - 4) }
    let all = Rect(rows: surface.size.rows, columns: surface.size.columns)
    let rect = all.centered(rows: min(surface.size.rows, lines.count + 2), columns: columns)
    surface.box(rect, title: state.catalogue.text("cover.title"), style: .bold)
    for (index, line) in lines.prefix(rect.rows - 2).enumerated() {
      surface.put(line, row: rect.row + 1 + index, column: rect.column + 2)
    }
    let last = min(lines.count, rect.rows - 2)
    let width = lines.indices.contains(last - 1) ? TextWidth.of(lines[last - 1]) : 0
    surface.cursor = Point(row: rect.row + last, column: rect.column + 2 + width)
  }

  /// What the cover is: whether something is recorded behind it, and how much it protects.
  static func text(_ state: DeskState) -> [String] {
    let text = { (key: String) in state.catalogue.text(key) }
    let recording: [String] =
      switch state.phase {
      case .recording, .deviceLost: [StatusLine.words(state) + ". " + text("cover.recording")]
      case .paused: [StatusLine.words(state) + "."]
      case .idle, .stopped: []
      }
    let rules = state.coverRules
    if rules.hasPassphrase { return recording + [text("cover.passphrase")] }
    return recording + [
      text("cover.curtain"), text(rules.anyKey ? "cover.anyKey" : "cover.enter"),
    ]
  }

  /// The line for the passphrase, and what became of the last one.
  private static func asking(_ state: DeskState, _ cover: CoverState) -> [String] {
    guard state.coverRules.hasPassphrase else { return [] }
    if cover.isChecking { return [state.catalogue.text("cover.checking")] }
    let dots = String(repeating: "•", count: min(32, cover.secret.count))
    return (cover.problem.map { [$0] } ?? []) + ["> " + dots]
  }
}
