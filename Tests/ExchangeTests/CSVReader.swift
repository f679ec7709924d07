/// Reads CSV as RFC 4180 describes it, and nothing else: written apart from the writer, to check it.
struct CSVReader {
  struct Malformed: Error {}

  private var rest: Substring.UnicodeScalarView
  private init(_ text: String) { rest = Substring(text).unicodeScalars }

  /// The rows of a file, which must all end with CRLF.
  static func rows(_ text: String) throws -> [[String]] {
    var reader = CSVReader(text)
    var rows: [[String]] = []
    while !reader.rest.isEmpty { rows.append(try reader.row()) }
    return rows
  }

  /// The rows with the formula guard taken off.
  static func unguardedRows(_ text: String) throws -> [[String]] {
    try rows(text).map { $0.map(unguarded) }
  }

  /// Takes one apostrophe from a cell of apostrophes followed by the beginning of a formula.
  static func unguarded(_ cell: String) -> String {
    let behind = cell.unicodeScalars.drop { $0 == "'" }
    guard cell.unicodeScalars.first == "'", let first = behind.first,
      "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first)
    else { return cell }
    return String(cell.unicodeScalars.dropFirst())
  }

  private mutating func row() throws -> [String] {
    var cells = [try cell()]
    while rest.first == "," {
      rest.removeFirst()
      cells.append(try cell())
    }
    guard rest.popFirst() == "\r", rest.popFirst() == "\n" else { throw Malformed() }
    return cells
  }

  private mutating func cell() throws -> String {
    guard rest.first == "\"" else {
      let plain = rest.prefix { $0 != "," && $0 != "\r" && $0 != "\n" && $0 != "\"" }
      rest.removeFirst(plain.count)
      return String(String.UnicodeScalarView(plain))
    }
    rest.removeFirst()
    var cell = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      guard scalar == "\"" else {
        cell.append(scalar)
        continue
      }
      guard rest.first == "\"" else { return String(cell) }
      rest.removeFirst()
      cell.append("\"")
    }
    throw Malformed()
  }
}
