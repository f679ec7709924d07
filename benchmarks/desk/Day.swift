import Desk
import Forms
import Foundation
import Interview
import Messages
import Terminal
import TerminalTestSupport

private let interviewsAnHour = 2
private let hours = 8

/// Runs a day of interviews, as fast as the screen takes them, and looks at the memory after every hour.
func measureDay() throws {
  let terminal = try PseudoTerminal(
    ["/proc/\(getpid())/exe", "--day"], size: Size(rows: 24, columns: 80))
  var memory: [Double] = []
  for hour in 1...hours {
    try terminal.wait(for: "fin de la hora \(hour).", seconds: 300)
    memory.append(resident(terminal.process))
    terminal.send("\r")
  }
  _ = terminal.waitForEnd()
  let growth = (memory[hours - 1] - memory[0]) / memory[0] * 100
  line(
    "desk: memory after the 1st and the 8th hour of interviews",
    "\(decimal(memory[0])), \(decimal(memory[hours - 1])) MB",
    "bar: flat; \(hours * interviewsAnHour) interviews, \(decimal(growth)) %")
}

/// Megabytes of memory that a process holds.
private func resident(_ process: pid_t) -> Double {
  let text = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
  return pages * Double(getpagesize()) / 1_048_576
}

/// Half an hour of talk after the other through the desk's own update, render and curses: text that changes as it
/// is spoken, levels, fields, decisions, off the record and back.
@MainActor
func runDay() async {
  guard let form = Talk.form, let screen = try? CursesScreen() else { exit(1) }
  defer { screen.close() }
  var events = screen.events.makeAsyncIterator()
  for hour in 1...hours {
    var last: DeskState?
    for _ in 0..<interviewsAnHour {
      var state = DeskState(
        form: form, catalogue: Catalogue(language: "es"), stage: "dev", language: "es",
        today: "2026-03-01")
      hold(&state, screen)
      last = state
    }
    guard var state = last else { return }
    _ = state.update(.notice(DeskState.Notice("fin de la hora \(hour).")), size: screen.size)
    screen.draw(render(state, screen.size))
    _ = await events.next(isolation: MainActor.shared)
  }
}

/// One interview of half an hour.
@MainActor
private func hold(_ state: inout DeskState, _ screen: CursesScreen) {
  var sequence = 0
  let happen = { (event: InterviewEvent, state: inout DeskState) in
    let stamped = StampedEvent(sequence: sequence, time: 0, elapsed: 0, event: event)
    sequence += 1
    _ = state.update(.happened(stamped), size: screen.size)
  }
  for event in Talk.beginning { happen(event, &state) }
  let segments = Int(1800 / Talk.pace)
  for index in 0..<segments {
    let start = Double(index) * Talk.pace
    for part in 1...4 {
      let text = String(repeating: "palabra ", count: part * 3)
      let open = DeskState.RevisableText(segment: index, start: start, text: text)
      _ = state.update(.revisable(open, preview: [:]), size: screen.size)
      let level = DeskState.Level(rms: -20 - Double(part))
      _ = state.update(.level(level, seconds: Int(start) + part), size: screen.size)
      screen.draw(render(state, screen.size))
    }
    happen(Talk.segment(index), &state)
    if index % 10 == 0 { happen(Talk.heard(index + 1), &state) }
    if index % 50 == 20 { happen(.recording(.paused(position: Int64(start) * 16_000)), &state) }
    if index % 50 == 22 { happen(.recording(.resumed(position: Int64(start) * 16_000)), &state) }
    if index % 40 == 30 { happen(.accepted("phone"), &state) }
    screen.draw(render(state, screen.size))
  }
  happen(.recording(.stopped(position: 1800 * 16_000)), &state)
  happen(.submitted, &state)
}
