import Terminal

/// Rows of text in columns, for people; what would steer the terminal is made visible.
package struct TextTable {
  private let head: [String]
  private var rows: [[String]] = []
  /// Columns of numbers stand at the right.
  private let numbers: Set<Int>

  /// An empty table.
  ///
  /// - Parameter numbers: columns that stand at the right.
  package init(_ head: [String], numbers: Set<Int> = []) {
    self.head = head
    self.numbers = numbers
  }

  /// Adds a row.
  package mutating func add(_ row: [String]) { rows.append(row.map { Visible.text($0) }) }

  /// The lines, the first two the heads and a rule.
  package func lines(rule sign: Character = "-") -> [String] {
    let widths = head.indices.map { column in
      ([head] + rows).map { $0.indices.contains(column) ? TextWidth.of($0[column]) : 0 }.max()
        ?? 0
    }
    let line = { (row: [String]) -> String in
      let cells = widths.indices.map { column in
        let text = row.indices.contains(column) ? row[column] : ""
        let space = String(repeating: " ", count: max(0, widths[column] - TextWidth.of(text)))
        return numbers.contains(column) ? space + text : text + space
      }
      return cells.joined(separator: "  ").trimmedEnd
    }
    let rule = widths.map { String(repeating: sign, count: $0) }.joined(separator: "  ")
    return [line(head), rule] + rows.map(line)
  }
}

extension String {
  /// The text without space at its end.
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
