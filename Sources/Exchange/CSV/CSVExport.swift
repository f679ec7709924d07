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
    let options = options
    var left = 0
    row.bytes.withUnsafeBytes { bytes in
      layout.adapt(to: row, bytes)
      Self.append(bytes, row.id, to: &buffer)
      buffer.append(Self.comma)
      Timestamp.append(row.submitted, to: &buffer)
      buffer.append(Self.comma)
      Self.append(bytes, row.stage, to: &buffer)
      buffer.append(Self.comma)
      Self.append(bytes, row.form, to: &buffer)
      buffer.append(Self.comma)
      Self.append(bytes, row.formVersion, to: &buffer)
      buffer.append(Self.comma)
      Self.appendList(bytes, row.linked, to: &buffer)
      for index in layout.cells {
        buffer.append(Self.comma)
        let cell = index.map { row.cells[$0] }
        if let cell {
          if !options.holds(cell.status) {
            left += cell.kind == .none ? 0 : 1
          } else if cell.kind == .list {
            Self.appendList(bytes, cell.value, to: &buffer)
          } else {
            Self.append(bytes, cell.value, to: &buffer)
          }
        }
        if options.states {
          buffer.append(Self.comma)
          buffer.append(contentsOf: (cell?.status ?? .empty).rawValue.utf8)
        }
      }
    }
    unconfirmed += left
    buffer.append(contentsOf: Self.lineEnd)
  }

  // Static, so that no call copies the whole export: there are dozens a row.
  private static func append(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to buffer: inout [UInt8]
  ) {
    CSVCell.append(UnsafeRawBufferPointer(rebasing: bytes[range]), to: &buffer)
  }

  private static func appendList(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, to buffer: inout [UInt8]
  ) {
    guard !range.isEmpty else { return }
    var joined: [UInt8] = []
    for byte in bytes[range].dropLast() {
      if byte == PackedRow.itemEnd {
        joined.append(UInt8(ascii: ";"))
        joined.append(UInt8(ascii: " "))
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

  private static let comma = UInt8(ascii: ",")
  private static let lineEnd: [UInt8] = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
}
