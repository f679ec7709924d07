import GRDB
import Vault

extension StageData {
  /// Stands for all interviews of the stage in the audit trail.
  public static let allInterviews = "00000000-0000-0000-0000-000000000000"

  /// Notes that somebody reads what identifies persons, of many interviews at once, beside a process that may be working.
  ///
  /// - Throws: ``StoreError``: what can't be noted is not to be read.
  public func noteIdentifiedReading(at time: Int64, by actor: Actor) throws(StoreError) {
    let beside = try IntakeDatabase.openBeside(directory.database, key: keys.stage)
    try StoreError.naming(beside.path) {
      try beside.pool.write {
        try audits.note(
          .identifiedRead, of: Self.allInterviews, at: time, AuditNote.Contents(actor), $0)
      }
    }
  }
}
