import Forms
import Foundation
import GRDB
import Interview
import Store

/// The same values in a plain table, exported by SQLite's own shell.
enum Baseline {
  struct Failed: Error {}

  /// Copies the rows that an export would have.
  static func make(_ path: String, from submissions: SubmissionStore) throws {
    let queue = try DatabaseQueue(path: path)
    let columns =
      ["submission_id", "submitted_at", "stage", "form_id", "form_version", "linked_to"]
      + Population.form.fields.map(\.name.rawValue)
    try queue.write { connection in
      try connection.execute(
        sql: "CREATE TABLE plain (\(columns.map { $0 + " TEXT" }.joined(separator: ", ")))")
      let marks = columns.map { _ in "?" }.joined(separator: ", ")
      let insert = try connection.makeStatement(sql: "INSERT INTO plain VALUES (\(marks))")
      try submissions.forEachRow { row in
        let summary = row.summary
        let fixed = [
          summary.id, "2023-11-14T22:13:20Z", summary.stage, summary.form, summary.formVersion,
          row.linked.joined(separator: "; "),
        ]
        try insert.execute(
          arguments: StatementArguments(fixed + row.fields.map { $0.value?.displayText ?? "" }))
      }
    }
  }

  static func export(_ path: String, to output: String) throws {
    guard FileManager.default.createFile(atPath: output, contents: nil) else { throw Failed() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = ["-csv", "-header", path, "SELECT * FROM plain"]
    process.standardOutput = FileHandle(forWritingAtPath: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
  }
}
