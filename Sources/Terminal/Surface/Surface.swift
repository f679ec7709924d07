/// One cell of the screen.
public struct Cell: Hashable, Sendable {
  /// What is drawn: one grapheme cluster.
  public let glyph: Character
  /// Columns it takes: 1 or 2; 0 marks the second half of a wide one.
  public let width: Int
  /// How it looks.
  public var style: Style

  /// An empty cell of this look.
  public static func blank(_ style: Style = .plain) -> Cell {
    Cell(glyph: " ", width: 1, style: style)
  }

  /// The second half of a wide cell.
  static func tail(_ style: Style) -> Cell { Cell(glyph: " ", width: 0, style: style) }
}

/// A rectangle of cells to draw on; a value, compared and tested like any other.
///
/// Whatever is written stays inside: text is clipped at the edges, a wide character is never cut
/// in half, and control characters are replaced before they can reach a terminal.
public struct Surface: Hashable, Sendable {
  /// Rows and columns.
  public let size: Size
  /// Where the terminal's own cursor goes; screen readers follow it. Nil hides it.
  public var cursor: Point?
  private var cells: [Cell]

  /// An empty surface.
  public init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank(), count: size.rows * size.columns)
  }

  /// The whole area.
  public var bounds: Rect { Rect(rows: size.rows, columns: size.columns) }

  /// The cell at a place; a blank outside.
  public subscript(row: Int, column: Int) -> Cell {
    guard bounds.contains(Point(row: row, column: column)) else { return .blank() }
    return cells[row * size.columns + column]
  }

  /// The cells of one row.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Writes text from a place to the right.
  ///
  /// - Parameters:
  ///   - text: any text; line breaks and other control characters are shown replaced.
  ///   - limit: how many columns it may take at most; to the edge when left out.
  /// - Returns: the number of columns it took.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, row: Int, column: Int, style: Style = .plain, limit: Int = .max
  ) -> Int {
    guard row >= 0, row < size.rows else { return 0 }
    let end = min(size.columns, limit == .max ? size.columns : column + limit)
    var at = column
    for character in text {
      let (glyph, width) = TextWidth.drawable(character)
      guard at + width <= end else { break }
      if at >= 0 { set(glyph, width: width, row: row, column: at, style: style) }
      at += width
    }
    return max(0, at - column)
  }

  private mutating func set(_ glyph: Character, width: Int, row: Int, column: Int, style: Style) {
    guard width > 0 else { return }
    release(row: row, column: column)
    if width == 2 { release(row: row, column: column + 1) }
    let place = row * size.columns + column
    cells[place] = Cell(glyph: glyph, width: width, style: style)
    if width == 2 { cells[place + 1] = .tail(style) }
  }

  /// Blanks the other half of a wide character that is about to lose one.
  private mutating func release(row: Int, column: Int) {
    let place = row * size.columns + column
    switch cells[place].width {
    case 0 where column > 0: cells[place - 1] = .blank(cells[place - 1].style)
    case 2 where column + 1 < size.columns: cells[place + 1] = .blank(cells[place + 1].style)
    default: break
    }
  }

  /// Fills a rectangle with blanks of this look.
  public mutating func fill(_ rect: Rect, style: Style = .plain, with glyph: Character = " ") {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.row + rect.rows)) {
      for column in max(
        0, rect.column)..<max(
          0, rect.column, min(size.columns, rect.column + rect.columns))
      {
        set(glyph, width: 1, row: row, column: column, style: style)
      }
    }
  }

  /// Changes the look of a rectangle and leaves its text.
  public mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    for row in max(0, rect.row)..<max(0, rect.row, min(size.rows, rect.row + rect.rows)) {
      for column in max(
        0, rect.column)..<max(
          0, rect.column, min(size.columns, rect.column + rect.columns))
      {
        let place = row * size.columns + column
        cells[place].style = change(cells[place].style)
      }
    }
  }

  /// Draws a frame along the edge of a rectangle, with a title in the top edge.
  public mutating func box(_ rect: Rect, title: String = "", style: Style = .plain) {
    guard rect.rows >= 2, rect.columns >= 2 else { return }
    let line = String(repeating: "─", count: rect.columns - 2)
    let last = rect.row + rect.rows - 1
    put("┌" + line + "┐", row: rect.row, column: rect.column, style: style)
    put("└" + line + "┘", row: last, column: rect.column, style: style)
    for row in rect.row + 1..<max(rect.row + 1, last) {
      put("│", row: row, column: rect.column, style: style)
      put("│", row: row, column: rect.column + rect.columns - 1, style: style)
    }
    guard !title.isEmpty, rect.columns > 6 else { return }
    put(
      " \(TextWidth.fit(title, rect.columns - 6)) ", row: rect.row, column: rect.column + 2,
      style: style.adding(.bold))
  }

  /// Draws another surface with its top left corner at this place.
  public mutating func draw(_ other: Surface, row: Int, column: Int) {
    for y in 0..<other.size.rows where (0..<size.rows).contains(row + y) {
      for x in 0..<other.size.columns where (0..<size.columns).contains(column + x) {
        let cell = other[y, x]
        guard cell.width > 0, column + x + cell.width <= size.columns else { continue }
        set(cell.glyph, width: cell.width, row: row + y, column: column + x, style: cell.style)
      }
    }
    if let inner = other.cursor {
      cursor = Point(row: row + inner.row, column: column + inner.column)
    }
  }

  /// The text of the rows, without trailing blanks.
  public var lines: [String] {
    (0..<size.rows).map { index in
      var line = ""
      for cell in row(index) where cell.width > 0 { line.append(cell.glyph) }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The text of the surface for golden files; with `styles`, a second picture of the looks and its legend.
  public func dump(styles: Bool = false) -> String {
    var text = lines.joined(separator: "\n") + "\n"
    if let cursor { text += "@ \(cursor.row),\(cursor.column)\n" }
    guard styles else { return text }
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    var legend: [Style: Character] = [.plain: "."]
    var order: [Style] = []
    for index in 0..<size.rows {
      var line = ""
      for cell in row(index) {
        if legend[cell.style] == nil {
          legend[cell.style] = order.count < letters.count ? letters[order.count] : "?"
          order.append(cell.style)
        }
        line.append(legend[cell.style] ?? "?")
      }
      text += line + "\n"
    }
    for style in order { text += "\(legend[style] ?? "?") \(style.code)\n" }
    return text
  }
}
