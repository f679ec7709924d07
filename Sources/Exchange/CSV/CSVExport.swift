import Forms
import Interview
import Store
import Vault

/// Writes submissions as CSV (RFC 4180): CRLF, one header, UTF-8, one row a submission.
///
/// Columns come in a fixed order: `submission_id, submitted_at, stage, form_id, form_version, linked_to` (other
/// submissions of the same person), then the form's fields. Items of a list are joined by `; `. A field without a value is an empty cell.
struct CSVExport {
  private let columns: [FieldDefinition]
  private let options: ExportOptions
  private var layout: RowLayout
  /// Values left out because no person confirmed or wrote them.
  private(set) var unconfirmed = 0

  init(form: FormDefinition, options: ExportOptions) {
    self.options = options
    columns = form.fields.filter { !(options.leavesOutIdentity && $0.identifying) }
    layout = RowLayout(form: form, columns: columns)
  }

  /// Fields with values that the form lacks.
  var omitted: Set<String> { layout.omitted }

  /// Appends what stands before the rows.
  func appendHeader(to buffer: inout [UInt8]) {
    if options.byteOrderMark { buffer.append(contentsOf: [0xEF, 0xBB, 0xBF]) }
    appendLine(
      ["submission_id", "submitted_at", "stage", "form_id", "form_version", "linked_to"],
      field: { $0.name.rawValue }, state: { $0.name.rawValue + "_state" }, to: &buffer)
    if options.hxl {
      appendLine(HXL.identification, field: HXL.tag, state: HXL.stateTag, to: &buffer)
    }
  }

  /// Appends one submission.
  mutating func append(_ row: borrowing PackedRow, to buffer: inout [UInt8]) {
    row.bytes.withUnsafeBytes { bytes in
      layout.adapt(to: row, bytes)
      CSVCell.append(UnsafeRawBufferPointer(rebasing: bytes[row.id]), to: &buffer)
      buffer.append(UInt8(ascii: ","))
      Timestamp.append(row.submitted, to: &buffer)
      for part in [row.stage, row.form, row.formVersion] {
        buffer.append(UInt8(ascii: ","))
        CSVCell.append(UnsafeRawBufferPointer(rebasing: bytes[part]), to: &buffer)
      }
      buffer.append(UInt8(ascii: ","))
      appendList(UnsafeRawBufferPointer(rebasing: bytes[row.linked]), to: &buffer)
      for index in layout.cells {
        buffer.append(UInt8(ascii: ","))
        let cell = index.map { row.cells[$0] }
        if let cell {
          if options.holds(cell.status) {
            append(cell, bytes, to: &buffer)
          } else if cell.kind != .none {
            unconfirmed += 1
          }
        }
        if options.states {
          buffer.append(UInt8(ascii: ","))
          buffer.append(contentsOf: (cell?.status ?? .empty).rawValue.utf8)
        }
      }
    }
    buffer.append(contentsOf: Self.lineEnd)
  }

  private func append(
    _ cell: PackedRow.Cell, _ bytes: UnsafeRawBufferPointer, to buffer: inout [UInt8]
  ) {
    let value = UnsafeRawBufferPointer(rebasing: bytes[cell.value])
    if cell.kind == .list {
      appendList(value, to: &buffer)
    } else {
      CSVCell.append(value, to: &buffer)
    }
  }

  private func appendList(_ items: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
    guard !items.isEmpty else { return }
    var joined: [UInt8] = []
    for byte in items.dropLast() {
      if byte == PackedRow.itemEnd {
        joined.append(contentsOf: [UInt8(ascii: ";"), UInt8(ascii: " ")])
      } else {
        joined.append(byte)
      }
    }
    joined.withUnsafeBytes { CSVCell.append($0, to: &buffer) }
  }

  private func appendLine(
    _ fixed: [String], field: (FieldDefinition) -> String, state: (FieldDefinition) -> String,
    to buffer: inout [UInt8]
  ) {
    let cells = fixed + columns.flatMap { options.states ? [field($0), state($0)] : [field($0)] }
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      CSVCell.append(cell, to: &buffer)
    }
    buffer.append(contentsOf: Self.lineEnd)
  }

  private static let lineEnd: [UInt8] = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
}
