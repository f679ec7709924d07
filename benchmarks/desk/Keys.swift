import Desk
import Foundation
import Interview
import Messages
import Terminal
import TerminalTestSupport

/// Presses keys one after the other and waits for each on the screen.
func measureKeys(_ keys: Int) throws {
  let terminal = try PseudoTerminal(
    ["/proc/\(getpid())/exe", "--desk"], size: Size(rows: 40, columns: 120))
  try terminal.wait(until: "the form") { $0.cursor.row > 1 && $0.text.contains("Identidad") }
  var times: [Double] = []
  let clock = ContinuousClock()
  for index in 0..<keys {
    let down = index / 15 % 2 == 0
    let before = focus(terminal.screen)
    let start = clock.now
    terminal.send(down ? "\u{1B}[B" : "\u{1B}[A")
    try terminal.wait(until: "the focus to move") {
      let now = focus($0)
      return now != nil && now != before && $0.cursor.row == now
    }
    times.append((clock.now - start) / .milliseconds(1))
  }
  tell("key to screen, two-hour talk", times)
  // To the very beginning of the talk, a page at a time.
  times.removeAll()
  for _ in 0..<120 {
    let before = terminal.screen.text
    let start = clock.now
    terminal.send("\u{1B}[5~")
    try terminal.wait(until: "an older page") { $0.text != before }
    times.append((clock.now - start) / .milliseconds(1))
  }
  tell("page of the transcript to screen, two-hour talk", times)
  terminal.send("qs")
  _ = terminal.waitForEnd()
}

private func tell(_ name: String, _ times: [Double]) {
  line(
    "desk: \(name), p99", "\(decimal(percentile(times, 0.99))) ms",
    "bar 16 ms; \(times.count) keys, p50 \(decimal(percentile(times, 0.5))) ms")
}

/// The row of the field in focus.
private func focus(_ screen: VirtualTerminal) -> Int? {
  screen.surface.lines.firstIndex { $0.contains("▸") }
}

/// The desk with two hours of talk and nothing behind it.
@MainActor
func runDesk() async {
  guard let form = Talk.form, let screen = try? CursesScreen() else { exit(1) }
  defer { screen.close() }
  let events = Talk.beginning + Talk.segments(1500) + [Talk.heard(1500)]
  let state = DeskState(
    form: form, catalogue: Catalogue(language: "es"), stage: "dev", language: "es",
    today: "2026-03-01", interview: InterviewState(events: Talk.stamped(events)))
  _ = await DeskLoop(state: state, screen: screen, services: NoServices()).run()
}

/// A world in which nothing happens.
@MainActor
final class NoServices: DeskServices {
  let inputs = AsyncStream<DeskInput> { _ in }
  func perform(_ effect: DeskEffect) {}
  func close() async {}
}
