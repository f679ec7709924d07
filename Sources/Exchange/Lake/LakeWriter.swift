import Forms
import Interview
import Store

/// Writes submissions as a lake wants them: flat records, the same columns in JSON Lines and CSV.
///
/// `submission_id, submitted_at, began_at, form_version, language, linked_to` (other submissions of the same person),
/// then for every field its value and `<field>_state`. What stands in the path (stage, office, day, form) is not repeated. Values that no person
/// confirmed or wrote are null, and only their state tells of them.
package struct LakeWriter {
  /// The columns that every record has before its fields.
  static let fixed = ["submission_id", "submitted_at", "began_at", "form_version", "language"]
  /// The column of other submissions of the same person.
  static let linked = "linked_to"

  private let form: FormDefinition
  private let columns: [FieldDefinition]
  /// Fields that may be written; nil for all, also those that the form does not know.
  private let allowed: Set<String>?
  private var layout: RowLayout

  /// - Parameter withoutIdentity: leaves out fields that identify the person.
  package init(form: FormDefinition, withoutIdentity: Bool) {
    self.form = form
    columns = form.fields.filter { !(withoutIdentity && $0.identifying) }
    allowed = withoutIdentity ? Set(columns.map(\.name.rawValue)) : nil
    layout = RowLayout(form: form, columns: columns)
  }

  /// What stands before the records.
  package func header(_ format: LakeFormat) -> [UInt8] {
    guard format == .csv else { return [] }
    let names =
      Self.fixed + [Self.linked]
      + columns.flatMap { [$0.name.rawValue, $0.name.rawValue + "_state"] }
    return Array((names.joined(separator: ",") + "\r\n").utf8)
  }

  /// Appends one record with its line end.
  package mutating func append(
    _ row: borrowing PackedRow, _ format: LakeFormat, to buffer: inout [UInt8]
  ) {
    switch format {
    case .jsonl: appendObject(row, to: &buffer)
    case .csv: appendCells(row, to: &buffer)
    }
  }

  private func appendObject(_ row: borrowing PackedRow, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "{"))
    for (name, value) in zip(Self.fixed, Self.values(row)) {
      JSONText.appendKey(name.utf8, to: &buffer)
      JSONText.append(value.utf8, to: &buffer)
    }
    JSONText.appendKey(Self.linked.utf8, to: &buffer)
    ValuesJSON.appendList(row, row.linked, to: &buffer)
    for cell in row.cells {
      let name = row.text(cell.name)
      guard allowed?.contains(name) ?? true else { continue }
      JSONText.appendKey(name.utf8, to: &buffer)
      if cell.status.isDecided && cell.kind != .none {
        ValuesJSON.appendValue(row, cell, to: &buffer)
      } else {
        buffer.append(contentsOf: "null".utf8)
      }
      JSONText.appendKey((name + "_state").utf8, to: &buffer)
      JSONText.append(cell.status.rawValue.utf8, to: &buffer)
    }
    buffer.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "\n")])
  }

  private mutating func appendCells(_ row: borrowing PackedRow, to buffer: inout [UInt8]) {
    row.bytes.withUnsafeBytes { layout.adapt(to: row, $0) }
    for (index, value) in Self.values(row).enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      CSVCell.append(Self.oneLine(value), to: &buffer)
    }
    buffer.append(UInt8(ascii: ","))
    CSVCell.append(FieldValue.list(row.items(row.linked)).displayText, to: &buffer)
    for index in layout.cells {
      buffer.append(UInt8(ascii: ","))
      let cell = index.map { row.cells[$0] }
      if let cell, cell.status.isDecided, let value = row.value(cell) {
        CSVCell.append(Self.oneLine(value.displayText), to: &buffer)
      }
      buffer.append(UInt8(ascii: ","))
      buffer.append(contentsOf: (cell?.status ?? .empty).rawValue.utf8)
    }
    buffer.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }

  private static func values(_ row: borrowing PackedRow) -> [String] {
    [
      row.text(row.id), HTTPDate.iso(row.submitted / 1_000), HTTPDate.iso(row.created / 1_000),
      row.text(row.formVersion), row.text(row.language),
    ]
  }

  /// The text with a space for every line break: many engines split files at line breaks, in quotes or not.
  package static func oneLine(_ text: String) -> String {
    // Every line break is a control character, or begins with one of two bytes.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }),
      text.unicodeScalars.contains(where: isLineBreak)
    else { return text }
    var result = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if !isLineBreak(scalar) {
        result.append(scalar)
      } else if !(scalar == "\n" && before == "\r") {
        result.append(" ")
      }
      before = scalar
    }
    return String(result)
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
