import Exchange
import Foundation

/// Definitions of the lake's tables for engines: DuckDB, Spark, Trino and Athena, and the columns as JSON.
struct LakeDefinitions {
  private let tables: [AnalyticsTable]
  private let format: LakeFormat

  /// - Parameter formats: JSON Lines is what the definitions read where there is both.
  init(_ tables: [AnalyticsTable], formats: [LakeFormat]) {
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
    statements { table in
      let columns = table.own.map { "'\($0.name)': '\(type($0, .duckDB))'" }
      let shape =
        format == .jsonl
        ? "read_json('\(table.name)/**/*.jsonl', format = 'newline_delimited', "
        : "read_csv('\(table.name)/**/*.csv', header = true, delim = ',', quote = '\"', escape = '\"', "
      return """
        CREATE OR REPLACE VIEW \(table.name.rawValue) AS SELECT * FROM \(shape)hive_partitioning = true,
          hive_types = {'stage': VARCHAR, 'office': VARCHAR, 'dt': VARCHAR, 'form': VARCHAR, 'format': VARCHAR},
          columns = {\(columns.joined(separator: ", "))});
        """
    }
  }

  /// `LAKE` is to be replaced by the lake's absolute path.
  private var spark: String {
    statements { table in
      let columns = (table.own + AnalyticsTable.partition + [AnalyticsTable.Column("format")]).map {
        "`\($0.name)` \(type($0, .hive))"
      }
      let options =
        format == .jsonl
        ? "" : ", header 'true', multiLine 'false', quote '\"', escape '\"'"
      return """
        CREATE OR REPLACE TEMPORARY VIEW \(table.name.rawValue)
          (\(columns.joined(separator: ", ")))
        USING \(format == .jsonl ? "json" : "csv")
        OPTIONS (path 'LAKE/\(table.name.rawValue)', pathGlobFilter '*.\(format.rawValue)'\(options));
        """
    }
  }

  /// `LAKE` is to be replaced by the bucket's address.
  ///
  /// The files of both formats lie in one tree, so a view keeps to the partitions of one.
  private var athena: String {
    statements { table in
      let columns = table.own.map { "`\($0.name)` \(format == .csv ? "string" : type($0, .hive))" }
      let serde =
        format == .jsonl
        ? "org.openx.data.jsonserde.JsonSerDe" : "org.apache.hadoop.hive.serde2.OpenCSVSerde"
      return """
        CREATE EXTERNAL TABLE \(table.name.rawValue)_files (\(columns.joined(separator: ", ")))
        PARTITIONED BY (stage string, office string, dt string, form string, format string)
        ROW FORMAT SERDE '\(serde)'
        LOCATION 'LAKE/\(table.name.rawValue)/'\(format == .csv ? "\nTBLPROPERTIES ('skip.header.line.count' = '1')" : "");
        MSCK REPAIR TABLE \(table.name.rawValue)_files;
        \(view(table))
        """
    }
  }

  /// For a catalogue `lake` of the Hive connector.
  private var trino: String {
    statements { table in
      let own = table.own.map {
        "\"\($0.name)\" \(format == .csv ? "varchar" : type($0, .trino))"
      }
      let partitions = (AnalyticsTable.partition.map(\.name) + ["format"]).map {
        "\"\($0)\" varchar"
      }
      return """
        CREATE TABLE \(table.name.rawValue)_files (\((own + partitions).joined(separator: ", ")))
        WITH (format = '\(format == .jsonl ? "JSON" : "CSV")', external_location = 'LAKE/\(table.name.rawValue)',
          partitioned_by = ARRAY['stage', 'office', 'dt', 'form', 'format']\(format == .csv ? ", skip_header_line_count = 1" : ""));
        CALL system.sync_partition_metadata(CURRENT_SCHEMA, '\(table.name.rawValue)_files', 'FULL');
        \(view(table))
        """
    }
  }

  private func view(_ table: AnalyticsTable) -> String {
    """
    CREATE OR REPLACE VIEW \(table.name.rawValue) AS
      SELECT * FROM \(table.name.rawValue)_files WHERE format = '\(format.rawValue)';
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

  private func statements(_ body: (AnalyticsTable) -> String) -> String {
    """
    -- Tables of the lake, schema version \(AnalyticsTable.schemaVersion). Rows of `daily` add up.

    """ + tables.map(body).joined(separator: "\n\n") + "\n"
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
