import GRDBSQLite

/// Answers SQLite's question how a streamed table can be read (https://sqlite.org/vtab.html#the_xbestindex_method).
struct StreamPlanner {
  private let table: AnalyticsTable

  init(_ table: AnalyticsTable) { self.table = table }

  /// A walk opens every submission: whatever else a query names goes inside of it.
  private static let cost = 1e12

  func answer(_ question: inout sqlite3_index_info) -> Int32 {
    var plan = StreamPlan()
    for index in 0..<Int(question.nConstraint) {
      guard let limit = limit(Int32(index), &question) else { continue }
      plan.limits.append(limit)
      question.aConstraintUsage[index].argvIndex = Int32(plan.limits.count)
    }
    // 1: rows of a group have to come together (https://sqlite.org/c3ref/vtab_distinct.html).
    if question.nOrderBy > 0, sqlite3_vtab_distinct(&question) == 1 {
      plan.groups = (0..<Int(question.nOrderBy)).compactMap { index in
        let term = question.aOrderBy[index]
        return table.columns.indices.contains(Int(term.iColumn))
          ? .init(column: Int(term.iColumn), isDescending: term.desc != 0) : nil
      }
      if plan.groups.count < Int(question.nOrderBy) { plan.groups = [] }
    }
    question.orderByConsumed = plan.groups.isEmpty ? 0 : 1
    // Never so cheap that two walks would do for one.
    question.estimatedCost = plan.limits.isEmpty ? Self.cost : Self.cost * 0.6
    question.estimatedRows = plan.limits.isEmpty ? 20_000_000 : 2_000_000
    return keep(plan, &question)
  }

  private func limit(_ index: Int32, _ question: inout sqlite3_index_info) -> StreamLimit? {
    let constraint = question.aConstraint[Int(index)]
    guard constraint.usable != 0, table.columns.indices.contains(Int(constraint.iColumn)),
      let comparison = Self.comparison(constraint.op),
      let collation = sqlite3_vtab_collation(&question, index),
      String(cString: collation) == "BINARY",
      // `IN` would walk once for every value.
      sqlite3_vtab_in(&question, index, -1) == 0
    else { return nil }
    return StreamLimit(table.columns[Int(constraint.iColumn)].name, comparison)
  }

  private static func comparison(_ code: UInt8) -> StreamLimit.Comparison? {
    switch Int32(code) {
    case SQLITE_INDEX_CONSTRAINT_EQ: .equal
    case SQLITE_INDEX_CONSTRAINT_GT: .above
    case SQLITE_INDEX_CONSTRAINT_GE: .from
    case SQLITE_INDEX_CONSTRAINT_LT: .below
    case SQLITE_INDEX_CONSTRAINT_LE: .through
    default: nil
    }
  }

  /// Gives the plan to SQLite, which frees it.
  private func keep(_ plan: StreamPlan, _ question: inout sqlite3_index_info) -> Int32 {
    let text = Array(plan.text.utf8CString)
    guard let kept = sqlite3_malloc(Int32(text.count)) else { return SQLITE_NOMEM }
    kept.copyMemory(from: text, byteCount: text.count)
    question.idxStr = kept.assumingMemoryBound(to: CChar.self)
    question.needToFreeIdxStr = 1
    return SQLITE_OK
  }
}
