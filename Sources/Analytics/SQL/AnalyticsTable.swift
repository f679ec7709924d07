import Forms

/// A table that SQL can read, and a dataset of the lake: the same columns in both.
public struct AnalyticsTable: Hashable, Sendable {
  /// The type of a column's values.
  public enum Kind: String, Hashable, Sendable {
    case text
    case integer
    case real
    /// Several texts; in SQL one text with `; ` between them.
    case list
  }

  /// A column.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What it holds.
    public let kind: Kind
    /// Whether its values tell who somebody is.
    public let isIdentifying: Bool
    /// Whether it stands in the path of a lake's files, and not in them.
    public let isPartition: Bool

    init(
      _ name: String, _ kind: Kind = .text, identifying: Bool = false, partition: Bool = false
    ) {
      self.name = name
      self.kind = kind
      isIdentifying = identifying
      isPartition = partition
    }
  }

  /// The kinds of tables.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// One row a submission.
    case submissions
    /// One row a submission and field.
    case fields
    /// One row a submission and item of a list, for example a need.
    case choices
    /// How many submissions a day, office and need had.
    case daily
  }

  /// Its name.
  public let name: Name
  /// Its columns in order.
  public let columns: [Column]

  /// The columns as SQLite's `CREATE TABLE` wants them.
  var declaredColumns: String {
    columns.map { "\"\($0.name)\" \($0.kind.sqlType)" }.joined(separator: ", ")
  }

  /// The position of a column.
  func index(_ column: String) -> Int? { columns.firstIndex { $0.name == column } }
}

extension AnalyticsTable.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .text, .list: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}

extension AnalyticsTable {
  /// Schema of the records; grows at the end, never changes meaning.
  public static let schemaVersion = 1

  static let partition = ["stage", "office", "dt", "form"].map { Column($0, partition: true) }

  /// The tables for a source: columns that identify a person only where they are asked for.
  public static func all(_ source: AnalyticsSource) -> [AnalyticsTable] {
    [submissions(source), fields, choices, daily]
  }

  static func submissions(_ source: AnalyticsSource) -> AnalyticsTable {
    let fields = source.shownFields.flatMap { field in
      let kind: Kind =
        switch field.type {
        case .integer: .integer
        case .multipleChoice: .list
        default: .text
        }
      return [
        Column(field.name.rawValue, kind, identifying: AnalyticsSource.isPersonal(field)),
        Column(field.name.rawValue + "_state"),
      ]
    }
    let technician = source.isIdentified ? [Column("technician", identifying: true)] : []
    return AnalyticsTable(
      name: .submissions,
      columns: ["submission_id", "submitted_at", "began_at", "form_version", "language"]
        .map { Column($0) } + [Column("linked_to", .list)] + fields + technician + partition)
  }

  static let fields = AnalyticsTable(
    name: .fields,
    columns: [
      Column("submission_id"), Column("form_version"), Column("field"), Column("outcome"),
      Column("state"), Column("value"), Column("said"), Column("valid", .integer),
      Column("confidence", .real), Column("heard_state"), Column("heard_at", .real),
      Column("heard_ms", .integer), Column("decided_ms", .integer),
      Column("extraction_ms", .integer), Column("recogniser_ms", .integer),
    ] + partition)

  static let choices = AnalyticsTable(
    name: .choices,
    columns: [Column("submission_id"), Column("field"), Column("value")] + partition)

  static let daily = AnalyticsTable(
    name: .daily,
    columns: [Column("field"), Column("value"), Column("submissions", .integer)] + partition)
}
