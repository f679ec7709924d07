import Exchange
import Forecast
import Forms
import Interview
import Store

/// The rows of a table, made from the store one submission at a time.
struct TableRows {
  private let source: AnalyticsSource
  private let table: AnalyticsTable
  /// Which columns are wanted; others are null.
  private let places: [Bool]

  init(_ source: AnalyticsSource, _ table: AnalyticsTable, _ places: [Bool]) {
    self.source = source
    self.table = table
    self.places = places
  }

  func forEach(_ body: ([SQLValue]) throws -> Void) throws {
    switch table.name {
    case .submissions: try submissions(body)
    case .fields: try fields(body)
    case .choices: try choices(body)
    case .daily: try daily(body)
    }
  }

  private func submissions(_ body: ([SQLValue]) throws -> Void) throws {
    var layout: [Int?] = []
    var names: [String] = []
    var values = Array(repeating: SQLValue.null, count: table.columns.count)
    try source.forEachRow { row in
      // Submissions of the same form version have the same fields in the same order.
      let now = row.cells.map { row.text($0.name) }
      if now != names {
        names = now
        layout = table.columns.map { column in
          let field =
            column.name.hasSuffix("_state") ? String(column.name.dropLast(6)) : column.name
          return names.firstIndex(of: field)
        }
      }
      for index in places.indices where places[index] {
        values[index] = value(row, table.columns[index], layout[index])
      }
      try body(values)
    }
  }

  private func value(
    _ row: borrowing PackedRow, _ column: AnalyticsTable.Column, _ place: Int?
  ) -> SQLValue {
    if column.isPartition { return Self.partition(column.name, row) }
    switch column.name {
    case "submission_id": return .text(row.text(row.id))
    case "submitted_at": return .text(Timestamp.text(row.submitted))
    case "began_at": return .text(Timestamp.text(row.created))
    case "form_version": return .text(row.text(row.formVersion))
    case "language": return .text(row.text(row.language))
    case "linked_to":
      let linked = row.items(row.linked)
      return linked.isEmpty ? .null : .text(linked.joined(separator: "; "))
    case "technician" where column.isIdentifying: return .text(row.text(row.technician))
    default: break
    }
    guard let cell = place.map({ row.cells[$0] }) else {
      return column.name.hasSuffix("_state") ? .text(FieldStatus.empty.rawValue) : .null
    }
    if column.name.hasSuffix("_state"), row.text(cell.name) != column.name {
      return .text(cell.status.rawValue)
    }
    guard cell.status.isDecided, let value = row.value(cell) else { return .null }
    if case .integer(let number) = value { return .integer(Int64(number)) }
    return .text(value.displayText)
  }

  private func fields(_ body: ([SQLValue]) throws -> Void) throws {
    try source.forEachRecord { _, record in
      let partition = LakePartition(record.summary)
      for field in record.fields {
        try body(
          table.columns.indices.map { index in
            guard places[index] else { return .null }
            return Self.value(table.columns[index].name, record.summary, field, partition)
          })
      }
    }
  }

  /// The value of a column of the field records.
  static func value(
    _ column: String, _ summary: SubmissionSummary, _ record: FieldRecord,
    _ partition: LakePartition
  ) -> SQLValue {
    switch column {
    case "submission_id": .text(summary.id)
    case "form_version": .text(summary.formVersion)
    case "field": .text(record.field)
    case "outcome": .text(record.outcome.rawValue)
    case "state": .text(record.state.rawValue)
    case "value": SQLValue(record.value)
    case "said": SQLValue(record.said)
    case "valid": SQLValue(record.valid.map { Int64($0 ? 1 : 0) })
    case "confidence": SQLValue(record.confidence)
    case "heard_state": SQLValue(record.heardState)
    case "heard_at": SQLValue(record.heardAt)
    case "heard_ms": SQLValue(record.times?.heard)
    case "decided_ms": SQLValue(record.times?.decided)
    case "extraction_ms": SQLValue(record.times?.extraction)
    case "recogniser_ms": SQLValue(record.times?.recogniser)
    case "stage": .text(partition.stage)
    case "office": partition.office.isEmpty ? .null : .text(partition.office)
    case "dt": .text(partition.day)
    case "form": .text(partition.form)
    default: .null
    }
  }

  private func choices(_ body: ([SQLValue]) throws -> Void) throws {
    let shown = Set(source.shownFields.map(\.name.rawValue))
    try source.forEachRow { row in
      for cell in row.cells where cell.status.isDecided && cell.kind == .list {
        let name = row.text(cell.name)
        guard shown.contains(name), case .list(let items)? = row.value(cell) else { continue }
        let fixed = ["submission_id": SQLValue.text(row.text(row.id)), "field": .text(name)]
        var values = table.columns.map { column in
          column.isPartition ? Self.partition(column.name, row) : fixed[column.name] ?? .null
        }
        for item in items {
          if let index = table.index("value") { values[index] = .text(item) }
          try body(values)
        }
      }
    }
  }

  private func daily(_ body: ([SQLValue]) throws -> Void) throws {
    var counts = DailyCounts(source)
    try source.forEachRow { counts.add($0) }
    for (key, count) in counts.sorted {
      try body([
        .text(key.field), .text(key.value), .integer(Int64(count)), .text(key.partition.stage),
        key.partition.office.isEmpty ? .null : .text(key.partition.office),
        .text(key.partition.day), .text(key.partition.form),
      ])
    }
  }

  private static func partition(_ column: String, _ row: borrowing PackedRow) -> SQLValue {
    switch column {
    case "stage": .text(row.text(row.stage))
    case "office": row.office.isEmpty ? .null : .text(row.office)
    case "dt": .text(Day(milliseconds: row.submitted).description)
    case "form": .text(row.text(row.form))
    default: .null
    }
  }
}
