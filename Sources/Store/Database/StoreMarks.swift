import Foundation
import GRDB
import Vault

/// What a database says of itself: the stage it belongs to, and that interviews have keys of their own.
enum StoreMarks {
  private static let stage = "stage"
  private static let keyring = "keyring"

  /// Throws for a database that was put into another stage's folder, or that has lost its ring of keys.
  static func refuse(
    _ directory: DataDirectory, _ database: IntakeDatabase
  ) throws(StoreError) {
    let (stage, hasRing) = try StoreError.naming(database.path) {
      try database.pool.read { connection in
        (try value(self.stage, connection), try value(keyring, connection) != nil)
      }
    }
    if let stage, stage != directory.stage {
      throw .otherStage(needed: stage, found: directory.stage)
    }
    if hasRing, !Keyring.exists(directory.keyring) { throw .keyMissing(path: directory.keyring) }
  }

  /// Notes both at first use.
  static func note(
    _ directory: DataDirectory, _ database: IntakeDatabase
  ) throws(StoreError) {
    try StoreError.naming(database.path) {
      try database.pool.write { connection in
        for (name, text) in [(stage, directory.stage), (keyring, "1")] {
          try connection.execute(
            sql: "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [name, Data(text.utf8)])
        }
      }
    }
  }

  private static func value(_ name: String, _ connection: Database) throws -> String? {
    try Data.fetchOne(
      connection, sql: "SELECT value FROM meta WHERE name = ?", arguments: [name]
    ).map { String(decoding: $0, as: UTF8.self) }
  }
}
