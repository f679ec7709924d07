/// Writes one cell of a CSV file.
///
/// Quoting follows RFC 4180: a cell with a comma, a quote, CR or LF stands in quotes, and quotes in it are doubled.
///
/// The formula guard: a cell that a spreadsheet would run as a formula gets an apostrophe in front. Such
/// cells begin with `=`, `+`, `-`, `@`, a tab, CR, LF or a full-width form of those signs (OWASP, CSV
/// injection). Plain numbers with a sign, and so telephone numbers in E.164 (`+34612345678`), run nothing and
/// stay as they are. A cell of apostrophes followed by such a beginning gets one more, so that a
/// reader that takes one apostrophe away gets every value back.
package enum CSVCell {
  private static let quote = UInt8(ascii: "\"")
  private static let apostrophe = UInt8(ascii: "'")

  /// Appends a cell with its guard and quotes.
  static func append(_ cell: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
    let isGuarded = needsGuard(cell)
    if needsQuotes(cell) {
      buffer.append(quote)
      if isGuarded { buffer.append(apostrophe) }
      for byte in cell {
        if byte == quote { buffer.append(quote) }
        buffer.append(byte)
      }
      buffer.append(quote)
    } else {
      if isGuarded { buffer.append(apostrophe) }
      buffer.append(contentsOf: cell)
    }
  }

  /// Appends a cell of text.
  package static func append(_ text: String, to buffer: inout [UInt8]) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &buffer) }
  }

  private static func needsQuotes(_ cell: UnsafeRawBufferPointer) -> Bool {
    for byte in cell where byte <= UInt8(ascii: ",") {
      switch byte {
      case UInt8(ascii: ","), quote, UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
      default: continue
      }
    }
    return false
  }

  /// Whether the cell begins like a formula, behind any number of apostrophes, and is no plain number.
  static func needsGuard(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard let first = cell.first else { return false }
    // Letters and digits, by far the most common, are done here.
    if first > UInt8(ascii: "@") && first < 0xEF
      || first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9")
    {
      return false
    }
    let start = cell.firstIndex { $0 != apostrophe } ?? cell.count
    guard beginsLikeFormula(cell[start...]) else { return false }
    return start > 0 || !isSignedNumber(cell)
  }

  private static func beginsLikeFormula(_ cell: Slice<UnsafeRawBufferPointer>) -> Bool {
    switch cell.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
      return true
    case 0xEF: return fullWidthSigns.contains { cell.starts(with: $0) }
    default: return false
    }
  }

  private static let fullWidthSigns = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

  /// A sign, digits, and at most one comma or point between them.
  private static func isSignedNumber(_ cell: UnsafeRawBufferPointer) -> Bool {
    guard cell[0] == UInt8(ascii: "+") || cell[0] == UInt8(ascii: "-") else { return false }
    let parts = cell.dropFirst().split(omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
    }
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }
}
