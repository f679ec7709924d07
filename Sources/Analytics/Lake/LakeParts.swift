import Exchange
import Forms
import Store

/// Writes the dataset `submissions`.
struct SubmissionParts {
  private var writer: LakeWriter
  private let formats: [LakeFormat]
  /// The folder of the last row: rows come in the order of time, so it is mostly the same.
  private var partition: LakePartition?
  private var folders: [LakeFormat: String] = [:]

  init(_ source: AnalyticsSource, _ formats: [LakeFormat]) {
    writer = LakeWriter(form: source.visibleForm, withoutIdentity: !source.isIdentified)
    self.formats = formats
  }

  mutating func append(_ row: borrowing PackedRow, to stage: inout LakeStaging) throws {
    let partition = LakePartition(row)
    if partition != self.partition {
      self.partition = partition
      for format in formats { folders[format] = partition.folder(format) }
    }
    var writer = writer
    for format in formats {
      var record: [UInt8] = []
      writer.append(row, format, to: &record)
      try stage.append(folders[format] ?? "", format, header: { writer.header(format) }) {
        $0.append(contentsOf: record)
      }
    }
    self.writer = writer
  }
}

/// Writes the dataset `fields`.
enum FieldParts {
  static let columns = AnalyticsTable.fields.columns.filter { !$0.isPartition }.map(\.name)

  static func append(
    _ record: SubmissionRecord, _ formats: [LakeFormat], to stage: inout LakeStaging
  ) throws {
    let partition = LakePartition(record.summary)
    let rows = rows(record, partition)
    for format in formats {
      let folder = partition.folder(format, of: "fields")
      try stage.append(folder, format, header: { RecordText.header(columns, format) }) { buffer in
        for row in rows { RecordText.append(columns, row, format, to: &buffer) }
      }
    }
  }

  static func rows(_ record: SubmissionRecord, _ partition: LakePartition) -> [[SQLValue]] {
    record.fields.map { field in
      columns.map { TableRows.value($0, record.summary, field, partition) }
    }
  }
}

/// Writes the dataset `daily`: what a run adds to the counts, and takes off for submissions erased since; readers add up.
enum DailyParts {
  static let columns = AnalyticsTable.daily.columns.filter { !$0.isPartition }.map(\.name)

  static func append(
    _ counts: DailyCounts, _ formats: [LakeFormat], to stage: inout LakeStaging
  ) throws {
    for (key, count) in counts.sorted {
      for format in formats {
        let folder = key.partition.folder(format, of: "daily")
        try stage.append(folder, format, header: { RecordText.header(columns, format) }) {
          append(key.field, key.value, count, format, to: &$0)
        }
      }
    }
  }

  static func append(
    _ field: String, _ value: String, _ count: Int, _ format: LakeFormat,
    to buffer: inout [UInt8]
  ) {
    let values: [SQLValue] = [.text(field), .text(value), .integer(Int64(count))]
    RecordText.append(columns, values, format, to: &buffer)
  }
}

/// Writes the dataset `erased`: submissions that files of the other datasets have and nobody may use any more.
enum ErasedParts {
  static let name = "erased"
  static let column = "submission_id"

  static func append(
    _ ids: [String], of stage: String, _ formats: [LakeFormat], to staging: inout LakeStaging
  ) throws {
    for id in ids {
      for format in formats {
        let folder = "\(name)/stage=\(stage)/format=\(format.rawValue)"
        try staging.append(folder, format, header: { RecordText.header([column], format) }) {
          RecordText.append([column], [.text(id)], format, to: &$0)
        }
      }
    }
  }
}

/// Flat records as JSON Lines and CSV.
enum RecordText {
  static func header(_ columns: [String], _ format: LakeFormat) -> [UInt8] {
    format == .csv ? Array((columns.joined(separator: ",") + "\r\n").utf8) : []
  }

  static func append(
    _ columns: [String], _ values: [SQLValue], _ format: LakeFormat, to buffer: inout [UInt8]
  ) {
    switch format {
    case .jsonl:
      buffer.append(UInt8(ascii: "{"))
      for (column, value) in zip(columns, values) {
        JSONText.appendKey(column.utf8, to: &buffer)
        appendJSON(value, to: &buffer)
      }
      buffer.append(contentsOf: "}\n".utf8)
    case .csv:
      for (index, value) in values.enumerated() {
        if index > 0 { buffer.append(UInt8(ascii: ",")) }
        CSVCell.append(LakeWriter.oneLine(value.text), to: &buffer)
      }
      buffer.append(contentsOf: "\r\n".utf8)
    }
  }

  /// Appends a value as JSON; numbers that JSON lacks are null.
  static func appendJSON(_ value: SQLValue, to buffer: inout [UInt8]) {
    switch value {
    case .null: buffer.append(contentsOf: "null".utf8)
    case .integer(let number): buffer.append(contentsOf: String(number).utf8)
    case .real(let number):
      buffer.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
    case .text(let text): JSONText.append(text.utf8, to: &buffer)
    }
  }
}

extension AnalyticsSource {
  /// The form with the fields alone that may be shown.
  var visibleForm: FormDefinition {
    guard !isIdentified else { return form }
    let sections = form.sections.map { section in
      FormSection(
        id: section.id, title: section.title, fields: section.fields.filter { !Self.isPersonal($0) }
      )
    }
    return FormDefinition(
      id: form.id, version: form.version, title: form.title, sections: sections,
      vocabularies: form.vocabularies)
  }
}
