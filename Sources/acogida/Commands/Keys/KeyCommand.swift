import ArgumentParser

/// `acogida key`: the key of a stage, and the organisation's.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: Help.text("help.key"),
    discussion: Help.text("help.key.about"),
    subcommands: [
      KeyInit.self, KeyStatus.self, KeyPassphrase.self, KeyRotate.self, KeyBackupCommand.self,
      KeyRestore.self, KeyOrganisation.self,
    ])
}
