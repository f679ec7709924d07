import GRDB

/// Which submissions were ever exported: who closes the office wants to know what is still only here.
extension StageData {
  /// Notes that a complete export has written these submissions; also beside a process that is working.
  ///
  /// - Parameters:
  ///   - filter: the export's.
  ///   - last: number of the last one that it wrote; what was saved since is not exported.
  /// - Throws: ``StoreError``.
  public func noteExported(_ filter: SubmissionFilter, last: Int64) throws(StoreError) {
    let isReadOnly = database.pool.configuration.readonly
    let writable =
      isReadOnly
      ? try IntakeDatabase.openBeside(directory.database, key: keys.stage) : database
    try StoreError.naming(directory.database) {
      try writable.pool.write { connection in
        try connection.execute(
          sql: """
            INSERT OR IGNORE INTO exported (number)
            SELECT number FROM submission WHERE \(filter.condition) AND submission.number <= :last
            """,
          arguments: filter.arguments &+ ["last": last])
      }
    }
  }

  /// How many submissions no export has written yet.
  ///
  /// - Throws: ``StoreError``.
  public func unexportedCount() throws(StoreError) -> Int {
    try submissions.read { connection in
      let sql = "SELECT (SELECT count(*) FROM submission) - (SELECT count(*) FROM exported)"
      return try Int.fetchOne(connection, sql: sql) ?? 0
    }
  }
}
