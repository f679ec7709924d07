import ArgumentParser

/// `acogida key`: the key of a stage, and the organisation's.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Make, protect, change, save and bring back keys.",
    discussion: """
      Every stage has a data key (file key, 0600). Every interview has a key of its own (file keyring),
      wrapped by the data key; acogida erase destroys it. A passphrase wraps the data key: it is asked
      for on the terminal, or read from the file that ACOGIDA_PASSPHRASE_FILE names.
      """,
    subcommands: [
      KeyInit.self, KeyStatus.self, KeyPassphrase.self, KeyRotate.self, KeyBackupCommand.self,
      KeyRestore.self, KeyOrganisation.self,
    ])
}
