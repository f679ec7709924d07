import Foundation
import GRDB
import Vault

/// A sealed constant in the database, by which the right key is recognised.
enum KeyCheck {
  private static let context = SealContext(table: "meta", row: "key_check", purpose: "key check")

  /// Notes the key at first use.
  static func note(_ key: DataKey, _ connection: Database) throws {
    let sealed = try key.cipher(for: .keyCheck).seal(Array("acogida".utf8), context: context)
    try connection.execute(
      sql: "INSERT INTO meta (name, value) VALUES ('key_check', ?) ON CONFLICT DO NOTHING",
      arguments: [Data(sealed)])
  }

  /// Notes another key in place of the one that was.
  static func replace(_ key: DataKey, _ connection: Database) throws {
    let sealed = try key.cipher(for: .keyCheck).seal(Array("acogida".utf8), context: context)
    try connection.execute(
      sql: "UPDATE meta SET value = ? WHERE name = 'key_check'", arguments: [Data(sealed)])
  }

  /// The name of the key noted, which stands in clear; nil when none is.
  static func noted(_ connection: Database) throws -> KeyID? {
    try Data.fetchOne(connection, sql: "SELECT value FROM meta WHERE name = 'key_check'")
      .flatMap { $0.withUnsafeBytes(RecordCipher.keyID(of:)) }
  }

  /// Throws ``StoreError/wrongKey(needed:found:)`` unless the data were made with this key.
  static func refuseOther(_ key: DataKey, _ connection: Database) throws {
    let noted = try Data.fetchOne(
      connection, sql: "SELECT value FROM meta WHERE name = 'key_check'")
    guard let noted else { return }
    do {
      _ = try key.cipher(for: .keyCheck).open(Array(noted), context: context)
    } catch VaultError.otherKey(let needed) {
      throw StoreError.wrongKey(needed: needed, found: key.id)
    } catch VaultError.damaged {
      throw StoreError.wrongKey(needed: key.id, found: key.id)
    }
  }
}
