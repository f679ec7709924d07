/// Rows and columns.
public struct Size: Hashable, Sendable {
  /// Number of rows, zero or more.
  public let rows: Int
  /// Number of columns, zero or more.
  public let columns: Int

  /// Makes a size; negative numbers count as zero.
  public init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }
}

/// A place on a surface, from 0, 0 at the top left.
public struct Point: Hashable, Sendable {
  /// Row from the top.
  public let row: Int
  /// Column from the left.
  public let column: Int

  /// Makes a place.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// A rectangle of cells.
public struct Rect: Hashable, Sendable {
  /// Row of the top edge.
  public let row: Int
  /// Column of the left edge.
  public let column: Int
  /// Number of rows, zero or more.
  public let rows: Int
  /// Number of columns, zero or more.
  public let columns: Int

  /// Makes a rectangle; negative extents count as zero.
  public init(row: Int = 0, column: Int = 0, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// Whether the place lies inside.
  public func contains(_ point: Point) -> Bool {
    (row..<row + rows).contains(point.row) && (column..<column + columns).contains(point.column)
  }

  /// The rectangle without this many cells at each edge.
  public func inset(_ rows: Int, _ columns: Int) -> Rect {
    Rect(
      row: row + rows, column: column + columns, rows: self.rows - 2 * rows,
      columns: self.columns - 2 * columns)
  }

  /// Cut into a top part of this height and the rest.
  public func top(_ height: Int) -> (Rect, Rect) {
    let height = min(max(0, height), rows)
    return (
      Rect(row: row, column: column, rows: height, columns: columns),
      Rect(row: row + height, column: column, rows: rows - height, columns: columns)
    )
  }

  /// Cut into the rest and a bottom part of this height.
  public func bottom(_ height: Int) -> (Rect, Rect) { top(rows - min(max(0, height), rows)) }

  /// Cut into a left part of this width and the rest.
  public func left(_ width: Int) -> (Rect, Rect) {
    let width = min(max(0, width), columns)
    return (
      Rect(row: row, column: column, rows: rows, columns: width),
      Rect(row: row, column: column + width, rows: rows, columns: columns - width)
    )
  }

  /// A rectangle of this size in the middle, no larger than this one.
  public func centered(rows: Int, columns: Int) -> Rect {
    let height = min(rows, self.rows)
    let width = min(columns, self.columns)
    return Rect(
      row: row + (self.rows - height) / 2, column: column + (self.columns - width) / 2,
      rows: height, columns: width)
  }
}
