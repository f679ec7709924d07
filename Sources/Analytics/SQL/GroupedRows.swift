/// Rows brought together by some columns, so that SQLite adds up each group as it comes, and sorts nothing.
///
/// SQLite's own sorting would keep every row, in memory since nothing may reach the disk. Here a group without further
/// columns is a number, and other columns take nine bytes a cell at most: texts are kept once.
struct GroupedRows: RowCursor {
  private struct Group {
    let key: [SQLValue]
    var count = 0
    /// The cells of the other columns, row after row.
    var cells: [UInt8] = []
  }

  private var groups: [Group] = []
  private var texts: [String] = []
  /// Places in a group's key, by column; nil for others.
  private let keyPlaces: [Int?]
  /// Columns that are kept for every row.
  private let kept: [Int]

  private var group = 0
  private var row = 0
  /// Where in the cells of the group the next row begins.
  private var offset = 0
  private var current: [SQLValue] = []

  /// Reads all rows of a cursor.
  init(_ rows: some RowCursor, by columns: [StreamPlan.Group], _ places: [Bool]) throws {
    keyPlaces = places.indices.map { column in columns.firstIndex { $0.column == column } }
    let keyPlaces = keyPlaces
    kept = places.indices.filter { places[$0] && keyPlaces[$0] == nil }
    current = Array(repeating: .null, count: places.count)
    var numbers: [[SQLValue]: Int] = [:]
    var codes: [String: UInt32] = [:]
    var rows = rows
    while !rows.isAtEnd {
      let key = columns.map { rows.value($0.column) }
      let number = numbers[key] ?? groups.count
      if number == groups.count {
        numbers[key] = number
        groups.append(Group(key: key))
      }
      groups[number].count += 1
      for column in kept {
        Self.append(rows.value(column), to: &groups[number].cells, &texts, &codes)
      }
      try rows.next()
    }
    groups.sort { Self.isBefore($0.key, $1.key, columns) }
    decode()
  }

  var isAtEnd: Bool { group >= groups.count }

  func value(_ column: Int) -> SQLValue {
    keyPlaces[column].map { groups[group].key[$0] } ?? current[column]
  }

  mutating func next() {
    row += 1
    if row >= groups[group].count {
      groups[group].cells = []
      group += 1
      (row, offset) = (0, 0)
    }
    decode()
  }

  private mutating func decode() {
    guard !isAtEnd else { return }
    for column in kept { current[column] = cell() }
  }

  private static func append(
    _ value: SQLValue, to cells: inout [UInt8], _ texts: inout [String],
    _ codes: inout [String: UInt32]
  ) {
    switch value {
    case .null: cells.append(0)
    case .integer(let number):
      cells.append(1)
      withUnsafeBytes(of: number) { cells.append(contentsOf: $0) }
    case .real(let number):
      cells.append(2)
      withUnsafeBytes(of: number.bitPattern) { cells.append(contentsOf: $0) }
    case .text(let text):
      let code = codes[text] ?? UInt32(texts.count)
      if code == UInt32(texts.count) {
        codes[text] = code
        texts.append(text)
      }
      cells.append(3)
      withUnsafeBytes(of: code) { cells.append(contentsOf: $0) }
    }
  }

  private mutating func cell() -> SQLValue {
    let kind = groups[group].cells[offset]
    offset += 1
    switch kind {
    case 1: return .integer(Int64(bitPattern: number(UInt64.self)))
    case 2: return .real(Double(bitPattern: number(UInt64.self)))
    case 3: return .text(texts[Int(number(UInt32.self))])
    default: return .null
    }
  }

  private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
    defer { offset += MemoryLayout<Number>.size }
    return groups[group].cells.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: offset, as: type)
    }
  }

  private static func isBefore(
    _ a: [SQLValue], _ b: [SQLValue], _ columns: [StreamPlan.Group]
  ) -> Bool {
    for ((a, b), column) in zip(zip(a, b), columns) where a != b {
      return column.isDescending ? b < a : a < b
    }
    return false
  }
}

extension SQLValue: Comparable {
  /// SQLite's order: nothing, then numbers, then texts by their bytes.
  public static func < (a: SQLValue, b: SQLValue) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: a.rank == b.rank ? (a.number ?? 0) < (b.number ?? 0) : a.rank < b.rank
    }
  }

  private var rank: Int {
    switch self {
    case .null: 0
    case .integer, .real: 1
    case .text: 2
    }
  }

  private var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    case .null, .text: nil
    }
  }
}
