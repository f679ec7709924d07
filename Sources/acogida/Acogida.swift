import ArgumentParser

/// The command line; names are a contract with scripts and with the manual.
struct Acogida: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "acogida",
    abstract: Help.text("help.acogida"),
    discussion: Help.text("help.acogida.about"),
    version: version,
    subcommands: [
      DeskCommand.self, ListenCommand.self, TranscribeCommand.self, ExtractCommand.self,
      ListCommand.self, ShowCommand.self, ExportCommand.self, EraseCommand.self,
      RecoverCommand.self, AuditCommand.self, RetentionCommand.self, WithdrawCommand.self,
      DuplicatesCommand.self, StatusCommand.self, SyncCommand.self, ReceiptsCommand.self,
      ReportCommand.self, SpeakersCommand.self, VoiceCommand.self, SQLCommand.self,
      LakeCommand.self,
      ForecastCommand.self, RetrainCommand.self, UnsealCommand.self, KeyCommand.self,
      ModelCommand.self, FormCommand.self,
      ConfigCommand.self, PathsCommand.self, KeysCommand.self, DoctorCommand.self,
      EngineCommand.self,
    ], defaultSubcommand: DeskCommand.self)
}

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: Help.of("help.commonOptions.stage", "name"))
  var stage: String?

  @Option(help: Help.of("help.commonOptions.config", "file"))
  var config: String?
}
