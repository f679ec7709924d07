import ArgumentParser
import Foundation
import Messages
import Store
import Vault

/// `acogida key init`: a stage with a key, before the first interview.
struct KeyInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: Help.text("help.key.init"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Flag(help: Help.of("help.key.init.passphrase")) var passphrase = false

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
    commandName: "status", abstract: Help.text("help.key.status"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.json")) var json = false

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
    commandName: "passphrase", abstract: Help.text("help.key.passphrase"),
    discussion: Help.text("help.key.passphrase.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Flag(help: Help.of("help.key.passphrase.remove"))
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
    commandName: "rotate", abstract: Help.text("help.key.rotate"),
    discussion: Help.text("help.key.rotate.about"))

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
    commandName: "backup", abstract: Help.text("help.key.backup"),
    discussion: Help.text("help.key.backup.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var new: NewPassphrase
  @Argument(help: Help.of("help.key.backup.file", "file")) var file: String
  @Option(
    help: Help.of("help.key.backup.organisation", "file"))
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
    commandName: "restore", abstract: Help.text("help.key.restore"),
    discussion: Help.text("help.key.restore.about"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.key.restore.file", "file")) var file: String
  @Option(
    help: Help.of("help.key.restore.organisation", "file"))
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
    help: Help.of("help.key.newPassphrase", "file"))
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
