import Forms
import Foundation
import GRDB
import Interview
import Vault

/// What a recovery brought back.
public struct RecoveryReport: Hashable, Sendable {
  /// Where the damaged database is now, unchanged; nil when there was none.
  public let damagedDatabase: String?
  /// Submissions read from the damaged database.
  public let fromDatabase: Int
  /// Submissions made again from the journals of submitted interviews.
  public let fromJournals: Int
  /// Submitted interviews that could not be brought back: their journal is damaged or their form is not known here.
  public let unrecovered: [String]
}

extension StageData {
  /// Makes a new database out of what can still be read of a damaged one and of the journals.
  ///
  /// The damaged file is renamed, never changed or removed. A stage with a sound database only gets back
  /// what its journals have and it lacks.
  /// - Parameters:
  ///   - time: now, milliseconds since 1970-01-01 UTC; becomes part of the damaged file's name.
  ///   - form: the form of an identifier and version, where it is known.
  /// - Throws: ``StoreError``.
  public static func recover(
    _ directory: DataDirectory, at time: Int64, policy: AfterSubmit = .init(),
    unlock: KeyUnlock = .none, form: (_ id: String, _ version: String) -> FormDefinition?
  ) throws(StoreError) -> RecoveryReport {
    let aside = try setAsideIfDamaged(directory, at: time, policy, unlock)
    let data = try open(directory, policy: policy, unlock: unlock)
    let kept = try aside.map { path throws(StoreError) in
      try DamagedDatabase(path: path, keys: data.keys).salvage(into: data.submissions)
    }
    let made = try data.submitFromJournals(form)
    return RecoveryReport(
      damagedDatabase: aside, fromDatabase: kept ?? 0, fromJournals: made.recovered,
      unrecovered: made.unrecovered)
  }

  /// Renames the database when it can't be opened because it is damaged.
  private static func setAsideIfDamaged(
    _ directory: DataDirectory, at time: Int64, _ policy: AfterSubmit, _ unlock: KeyUnlock
  ) throws(StoreError) -> String? {
    do {
      _ = try openForWork(directory, policy: policy, unlock: unlock, thoroughly: true)
      return nil
    } catch .damaged(directory.database) {
      let aside = directory.database + ".damaged-\(time)"
      try StoreError.naming(directory.path) {
        // The log first: a database beside a log that is not its own would be damaged further.
        for suffix in ["-wal", "-shm", ""] where Folder.exists(directory.database + suffix) {
          try Folder.rename(directory.database + suffix, to: aside + suffix)
        }
        try Folder.sync(directory.path)
      }
      return aside
    }
  }

  /// Submits the interviews whose journals end submitted and that the database does not know.
  private func submitFromJournals(
    _ form: (String, String) -> FormDefinition?
  ) throws(StoreError) -> (recovered: Int, unrecovered: [String]) {
    var recovered = 0
    var unrecovered: [String] = []
    for draft in try drafts.list() where draft.wasSubmitted {
      let state = InterviewState(events: try drafts.events(of: draft.id).records)
      guard let header = state.header, let form = form(header.form, header.formVersion),
        !draft.isDamaged,
        let submission = try? Submission(state: state, form: form, submitted: state.lastChange)
      else {
        unrecovered.append(draft.id)
        continue
      }
      try submit(submission)
      recovered += 1
    }
    return (recovered, unrecovered.sorted())
  }
}

/// A database that SQLite refuses in places.
private struct DamagedDatabase {
  let path: String
  let keys: InterviewKeys
  private let batch = 1_000

  init(path: String, keys: InterviewKeys) {
    self.path = path
    self.keys = keys
  }

  /// Copies every submission that still opens; its seal proves that it is whole.
  func salvage(into store: SubmissionStore) throws(StoreError) -> Int {
    try StoreError.naming(path) {
      var configuration = Configuration()
      configuration.readonly = true
      guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
        return 0
      }
      // Outside a transaction, which the first damaged page would end.
      return try queue.unsafeRead { connection in
        let last = lastNumber(connection)
        try OutboxSalvage.copy(from: connection, to: store.database)
        return try stride(from: 1, through: last, by: batch).reduce(0) { count, first in
          let submissions = (first..<min(first + batch, last + 1)).compactMap {
            submission($0, connection)
          }
          try store.save(submissions)
          return count + submissions.count
        }
      }
    }
  }

  /// The highest number that a submission may have. A lookup by number fails only for the damaged pages, where a walk would end.
  private func lastNumber(_ connection: Database) -> Int {
    let counters = [
      "SELECT seq FROM sqlite_sequence WHERE name = 'submission'",
      "SELECT max(number) FROM payload",
      "SELECT max(number) FROM submission",
    ]
    return counters.lazy.compactMap { try? Int.fetchOne(connection, sql: $0) }.first ?? 0
  }

  private func submission(_ number: Int, _ connection: Database) -> Submission? {
    let row = try? Row.fetchOne(
      connection,
      sql: "SELECT uuid, sealed FROM submission JOIN payload USING (number) WHERE number = ?",
      arguments: [number])
    guard let row, let id = row[0] as String?, let sealed = row[1] as Data?,
      let cipher = try? keys.key(of: id).cipher(for: .submission)
    else { return nil }
    return SealedSubmission.open(Array(sealed), id: id, cipher: cipher)
  }
}
