import ArgumentParser

/// The command line; names are a contract with scripts and with the manual.
struct Acogida: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "acogida",
    abstract: "An intake desk that listens.",
    discussion: """
      Talks are recorded with consent, transcribed on this machine, and turned into a filled intake
      form that a person reviews. Nothing leaves the machine unless it is told to.

      Exit codes: 0 done, 1 failed, 2 wrong state (no terminal, nothing to do), 64 usage, 130 and 143
      ended by a signal.
      """,
    version: version,
    subcommands: [
      DeskCommand.self, ListenCommand.self, TranscribeCommand.self, ExtractCommand.self,
      ListCommand.self, ShowCommand.self, ExportCommand.self, EraseCommand.self,
      RecoverCommand.self, StatusCommand.self, SyncCommand.self, ReceiptsCommand.self,
      UnsealCommand.self, KeyCommand.self, ModelCommand.self, FormCommand.self,
      ConfigCommand.self, PathsCommand.self, KeysCommand.self, DoctorCommand.self,
      EngineCommand.self,
    ], defaultSubcommand: DeskCommand.self)
}

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The stage whose data, keys and targets are used (dev, prod, ...); ACOGIDA_STAGE otherwise.",
      valueName: "name"))
  var stage: String?

  @Option(help: ArgumentHelp("Another configuration file.", valueName: "file"))
  var config: String?
}
