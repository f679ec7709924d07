import Analytics
import Forms
import Store
import TestSupport
import Testing

@Suite("SQL: streamed tables")
struct StreamTests {
  private func rows(_ session: SQLSession, _ query: String) throws -> [[String]] {
    var rows: [[String]] = []
    try session.run(query, head: { rows.append($0) }, row: { rows.append($0.map(\.text)) })
    return rows
  }

  private func fill(_ stage: Stage, _ count: Int) throws {
    let submissions = try (1...count).map { number in
      try Stage.submission(
        number, at: Stage.monday + Int64(number % 5) * Stage.day,
        office: [nil, "es-md-01", "es-vc-01"][number % 3],
        [
          .accepted("municipality", ["Getafe", "Éibar", "L'Escala"][number % 3], "ahí"),
          .accepted("needs", .list(number % 2 == 0 ? ["food", "housing"] : ["food"]), "comida"),
          .edited("household_size", .integer(number % 4), "mal", to: .integer(number % 7)),
        ])
    }
    try stage.data.submissions.save(submissions)
  }

  /// Queries with the table that is streamed; nil where one has to be walked over more than once, or none is long.
  private static let queries: [(String, AnalyticsTable.Name?)] = [
    ("SELECT count(*) FROM fields", .fields),
    ("SELECT field, outcome, count(*) FROM fields GROUP BY 1, 2 ORDER BY 1, 2", .fields),
    (
      "SELECT field, avg(confidence), min(value), max(valid) FROM fields GROUP BY 1 ORDER BY 1 DESC",
      .fields
    ),
    ("SELECT outcome, field, sum(heard_at) FROM fields GROUP BY 1, 2 ORDER BY 1 DESC, 2", .fields),
    (
      """
      SELECT value, count(DISTINCT submission_id) FROM fields GROUP BY value
      HAVING count(*) > 2 ORDER BY 1
      """, .fields
    ),
    ("SELECT DISTINCT office FROM submissions ORDER BY office", .submissions),
    (
      """
      SELECT office, sum(household_size) FROM submissions
      WHERE dt >= '2026-11-03' AND dt < '2026-11-05' GROUP BY office ORDER BY 1
      """, .submissions
    ),
    ("SELECT count(*) FROM submissions WHERE dt = '2026-11-03'", .submissions),
    (
      """
      SELECT count(*) FROM submissions
      WHERE dt > '2026-11-03' AND dt <= '2026-11-05' AND office = 'es-md-01'
      """, .submissions
    ),
    ("SELECT count(*) FROM submissions WHERE dt IN ('2026-11-03', '2026-11-04')", .submissions),
    ("SELECT count(*) FROM submissions WHERE dt = '2026-11-03' OR office = 'x'", .submissions),
    ("SELECT count(*) FROM submissions WHERE dt > '2026-11' OR dt = 7 OR dt = 'x'", .submissions),
    ("SELECT count(*) FROM submissions WHERE dt > '2026-11-03' COLLATE NOCASE", .submissions),
    ("SELECT count(*) FROM submissions WHERE dt > 7", .submissions),
    ("SELECT dt, submission_id FROM submissions ORDER BY submission_id LIMIT 4", .submissions),
    (
      """
      SELECT s.office, f.outcome, count(*) FROM submissions AS s JOIN fields AS f USING (submission_id)
      WHERE f.field = 'needs' GROUP BY s.office, f.outcome ORDER BY 1, 2
      """, .fields
    ),
    (
      """
      SELECT s.submission_id, f.value FROM submissions AS s LEFT JOIN fields AS f
      ON f.submission_id = s.submission_id AND f.field = 'municipality' ORDER BY 1
      """, nil
    ),
    (
      """
      SELECT a.dt, count(*) FROM submissions AS a JOIN submissions AS b ON a.dt = b.dt
      GROUP BY 1 ORDER BY 1
      """, nil
    ),
    (
      """
      SELECT office FROM submissions WHERE submission_id IN
        (SELECT submission_id FROM choices WHERE value = 'housing') ORDER BY submission_id
      """, .choices
    ),
    (
      """
      SELECT dt, (SELECT count(*) FROM fields AS f WHERE f.submission_id = s.submission_id)
      FROM submissions AS s ORDER BY submission_id
      """, nil
    ),
    (
      """
      SELECT field FROM fields WHERE confidence IS NULL
      UNION ALL SELECT field FROM main.fields ORDER BY 1
      """, nil
    ),
    (
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
      SELECT i, count(*) FROM n, submissions GROUP BY i ORDER BY i
      """, .submissions
    ),
    ("SELECT count(*) FROM choices NATURAL JOIN submissions", nil),
    ("SELECT value, sum(submissions) FROM daily GROUP BY value ORDER BY value", nil),
    (
      """
      SELECT count(*) FROM submissions LEFT JOIN fields
      ON submissions.submission_id = fields.submission_id AND fields.field = 'needs'
      """, nil
    ),
    ("SELECT 1", nil),
  ]

  @Test("what is streamed and what is kept answer the same") func same() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      // More than are open together.
      try fill(stage, 300)
      for (query, streamed) in Self.queries {
        let session = try SQLSession(stage.source(), streamsFrom: .max)
        let kept = try rows(session, query)
        #expect(session.streamed == nil && kept.count > 1)
        let streaming = try SQLSession(stage.source(), streamsFrom: 0)
        let answer = try rows(streaming, query)
        #expect(answer == kept, "\(query)")
        #expect(streaming.streamed == streamed, "\(query)")
        // And again: nothing of the first answer is in the way.
        #expect(try rows(streaming, query) == kept, "\(query)")
      }
    }
  }

  @Test("what the caller throws ends a walk; nothing but reading works") func endings() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      try fill(stage, 3)
      let session = try SQLSession(stage.source(), streamsFrom: 0)
      struct Enough: Error {}
      // What the reader of rows throws reaches the caller.
      #expect(throws: Enough.self) {
        try session.run("SELECT field FROM fields", head: { _ in }, row: { _ in throw Enough() })
      }
      #expect(try rows(session, "SELECT count(*) FROM submissions")[1] == ["3"])
      for query in ["DELETE FROM fields", "DROP TABLE temp.fields", "SELECT * FROM temp.nothing"] {
        #expect(throws: SQLRefusal.self) { try rows(session, query) }
      }
    }
  }
}
