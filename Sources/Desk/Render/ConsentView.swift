import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The question before anything is recorded, with the text to read aloud.
enum ConsentView {
  static func draw(_ state: DeskState, _ surface: inout Surface) {
    let columns = min(72, surface.size.columns - 4)
    let paragraphs = text(state).split(separator: "\n")
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
  /// What is read aloud: what is kept, why and for how long, and what may be answered.
  static func text(_ state: DeskState) -> String {
    guard state.hasSound else { return state.catalogue.text("consent.typingText") }
    let retention = state.catalogue.text(state.keepsAudio ? "consent.kept" : "consent.deleted")
    return state.catalogue.text("consent.text", ["retention": retention])
  }

  /// Where a box would cut the text: every row, edge to edge.
  private static func drawBare(_ paragraphs: [String], _ surface: inout Surface) {
    let lines = paragraphs.flatMap { Wrap.lines($0, columns: surface.size.columns - 1) }
    for (index, line) in lines.prefix(surface.size.rows - 2).enumerated() {
      surface.put(line, row: 1 + index, column: 0)
    }
    surface.cursor = Point(row: 1, column: 0)
  }
}
