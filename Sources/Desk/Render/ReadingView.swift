import Messages
import Terminal

/// A page of text that may be longer than the screen.
enum ReadingView {
  /// A piece of a line.
  typealias Part = (text: String, column: Int, style: Style)

  /// What is read.
  struct Page {
    let title: String
    let lines: [[Part]]
  }

  static func draw(_ page: Page, _ state: DeskState, _ surface: inout Surface) {
    let size = surface.size
    surface.put(
      " " + TextWidth.fit(page.title, size.columns - 2), row: 1, column: 0, style: .bold)
    let rows = rows(size)
    let first = min(state.readingScroll, furthest(page, size))
    for (index, line) in page.lines[first..<min(page.lines.count, first + rows)].enumerated() {
      for part in line {
        surface.put(part.text, row: 2 + index, column: part.column, style: part.style)
      }
    }
    if first + rows < page.lines.count {
      let more = state.catalogue.text(
        "help.more", ["n": String(page.lines.count - first - rows)])
      surface.put(
        more, row: 1, column: max(0, size.columns - TextWidth.of(more) - 1), style: .dim)
    }
    surface.cursor = Point(row: 1, column: 1)
  }

  private static func rows(_ size: Size) -> Int { max(1, size.rows - 4) }

  private static func furthest(_ page: Page, _ size: Size) -> Int {
    max(0, page.lines.count - rows(size))
  }

  /// The furthest that what is being read can be scrolled.
  static func furthest(_ state: DeskState, _ size: Size) -> Int {
    switch state.view {
    case .help: furthest(HelpView.page(state, size), size)
    case .record(let record): furthest(RecordView.page(record, state, size), size)
    case .dashboard(let numbers):
      furthest(DashboardView.page(numbers, state, size), size)
    default: 0
    }
  }
}
