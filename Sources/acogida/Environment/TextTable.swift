import Terminal

/// Rows of text in columns, for people.
struct TextTable {
  private let head: [String]
  private var rows: [[String]] = []
  /// Columns of numbers stand at the right.
  private let numbers: Set<Int>

  init(_ head: [String], numbers: Set<Int> = []) {
    self.head = head
    self.numbers = numbers
  }

  mutating func add(_ row: [String]) { rows.append(row.map { Visible.text($0) }) }

  /// The lines, the first two the heads and a rule.
  var lines: [String] {
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
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
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

/// Shares and measures in words.
enum Figure {
  /// One decimal.
  static func short(_ value: Double) -> String { fixed(value, 1) }

  /// A share as whole percent; a dash for nothing.
  static func percent(_ share: Double?) -> String {
    share.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
  }

  /// With so many decimals, rounded.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "-" }
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let rounded = (abs(value) * factor).rounded()
    let whole = Int((rounded / factor).rounded(.down))
    let rest = String(Int(rounded - Double(whole) * factor))
    let sign = value < 0 && rounded > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    return sign + "\(whole)." + String(repeating: "0", count: max(0, decimals - rest.count)) + rest
  }
}

/// The shape of an answer.
enum AnswerFormat: String, CaseIterable {
  case table
  case csv
  case json
}
