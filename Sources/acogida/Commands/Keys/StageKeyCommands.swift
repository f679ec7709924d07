import ArgumentParser
import Foundation
import Messages
import Store
import Vault

/// `acogida key init`: a stage with a key, before the first interview.
struct KeyInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the stage's key; the desk makes one too when it is missing.")

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Flag(help: "Wrap the key by a passphrase, which is asked for.") var passphrase = false

  func run() throws {
    let context = try StoreContext(common)
    let directory = try context.directory()
    if Folder.exists(directory.key) { throw StoreError.keyExists(path: directory.key) }
    let words = passphrase || new.file != nil ? try new.read(context.catalogue) : nil
    let data = try context.open(.working)
    if let words { try data.protectKey(words) }
    StandardError.write(
      context.catalogue.text("key.made", ["id": "\(data.keyID)", "path": directory.key]) + "\n")
  }
}

/// `acogida key status`: which key it is and how it is protected; needs no passphrase.
struct KeyStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the key's name and how it is protected.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Print one JSON object.") var json = false

  private struct Report: Encodable {
    let schema = "acogida.key/1"
    let stage: String
    let id: String
    let passphrase: Bool
    let path: String
  }

  func run() throws {
    let context = try StoreContext(common)
    let directory = try context.existingDirectory()
    let key = try KeyFile.describe(directory.key)
    let report = Report(
      stage: directory.stage, id: "\(key.id)", passphrase: key.protection == .passphrase,
      path: directory.key)
    if json { return try Output.json(report) }
    try Output.line(
      context.catalogue.text(
        "key.status.\(key.protection)",
        ["id": report.id, "stage": report.stage, "path": report.path]))
  }
}

/// `acogida key passphrase`: sets, changes or takes away the passphrase.
struct KeyPassphrase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "passphrase",
    abstract: "Wrap the key by a passphrase, by another one, or by none.",
    discussion: """
      Nobody can open the data without the passphrase: not headquarters, not the authors of this
      program. Make a backup of the key (acogida key backup) and keep it elsewhere.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Flag(help: "Take the passphrase away; the file's mode alone protects the key then.")
  var remove = false

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.openExisting()
    try data.protectKey(remove ? nil : try new.read(context.catalogue))
    StandardError.write(
      context.catalogue.text(remove ? "key.passphrase.removed" : "key.passphrase.set") + "\n")
  }
}

/// `acogida key rotate`: a new data key.
struct KeyRotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give the stage a new data key.",
    discussion: """
      For when somebody may have seen the old one. The keys of interviews are wrapped anew; interviews
      themselves are not sealed again. Backups of the key that were made before no longer open these
      data: make a new one.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase

  func run() throws {
    let context = try StoreContext(common)
    let directory = try context.existingDirectory()
    let isWrapped = try KeyFile.describe(directory.key).protection == .passphrase
    let data = try context.openExisting()
    let words = isWrapped || new.file != nil ? try new.read(context.catalogue) : nil
    let id = try data.rotateKey(passphrase: words)
    StandardError.write(context.catalogue.text("key.rotated", ["id": "\(id)"]) + "\n")
  }
}

/// `acogida key backup FILE`: all keys of the stage, sealed.
struct KeyBackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Save the stage's keys to a sealed file.",
    discussion: """
      Sealed under a passphrase of the backup's own, or to the organisation's key. Interviews that
      begin later need a later backup. A backup made before an interview was erased still holds its
      key: put the new backup in its place (this command replaces the file).
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Argument(help: ArgumentHelp("The file to write.", valueName: "file")) var file: String
  @Option(
    help: ArgumentHelp(
      "Seal to this public key (acogida key organisation makes it) and not under a passphrase.",
      valueName: "file"))
  var organisation: String?

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.openExisting()
    let protection: KeyBackup.Protection =
      if let organisation {
        .organisation(try OrganisationKey(file: organisation))
      } else {
        .passphrase(try new.read(context.catalogue))
      }
    try data.keyBackup.write(to: file, protection)
    StandardError.write(
      context.catalogue.text("key.saved", ["path": file, "id": "\(data.keyID)"]) + "\n")
  }
}

/// `acogida key restore FILE`: brings keys back.
struct KeyRestore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring the stage's keys back from a backup.",
    discussion: """
      A key that is there is never replaced, a damaged one is set aside. Keys of interviews that were
      erased do not come back. The key is protected by the file's mode afterwards; acogida key
      passphrase wraps it again.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The backup.", valueName: "file")) var file: String
  @Option(
    help: ArgumentHelp(
      "The organisation's secret key, for a backup sealed to it.", valueName: "file"))
  var organisation: String?

  func run() throws {
    let context = try StoreContext(common)
    let backup = try KeyBackup(file: file, try opener(context.catalogue))
    let count = try StageData.restoreKey(backup, to: try context.directory(), passphrase: nil)
    StandardError.write(
      context.catalogue.text("key.restored", ["id": "\(backup.key.id)", "count": String(count)])
        + "\n")
  }

  private func opener(_ catalogue: Catalogue) throws -> KeyBackup.Opener {
    if let organisation { return .organisation(try OrganisationSecret(file: organisation)) }
    let words = try PassphrasePrompt(catalogue).ask("passphrase.backup")
    guard let words else { throw StoreError.locked(path: file) }
    return .passphrase(words)
  }
}

/// Where a new passphrase comes from.
struct NewPassphrase: ParsableArguments {
  @Option(
    name: .customLong("new-passphrase-file"),
    help: ArgumentHelp(
      "Read the new passphrase from the first line of this file instead of asking.",
      valueName: "file"))
  var file: String?

  /// The new passphrase, asked for twice.
  func read(_ catalogue: Catalogue) throws -> Passphrase {
    let words =
      if let file { try PassphrasePrompt.read(file) } else {
        try PassphrasePrompt(catalogue).askTwice()
      }
    guard words.count >= Passphrase.minimumLength else {
      throw Failure(
        key: "error.passphraseShort", ["count": String(Passphrase.minimumLength)], exitCode: 64)
    }
    return words
  }
}
