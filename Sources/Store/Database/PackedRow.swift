import Forms
import Interview
import Vault

/// A ``SubmissionRow`` as bytes, to be read without making a value of every field: an export of a
/// hundred thousand rows copies the bytes straight into its own.
///
/// Layout, little endian: `version (1) | consent (1) | created (8) | submitted (8)`, then id, form, form
/// version, stage, language, technician and (from version 2) the linked submissions each as `length (2) | UTF-8`,
/// then `number of fields (2)`,
/// and per field `name length (1) | name | status (1) | kind (1) | value length (4) | value`.
package struct PackedRow: Sendable {
  /// One field, as ranges of ``PackedRow/bytes``.
  package struct Cell: Sendable {
    package let name: Range<Int>
    package let status: FieldStatus
    package let kind: Kind
    /// UTF-8; the items of a list end with ``PackedRow/itemEnd``.
    package let value: Range<Int>
  }

  /// The kind of a value; the numbers are part of the format.
  package enum Kind: UInt8, Sendable {
    case none = 0
    case text = 1
    case integer = 2
    case boolean = 3
    case list = 4
  }

  /// Ends every item of a list: the control character "unit separator", which no value contains.
  package static let itemEnd: UInt8 = 0x1F

  /// The packed row, and possibly unused bytes behind it.
  package internal(set) var bytes: [UInt8] = []
  /// The submission's number in the store; no part of the bytes.
  package internal(set) var number: Int64 = 0
  /// The office's code; empty for none. No part of the bytes.
  package internal(set) var office = ""
  package private(set) var created: Int64 = 0
  package private(set) var submitted: Int64 = 0
  package private(set) var id: Range<Int> = 0..<0
  package private(set) var form: Range<Int> = 0..<0
  package private(set) var formVersion: Range<Int> = 0..<0
  package private(set) var stage: Range<Int> = 0..<0
  package private(set) var language: Range<Int> = 0..<0
  package private(set) var technician: Range<Int> = 0..<0
  /// Identifiers of other submissions of the same person, each ended by ``itemEnd``.
  package private(set) var linked: Range<Int> = 0..<0
  package private(set) var cells: [Cell] = []
  private var consentByte: UInt8 = 0

  static let version: UInt8 = 2
  /// The statuses by number; part of the format, so add at the end only.
  static let statuses: [FieldStatus] = [
    .empty, .suggested, .doubtful, .confirmed, .edited, .refused, .unknown,
  ]

  /// An empty row, to be filled by ``parse(count:)``.
  init() {}

  /// Finds the parts of the first `count` bytes.
  ///
  /// - Throws: ``VaultError/damaged`` when the bytes are no row, ``VaultError/newerFormat``.
  mutating func parse(count: Int) throws(VaultError) {
    cells.removeAll(keepingCapacity: true)
    let result: Result<Void, VaultError> = bytes.withUnsafeBytes { all in
      Result { () throws(VaultError) in
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: all[..<min(count, all.count)]))
        try parse(&reader)
      }
    }
    try result.get()
  }
}

extension PackedRow {
  private mutating func parse(_ reader: inout ByteReader) throws(VaultError) {
    let version = try reader.number(UInt8.self)
    guard version <= Self.version else { throw .newerFormat }
    consentByte = try reader.number()
    created = try reader.number()
    submitted = try reader.number()
    id = try reader.run(UInt16.self)
    form = try reader.run(UInt16.self)
    formVersion = try reader.run(UInt16.self)
    stage = try reader.run(UInt16.self)
    language = try reader.run(UInt16.self)
    technician = try reader.run(UInt16.self)
    linked = version < 2 ? 0..<0 : try reader.run(UInt16.self)
    for _ in 0..<(try reader.number(UInt16.self)) {
      let name = try reader.run(UInt8.self)
      let status = Int(try reader.number(UInt8.self))
      guard status < Self.statuses.count, let kind = Kind(rawValue: try reader.number())
      else { throw .damaged }
      cells.append(
        Cell(
          name: name, status: Self.statuses[status], kind: kind,
          value: try reader.run(UInt32.self)))
    }
    guard reader.isAtEnd else { throw .damaged }
  }

  /// Text in a range of the bytes.
  package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  var consent: Consent? {
    consentByte == 0
      ? nil : Consent(recording: consentByte & 2 != 0, data: consentByte & 4 != 0)
  }

  /// The row as a value.
  package var row: SubmissionRow {
    SubmissionRow(
      summary: SubmissionSummary(
        id: text(id), form: text(form), formVersion: text(formVersion), stage: text(stage),
        language: text(language), office: office, created: created, submitted: submitted),
      technician: text(technician), consent: consent, linked: items(linked),
      fields: cells.map {
        SubmissionRow.Field(
          name: FieldName(rawValue: text($0.name)), status: $0.status, value: value($0))
      })
  }

  /// The items of a list.
  package func items(_ range: Range<Int>) -> [String] {
    bytes[range].split(separator: Self.itemEnd, omittingEmptySubsequences: false)
      .dropLast().map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a cell.
  package func value(_ cell: Cell) -> FieldValue? {
    switch cell.kind {
    case .none: nil
    case .text: .text(text(cell.value))
    case .integer: Int(text(cell.value)).map(FieldValue.integer)
    case .boolean: .boolean(bytes[cell.value].first == UInt8(ascii: "t"))
    case .list: .list(items(cell.value))
    }
  }
}

/// Reads numbers and runs of bytes from a buffer, never beyond its end.
private struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  mutating func number<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self
  ) throws(VaultError) -> Value {
    guard bytes.count - offset >= MemoryLayout<Value>.size else { throw .damaged }
    defer { offset += MemoryLayout<Value>.size }
    return bytes.littleEndian(type, at: offset)
  }

  /// A length of the given type and that many bytes; where they are.
  mutating func run<Length: FixedWidthInteger & BitwiseCopyable>(
    _ length: Length.Type
  ) throws(VaultError) -> Range<Int> {
    let count = Int(try number(length))
    guard bytes.count - offset >= count else { throw .damaged }
    defer { offset += count }
    return offset..<offset + count
  }
}
