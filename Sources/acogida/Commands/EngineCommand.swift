import ArgumentParser
import Recognizer

/// `acogida engine`: the recogniser's own process, started by the desk.
struct EngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine",
    abstract: Help.text("help.engine"),
    shouldDisplay: false)

  func run() {
    EngineHost.run(input: 0, output: 1)
  }
}
