/// A table of a report: what every format is made from.
public struct Table: Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// Machine name, for CSV and JSON.
    public let name: String
    /// Heading for people.
    public let title: String
    /// Whether its cells stand on the right, as numbers do.
    public let isNumber: Bool

    /// Makes a column.
    public init(_ name: String, _ title: String, isNumber: Bool = false) {
      self.name = name
      self.title = title
      self.isNumber = isNumber
    }
  }

  /// A cell.
  public enum Cell: Hashable, Sendable {
    /// Text.
    case text(String)
    /// A number with so many decimals.
    case number(Double, decimals: Int)
    /// A share 0 to 1, shown as percent with one decimal.
    case share(Double)
    /// Nothing to be shown: too few, or not known.
    case none
  }

  /// Its heading.
  public let title: String
  /// Its columns.
  public let columns: [Column]
  /// Its rows, as many cells as there are columns.
  public private(set) var rows: [[Cell]] = []

  /// An empty table.
  public init(_ title: String, _ columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  /// Adds a row.
  public mutating func add(_ row: [Cell]) { rows.append(row) }

  /// Adds several rows.
  public mutating func add(contentsOf more: [[Cell]]) { rows += more }

  /// The table for a terminal.
  public func text(ascii: Bool) -> String {
    var table = TextTable(
      columns.map(\.title), numbers: Set(columns.indices.filter { columns[$0].isNumber }))
    for row in rows { table.add(row.map(\.text)) }
    let head = title.isEmpty ? "" : title + "\n\n"
    return head + table.lines(rule: ascii ? "-" : "─").map { $0 + "\n" }.joined()
  }
}

extension Table.Cell {
  /// As it is shown to people.
  public var text: String {
    switch self {
    case .text(let text): text
    case .number(let value, let decimals): Table.Cell.fixed(value, decimals)
    case .share(let share): Table.Cell.fixed(share * 100, 1) + " %"
    case .none: "–"
    }
  }

  /// As machines read it: a point, no unit; a share stays between 0 and 1.
  public var plain: String {
    switch self {
    case .text(let text): text
    case .number(let value, let decimals): Table.Cell.fixed(value, decimals)
    case .share(let share): Table.Cell.fixed(share, 4)
    case .none: ""
    }
  }

  /// A number with so many decimals, rounded; empty for what is no number.
  package static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return "" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let whole = (abs(value) * scale).rounded()
    guard whole < 9e15 else { return String(value) }
    let digits = String(Int64(whole))
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
