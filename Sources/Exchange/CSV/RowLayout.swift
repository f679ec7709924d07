import Forms
import Foundation
import Store

/// Which cell of a packed row belongs to which column.
///
/// Rows of one form version have the same layout, so it is
/// worked out once and then only compared.
struct RowLayout {
  /// For every column the cell that holds it.
  private(set) var cells: [Int?] = []
  /// Fields with values that the form lacks.
  private(set) var omitted: Set<String> = []
  private let columns: [[UInt8]]
  private let known: Set<String>
  /// Cells without a column although the form may not know them.
  private var strangers: [Int] = []
  private var names: [[UInt8]] = []

  init(form: FormDefinition, columns: [FieldDefinition]) {
    self.columns = columns.map { Array($0.name.rawValue.utf8) }
    known = Set(form.fields.map(\.name.rawValue))
  }

  /// Makes ``cells`` fit a row whose bytes are given.
  mutating func adapt(to row: borrowing PackedRow, _ bytes: UnsafeRawBufferPointer) {
    if !fits(row, bytes) {
      names = row.cells.map { Array(bytes[$0.name]) }
      cells = columns.map(names.firstIndex(of:))
      strangers = names.indices.filter {
        !known.contains(String(decoding: names[$0], as: UTF8.self))
      }
    }
    for stranger in strangers where row.cells[stranger].kind != .none {
      omitted.insert(String(decoding: names[stranger], as: UTF8.self))
    }
  }

  private func fits(_ row: borrowing PackedRow, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard row.cells.count == names.count, !names.isEmpty else { return false }
    for (index, name) in names.enumerated() {
      let range = row.cells[index].name
      guard range.count == name.count, !range.isEmpty, let start = bytes.baseAddress,
        memcmp(start + range.lowerBound, name, name.count) == 0
      else { return false }
    }
    return true
  }
}
