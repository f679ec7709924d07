import Exchange
import Foundation

/// Definitions of the lake's tables for engines: DuckDB, Spark, Trino and Athena, and the columns as JSON.
struct LakeDefinitions {
  private let tables: [AnalyticsTable]
  private let format: LakeFormat
  /// Whether there is the dataset `erased`: engines can't define a table without a file.
  private let namesErased: Bool

  /// - Parameter formats: JSON Lines is what the definitions read where there is both.
  init(_ tables: [AnalyticsTable], formats: [LakeFormat], namesErased: Bool = false) {
    self.namesErased = namesErased
    // `choices` is made of lists, which engines take apart themselves.
    self.tables = tables.filter { $0.name != .choices }
    format = formats.contains(.jsonl) ? .jsonl : .csv
  }

  func write(into folder: String) throws {
    try Folders.write(duckDB, to: folder + "/duckdb.sql")
    try Folders.write(spark, to: folder + "/spark.sql")
    try Folders.write(trino, to: folder + "/trino.sql")
    try Folders.write(athena, to: folder + "/athena.sql")
    try Folders.write(schema, to: folder + "/schema.json")
  }

  private enum Folders {
    static func write(_ text: String, to path: String) throws {
      try LakeFile.write(Array(text.utf8), to: path)
    }
  }

  /// Run in the lake's folder.
  private var duckDB: String {
    let shape = { (name: String) in
      format == .jsonl
        ? "read_json('\(name)/**/*.jsonl', format = 'newline_delimited', "
        : "read_csv('\(name)/**/*.csv', header = true, delim = ',', quote = '\"', escape = '\"', "
    }
    let erased = """
      CREATE OR REPLACE VIEW erased AS SELECT * FROM \(shape(ErasedParts.name))hive_partitioning = true,
        hive_types = {'stage': VARCHAR, 'format': VARCHAR}, columns = {'submission_id': 'VARCHAR'});
      """
    return statements(erased) { table in
      let columns = table.own.map { "'\($0.name)': '\(type($0, .duckDB))'" }
      return """
        CREATE OR REPLACE VIEW \(table.name.rawValue) AS SELECT \(shown(table)) FROM \(shape(table.name.rawValue))hive_partitioning = true,
          hive_types = {'stage': VARCHAR, 'office': VARCHAR, 'dt': VARCHAR, 'form': VARCHAR, 'format': VARCHAR},
          columns = {\(columns.joined(separator: ", "))})\(kept(table, "\n  WHERE"))\(summed(table));
        """
    }
  }

  /// Leaves out the submissions that were erased.
  private func kept(_ table: AnalyticsTable, _ word: String) -> String {
    guard namesErased, table.name != .daily else { return "" }
    return "\(word) submission_id NOT IN (SELECT submission_id FROM erased)"
  }

  /// What a view shows of a table's files: of `daily` one row a day, office and item, whatever number of runs added to it.
  private func shown(_ table: AnalyticsTable) -> String {
    guard table.name == .daily else { return "*" }
    return (AnalyticsTable.daily.columns.map(\.name) + ["format"]).map {
      $0 == Self.count ? "CAST(\(Self.sum) AS BIGINT) AS \($0)" : $0
    }.joined(separator: ", ")
  }

  private func summed(_ table: AnalyticsTable) -> String {
    guard table.name == .daily else { return "" }
    let groups = AnalyticsTable.daily.columns.map(\.name).filter { $0 != Self.count } + ["format"]
    return "\n  GROUP BY \(groups.joined(separator: ", ")) HAVING \(Self.sum) <> 0"
  }

  private static let count = "submissions"
  /// CSV has texts alone in some engines.
  private static let sum = "sum(CAST(submissions AS BIGINT))"

  /// `LAKE` is to be replaced by the lake's absolute path.
  private var spark: String {
    let shape = { (name: String, columns: String) in
      let options =
        format == .jsonl
        ? "" : ", header 'true', multiLine 'false', quote '\"', escape '\"'"
      return """
        CREATE OR REPLACE TEMPORARY VIEW \(name)
          (\(columns))
        USING \(format == .jsonl ? "json" : "csv")
        OPTIONS (path 'LAKE/\(name.replacing("_files", with: ""))', pathGlobFilter '*.\(format.rawValue)'\(options));
        """
    }
    let erased = shape(ErasedParts.name, "`submission_id` string, `stage` string, `format` string")
    return statements(erased) { table in
      let columns = (table.own + AnalyticsTable.partition + [AnalyticsTable.Column("format")]).map {
        "`\($0.name)` \(type($0, .hive))"
      }
      let name = table.name.rawValue
      let condition = kept(table, "WHERE")
      guard !condition.isEmpty || table.name == .daily else {
        return shape(name, columns.joined(separator: ", "))
      }
      return """
        \(shape(name + "_files", columns.joined(separator: ", ")))
        CREATE OR REPLACE TEMPORARY VIEW \(name) AS SELECT \(shown(table)) FROM \(name)_files \(condition)\(summed(table));
        """
    }
  }

  /// `LAKE` is to be replaced by the bucket's address.
  ///
  /// The files of both formats lie in one tree, so a view keeps to the partitions of one.
  private var athena: String {
    let serde =
      format == .jsonl
      ? "org.openx.data.jsonserde.JsonSerDe" : "org.apache.hadoop.hive.serde2.OpenCSVSerde"
    let files = { (name: String, columns: String, partitions: String) in
      """
      CREATE EXTERNAL TABLE \(name)_files (\(columns))
      PARTITIONED BY (\(partitions))
      ROW FORMAT SERDE '\(serde)'
      LOCATION 'LAKE/\(name)/'\(format == .csv ? "\nTBLPROPERTIES ('skip.header.line.count' = '1')" : "");
      MSCK REPAIR TABLE \(name)_files;
      """
    }
    let erased =
      files(ErasedParts.name, "`submission_id` string", "stage string, format string") + "\n"
      + view(ErasedParts.name)
    return statements(erased) { table in
      let columns = table.own.map { "`\($0.name)` \(format == .csv ? "string" : type($0, .hive))" }
      return files(
        table.name.rawValue, columns.joined(separator: ", "),
        "stage string, office string, dt string, form string, format string") + "\n"
        + view(table.name.rawValue, shown(table), kept(table, " AND") + summed(table))
    }
  }

  /// For a catalogue `lake` of the Hive connector.
  private var trino: String {
    let files = { (name: String, columns: String, partitions: [String]) in
      """
      CREATE TABLE \(name)_files (\(columns))
      WITH (format = '\(format == .jsonl ? "JSON" : "CSV")', external_location = 'LAKE/\(name)',
        partitioned_by = ARRAY[\(partitions.map { "'\($0)'" }.joined(separator: ", "))]\(format == .csv ? ", skip_header_line_count = 1" : ""));
      CALL system.sync_partition_metadata(CURRENT_SCHEMA, '\(name)_files', 'FULL');
      """
    }
    let erased =
      files(
        ErasedParts.name, "\"submission_id\" varchar, \"stage\" varchar, \"format\" varchar",
        ["stage", "format"]) + "\n" + view(ErasedParts.name)
    return statements(erased) { table in
      let own = table.own.map {
        "\"\($0.name)\" \(format == .csv ? "varchar" : type($0, .trino))"
      }
      let partitions = (AnalyticsTable.partition.map(\.name) + ["format"]).map {
        "\"\($0)\" varchar"
      }
      return files(
        table.name.rawValue, (own + partitions).joined(separator: ", "),
        AnalyticsTable.partition.map(\.name) + ["format"]) + "\n"
        + view(table.name.rawValue, shown(table), kept(table, " AND") + summed(table))
    }
  }

  private func view(
    _ name: String, _ columns: String = "*", _ condition: String = ""
  ) -> String {
    """
    CREATE OR REPLACE VIEW \(name) AS
      SELECT \(columns) FROM \(name)_files WHERE format = '\(format.rawValue)'\(condition);
    """
  }

  private var schema: String {
    let described = tables.map { table in
      let columns = table.columns.map { column in
        """
        {"name":"\(column.name)","type":"\(column.kind.rawValue)","partition":\(column.isPartition),\
        "identifying":\(column.isIdentifying)}
        """
      }
      return """
          {"name":"\(table.name.rawValue)","columns":[
            \(columns.joined(separator: ",\n      "))]}
        """
    }
    return """
      {"schema":"acogida.lake/1","version":\(AnalyticsTable.schemaVersion),"datasets":[
      \(described.joined(separator: ",\n"))]}

      """
  }

  private func statements(_ erased: String, _ body: (AnalyticsTable) -> String) -> String {
    """
    -- Tables of the lake, schema version \(AnalyticsTable.schemaVersion). Rows add up in the files of `daily`.

    """ + ((namesErased ? [erased] : []) + tables.map(body)).joined(separator: "\n\n") + "\n"
  }

  private enum Dialect { case duckDB, hive, trino }

  private func type(_ column: AnalyticsTable.Column, _ dialect: Dialect) -> String {
    let isHive = dialect == .hive
    return switch column.kind {
    case .text: isHive ? "string" : "VARCHAR"
    case .integer: isHive ? "bigint" : "BIGINT"
    case .real: isHive ? "double" : "DOUBLE"
    case .list:
      switch (format, dialect) {
      case (.csv, _): isHive ? "string" : "VARCHAR"
      case (_, .duckDB): "VARCHAR[]"
      case (_, .hive): "array<string>"
      case (_, .trino): "array(varchar)"
      }
    }
  }
}

extension AnalyticsTable {
  /// The columns that stand in the files.
  fileprivate var own: [Column] { columns.filter { !$0.isPartition } }
}
