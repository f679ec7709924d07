import ArgumentParser
import Recognizer

/// `acogida engine`: the recogniser's own process, started by the desk.
struct EngineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engine",
    abstract: "Run the recogniser on standard input and output (started by the program itself).",
    shouldDisplay: false)

  func run() {
    EngineHost.run(input: 0, output: 1)
  }
}
