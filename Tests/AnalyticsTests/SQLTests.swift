import Analytics
import Extraction
import Forms
import Interview
import Store
import TestSupport
import Testing

@Suite("SQL")
struct SQLTests {
  private func rows(_ session: SQLSession, _ query: String) throws -> [[String]] {
    var rows: [[String]] = []
    try session.run(query, head: { rows.append($0) }, row: { rows.append($0.map(\.text)) })
    return rows
  }

  private func fill(_ stage: Stage) throws {
    try stage.add(
      1,
      [
        .accepted("full_name", "Sentinel One", "sentinel one"),
        .accepted("municipality", "Getafe", "en getafe"),
        .accepted("needs", .list(["food", "housing"]), "comida y casa"),
        .edited("household_size", .integer(3), "mal", to: .integer(4)),
      ])
    try stage.add(
      2, at: Stage.monday + Stage.day, office: nil,
      [
        .accepted("needs", .list(["food"]), "comida"),
        .edited("notes", nil, "", to: "Sentinel in a note"),
        Stage.Said(field: "municipality", heard: "Leganés", said: "leganés"),
      ])
  }

  @Test("the tables answer") func answers() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      try fill(stage)
      let session = try SQLSession(stage.source())
      #expect(
        try rows(session, "SELECT dt, office, household_size FROM submissions ORDER BY dt") == [
          ["dt", "office", "household_size"], ["2026-11-02", "es-md-01", "4"],
          ["2026-11-03", "", ""],
        ])
      // What nobody confirmed is no value.
      #expect(
        try rows(session, "SELECT municipality, municipality_state FROM submissions ORDER BY dt")
          .dropFirst() == [["Getafe", "confirmed"], ["", "suggested"]])
      #expect(
        try rows(session, "SELECT value, count(*) FROM choices GROUP BY 1 ORDER BY 1").dropFirst()
          == [["food", "2"], ["housing", "1"]])
      #expect(
        try rows(session, "SELECT value, sum(submissions) FROM daily GROUP BY 1 ORDER BY 1")
          .dropFirst() == [["all", "2"], ["food", "2"], ["housing", "1"]])
      #expect(
        try rows(
          session,
          """
          SELECT field, outcome, valid, confidence, extraction_ms, recogniser_ms FROM fields
          WHERE outcome IN ('corrected', 'typed', 'unreviewed') ORDER BY field
          """
        ).dropFirst() == [
          ["household_size", "corrected", "0", "0.8", "100", "700"],
          ["municipality", "unreviewed", "1", "0.8", "100", "700"],
          ["notes", "typed", "", "", "", ""],
        ])
    }
  }

  @Test("a later query that names more columns sees them all") func columnsGrow() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      try fill(stage)
      let session = try SQLSession(stage.source())
      #expect(try rows(session, "SELECT count(*) FROM submissions")[1] == ["2"])
      #expect(try rows(session, "SELECT count(office) FROM submissions")[1] == ["1"])
      #expect(
        try rows(session, "SELECT count(office), count(municipality) FROM submissions")[1]
          == ["1", "1"])
      #expect(
        try rows(
          session,
          """
          SELECT count(*) FROM submissions AS s JOIN fields AS f USING (submission_id)
          WHERE f.outcome = 'accepted' AND s.office = 'es-md-01'
          """)[1] == ["3"])
    }
  }

  @Test("nobody is found in what is not asked for") func identity() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      try fill(stage)
      let session = try SQLSession(stage.source())
      for table in session.tables {
        let all = try rows(session, "SELECT * FROM \(table.name.rawValue)").flatMap(\.self)
        #expect(!all.contains { $0.lowercased().contains("sentinel") || $0.contains("Nadia") })
      }
      #expect(throws: SQLRefusal.self) { try rows(session, "SELECT full_name FROM submissions") }
      let identified = try SQLSession(stage.source(identified: true))
      #expect(
        try rows(identified, "SELECT full_name, technician FROM submissions LIMIT 1")[1]
          == ["Sentinel One", "Nadia Invented"])
      #expect(
        try rows(identified, "SELECT said FROM fields WHERE field = 'full_name' LIMIT 1")[1]
          == ["sentinel one"])
    }
  }

  @Test(
    "nothing but reading the tables works",
    arguments: [
      "DELETE FROM daily", "INSERT INTO daily VALUES (1,2,3,4,5,6,7)", "UPDATE fields SET said = 1",
      "DROP TABLE daily", "CREATE TABLE x (a)", "CREATE TEMP VIEW v AS SELECT 1",
      "ATTACH '/tmp/x.db' AS x", "DETACH main", "PRAGMA table_info(daily)",
      "PRAGMA temp_store = FILE", "VACUUM INTO '/tmp/acogida-x'", "BEGIN", "COMMIT", "REINDEX",
      "ANALYZE", "SELECT load_extension('x')", "SELECT * FROM sqlite_schema",
      "SELECT * FROM pragma_table_info('daily')", "SELECT 1; SELECT 2", "", ";", "-- nothing",
      "EXPLAIN SELECT 1 FROM nothing", "SELECT * FROM submission", "SELEC 1",
    ])
  func refused(_ query: String) throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      try fill(stage)
      let session = try SQLSession(stage.source())
      #expect(throws: SQLRefusal.self) { try rows(session, query) }
      // And what was there is there.
      #expect(try rows(session, "SELECT count(*) FROM daily")[1] == ["5"])
    }
  }

  @Test("an empty store has tables without rows") func empty() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      let session = try SQLSession(stage.source())
      #expect(try rows(session, "SELECT count(*) FROM submissions")[1] == ["0"])
      #expect(try rows(session, "SELECT dt FROM daily") == [["dt"]])
    }
  }
}
