import GRDB

/// The tables, as a list of named steps.
///
/// Add steps; never change one that was released.
///
/// In clear are only identifiers made at random, form and stage names, the language and times;
/// everything that was said, typed or confirmed is sealed.
enum Schema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 submissions") { try $0.execute(sql: submissions) }
    return migrator
  }()

  /// Marks the file as this program's (`PRAGMA application_id`): "Acog".
  static let applicationID = 0x4163_6F67

  private static let submissions = """
    PRAGMA application_id = \(applicationID);

    -- Names and check values of the store itself.
    CREATE TABLE meta (
      name TEXT PRIMARY KEY NOT NULL,
      value BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Every interview the stage knew, also erased ones: what is erased never comes back.
    CREATE TABLE interview (
      uuid TEXT PRIMARY KEY NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'submitted', 'erased')),
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Times are milliseconds since 1970-01-01 UTC. `sealed_row` holds the values alone, which is
    -- all that lists and exports read; the whole record is in `payload`.
    CREATE TABLE submission (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL UNIQUE REFERENCES interview (uuid),
      form TEXT NOT NULL,
      form_version TEXT NOT NULL,
      stage TEXT NOT NULL,
      language TEXT NOT NULL,
      created INTEGER NOT NULL,
      submitted INTEGER NOT NULL,
      sealed_row BLOB NOT NULL
    ) STRICT;

    CREATE TABLE payload (
      number INTEGER PRIMARY KEY REFERENCES submission (number) ON DELETE CASCADE,
      sealed BLOB NOT NULL
    ) STRICT;
    """
}
