import TerminalTestSupport

extension PseudoTerminal {
  /// Waits until the desk says that it has recorded so many seconds, or more: on a busy machine a second may never be
  /// drawn.
  func waitForRecording(seconds wanted: Int) throws {
    try wait(until: "a recording of \(wanted) s", seconds: 60) { screen in
      screen.text.matches(of: /GRABANDO (\d+):(\d\d)/).contains { match in
        guard let minutes = Int(match.1), let seconds = Int(match.2) else { return false }
        return minutes * 60 + seconds >= wanted
      }
    }
  }

  /// Presses Escape and waits until what it closes is gone: a key typed sooner would be one with Alt.
  func escape(from text: String) throws {
    send("\u{1B}")
    try wait(until: "no more \(text)", seconds: 60) { !$0.text.contains(text) }
  }

  /// Saves the interview on the screen and goes back to the first screen.
  func save(until text: String = "Hoy (1)") throws {
    send("s")
    try wait(for: "¿Guardar la entrevista?")
    send("s")
    try wait(for: "Entrevista guardada")
    send("\r")
    try wait(for: text)
  }
}
