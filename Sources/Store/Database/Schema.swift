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
    migrator.registerMigration("2 outbox") { try $0.execute(sql: outbox) }
    migrator.registerMigration("3 audit, duplicates, retention") { try $0.execute(sql: audit) }
    migrator.registerMigration("4 exports") { try $0.execute(sql: exports) }
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

  private static let outbox = """
    ALTER TABLE submission ADD COLUMN office TEXT NOT NULL DEFAULT '';

    -- What was, or is to be, sent: bytes frozen under a name before the first attempt. `channel` is a
    -- target and a format; `place` is where the bytes are at the target, for people; `sealed` goes
    -- when the bytes have arrived. A parcel whose submission was erased is dissolved: its bytes are
    -- gone, and whether they had arrived is asked at the next synchronisation.
    CREATE TABLE parcel (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      channel TEXT NOT NULL,
      name TEXT NOT NULL,
      place TEXT NOT NULL DEFAULT '',
      sha256 BLOB NOT NULL,
      size INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'dissolved')),
      attempts INTEGER NOT NULL DEFAULT 0,
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      status INTEGER,
      reason TEXT,
      sealed BLOB
    ) STRICT;
    CREATE INDEX parcel_open ON parcel (channel, number) WHERE state <> 'sent';

    -- The primary key is the promise that a submission is in one parcel of a channel, never in two.
    CREATE TABLE parcel_submission (
      channel TEXT NOT NULL,
      uuid TEXT NOT NULL,
      parcel INTEGER NOT NULL REFERENCES parcel (number) ON DELETE CASCADE,
      PRIMARY KEY (channel, uuid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX parcel_submission_parcel ON parcel_submission (parcel);
    CREATE INDEX parcel_submission_uuid ON parcel_submission (uuid);

    CREATE TRIGGER submission_erased BEFORE DELETE ON submission BEGIN
      UPDATE parcel SET state = 'dissolved', sealed = NULL
      WHERE state IN ('waiting', 'refused')
        AND number IN (SELECT parcel FROM parcel_submission WHERE uuid = OLD.uuid);
    END;
    """

  private static let audit = """
    -- What was done with interviews, in one chain over all of them: `link` is the hash of the link
    -- before, the row's clear columns and `digest`, the hash of what `sealed` holds. When an interview
    -- is erased `sealed` goes and the chain stays.
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      uuid TEXT NOT NULL,
      time INTEGER NOT NULL,
      action TEXT NOT NULL,
      digest BLOB NOT NULL,
      link BLOB NOT NULL,
      sealed BLOB
    ) STRICT;
    CREATE INDEX audit_uuid ON audit (uuid);

    -- Keyed hashes of what tells a person: equal ones may be the same person.
    CREATE TABLE person (
      kind TEXT NOT NULL,
      hash BLOB NOT NULL,
      uuid TEXT NOT NULL,
      PRIMARY KEY (kind, hash, uuid)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_uuid ON person (uuid);
    CREATE TRIGGER submission_person_erased BEFORE DELETE ON submission BEGIN
      DELETE FROM person WHERE uuid = OLD.uuid;
    END;

    -- When what was said was removed from a submission, milliseconds since 1970-01-01 UTC.
    ALTER TABLE submission ADD COLUMN words_removed INTEGER;
    """
  private static let exports = """
    -- Submissions that a complete export has written at least once.
    CREATE TABLE exported (
      number INTEGER PRIMARY KEY REFERENCES submission (number) ON DELETE CASCADE
    ) STRICT;
    """
}
