import Analytics
import Exchange
import Foundation
import Reports
import Terminal

/// Writes what a query answers.
enum SQLAnswer {
  /// Runs a query and writes its answer to standard output; a long table on a terminal goes through the pager.
  static func write(
    _ query: String, _ session: SQLSession, _ format: AnswerFormat, usesPager: Bool
  ) throws {
    switch format {
    case .table:
      let lines = try table(query, session)
      if usesPager, isatty(1) == 1, lines.count > Pager.height {
        try Pager.show(lines)
      } else {
        try Output.line(lines.joined(separator: "\n"))
      }
    case .csv: try csv(query, session)
    case .json: try json(query, session)
    }
  }

  /// The answer as lines; a table has to know its widths, so it is kept.
  static func table(_ query: String, _ session: SQLSession) throws -> [String] {
    var head: [String] = []
    var rows: [[SQLValue]] = []
    try session.run(query, head: { head = $0 }, row: { rows.append($0) })
    let numbers = head.indices.filter { column in
      rows.contains { if case .text = $0[column] { false } else { $0[column] != .null } }
    }
    var table = TextTable(head, numbers: Set(numbers))
    for row in rows { table.add(row.map { $0 == .null ? "NULL" : $0.text }) }
    return table.lines()
  }

  private static func csv(_ query: String, _ session: SQLSession) throws {
    var buffer: [UInt8] = []
    let line = { (cells: [String]) throws in
      for (index, cell) in cells.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        CSVCell.append(cell, to: &buffer)
      }
      buffer.append(contentsOf: "\r\n".utf8)
      if buffer.count > 1 << 16 { try flush(&buffer) }
    }
    try session.run(query, head: line, row: { try line($0.map(\.text)) })
    try flush(&buffer)
  }

  /// JSON Lines: one object a row.
  private static func json(_ query: String, _ session: SQLSession) throws {
    var buffer: [UInt8] = []
    var names: [String] = []
    try session.run(
      query, head: { names = $0 },
      row: { row in
        buffer.append(UInt8(ascii: "{"))
        for (name, value) in zip(names, row) {
          JSONText.appendKey(name.utf8, to: &buffer)
          switch value {
          case .null: buffer.append(contentsOf: "null".utf8)
          case .text(let text): JSONText.append(text.utf8, to: &buffer)
          case .integer, .real: buffer.append(contentsOf: value.text.utf8)
          }
        }
        buffer.append(contentsOf: "}\n".utf8)
        if buffer.count > 1 << 16 { try flush(&buffer) }
      })
    try flush(&buffer)
  }

  private static func flush(_ buffer: inout [UInt8]) throws {
    try Output.write(String(decoding: buffer, as: UTF8.self))
    buffer.removeAll(keepingCapacity: true)
  }
}
