import ArgumentParser
import Recognizer

/// `acogida engine`: the recogniser's own process, started by the desk; and the recogniser for other desks.
struct EngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine", abstract: Help.text("help.engine"),
    discussion: Help.text("help.engine.about"),
    subcommands: [EngineServeCommand.self, EngineVoicesCommand.self])

  func run() {
    EngineHost.run(input: 0, output: 1)
  }
}
