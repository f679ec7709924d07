import Forms
import Interview
import Store

/// Writes a submission's values as one JSON object, without what was said.
///
/// `{"schema":"acogida.values/1","id":…,"submitted_at":…,"stage":…,"form":…,"form_version":…,"language":…,
/// "linked_to":[…],/// "fields":{NAME:{"state":…,"value":…}}}`. A field without a value
/// has no `value`; nor, unless asked for, has one whose value no person confirmed or wrote.
struct ValuesJSON {
  static let schema = "acogida.values/1"

  /// Names of the fields that may be written; nil for all.
  ///
  /// A field the form does not know might identify somebody.
  private let allowed: Set<String>?
  private let options: ExportOptions

  init(form: FormDefinition, options: ExportOptions) {
    self.options = options
    allowed =
      options.leavesOutIdentity
      ? Set(form.fields.filter { !$0.identifying }.map(\.name.rawValue)) : nil
  }

  /// Appends one submission, without a line end; returns how many values were left out.
  func append(_ row: borrowing PackedRow, to buffer: inout [UInt8]) -> Int {
    var unconfirmed = 0
    buffer.append(UInt8(ascii: "{"))
    append("schema", Array(Self.schema.utf8)[...], to: &buffer)
    append("id", row.bytes[row.id], to: &buffer)
    JSONText.appendKey("submitted_at".utf8, to: &buffer)
    buffer.append(UInt8(ascii: "\""))
    Timestamp.append(row.submitted, to: &buffer)
    buffer.append(UInt8(ascii: "\""))
    append("stage", row.bytes[row.stage], to: &buffer)
    append("form", row.bytes[row.form], to: &buffer)
    append("form_version", row.bytes[row.formVersion], to: &buffer)
    append("language", row.bytes[row.language], to: &buffer)
    JSONText.appendKey("linked_to".utf8, to: &buffer)
    Self.appendList(row, row.linked, to: &buffer)
    JSONText.appendKey("fields".utf8, to: &buffer)
    buffer.append(UInt8(ascii: "{"))
    for cell in row.cells where allowed?.contains(row.text(cell.name)) ?? true {
      JSONText.appendKey(row.bytes[cell.name], to: &buffer)
      buffer.append(UInt8(ascii: "{"))
      append("state", Array(cell.status.rawValue.utf8)[...], to: &buffer)
      if options.holds(cell.status) {
        if cell.kind != .none {
          JSONText.appendKey("value".utf8, to: &buffer)
          Self.appendValue(row, cell, to: &buffer)
        }
      } else if cell.kind != .none {
        unconfirmed += 1
      }
      buffer.append(UInt8(ascii: "}"))
    }
    buffer.append(contentsOf: [UInt8(ascii: "}"), UInt8(ascii: "}")])
    return unconfirmed
  }

  private func append(_ key: String, _ text: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
    JSONText.appendKey(key.utf8, to: &buffer)
    JSONText.append(text, to: &buffer)
  }

  /// Appends the value of a cell that has one.
  static func appendValue(
    _ row: borrowing PackedRow, _ cell: PackedRow.Cell, to buffer: inout [UInt8]
  ) {
    switch cell.kind {
    case .text: JSONText.append(row.bytes[cell.value], to: &buffer)
    case .integer, .boolean: buffer.append(contentsOf: row.bytes[cell.value])
    case .list: appendList(row, cell.value, to: &buffer)
    case .none: break
    }
  }

  /// Appends the items of a list.
  static func appendList(
    _ row: borrowing PackedRow, _ range: Range<Int>, to buffer: inout [UInt8]
  ) {
    buffer.append(UInt8(ascii: "["))
    let items = row.bytes[range].split(
      separator: PackedRow.itemEnd, omittingEmptySubsequences: false)
    for (index, item) in items.dropLast().enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      JSONText.append(item, to: &buffer)
    }
    buffer.append(UInt8(ascii: "]"))
  }
}
