import Desk
import Exchange
import Foundation
import Messages
import Terminal

/// A script for the desk, named by the variable `ACOGIDA_SCRIPT`: for tests, demonstrations and reports of faults.
enum ScriptFile {
  static let variable = "ACOGIDA_SCRIPT"

  /// The script's screen; nil where no script is asked for.
  ///
  /// - Throws: ``Failure`` for a file that can't be read or makes no sense.
  @MainActor
  static func screen(_ environment: [String: String]) throws -> ScriptScreen? {
    guard let path = environment[variable], !path.isEmpty else { return nil }
    let script: DeskScript
    do {
      script = try DeskScript(
        Failure.reading(path) { try String(contentsOfFile: path, encoding: .utf8) })
    } catch let problem as DeskScript.Problem {
      throw Failure(
        key: "error.script",
        ["path": path, "line": String(problem.line), "text": Visible.text(problem.text)],
        exitCode: 64)
    }
    return ScriptScreen(script) { path, picture in
      // What was on the screen is about a person: for its owner's eyes alone.
      try ExportDestination.file(path).replaceContents(with: Array(picture.utf8))
    }
  }

  /// What a script that ended early has to say.
  static func failure(_ failure: ScriptScreen.Failure) -> Failure {
    switch failure {
    case .neverShown(let line, let text):
      Failure(key: "error.scriptWait", ["line": String(line), "text": Visible.text(text)])
    case .notSaved(let line, let path):
      Failure(key: "error.scriptSave", ["line": String(line), "path": path])
    }
  }
}
