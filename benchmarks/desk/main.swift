// How long a key takes to the screen, with a two-hour talk, through a real pseudo-terminal: the program under
// measurement runs the desk's own loop, update, render and curses; the clock stops when the terminal shows it.
//
// desk-benchmark [KEYS]        prints one JSON object a measurement
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Terminal
import TerminalTestSupport

if CommandLine.arguments.contains("--desk") {
  await runDesk()
} else {
  try measure(keys: CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 500)
}

/// Presses keys one after the other and waits for each on the screen.
func measure(keys: Int) throws {
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
  report("desk.key_to_screen", times)
  // To the very beginning of the talk, a page at a time.
  times.removeAll()
  for _ in 0..<120 {
    let before = terminal.screen.text
    let start = clock.now
    terminal.send("\u{1B}[5~")
    try terminal.wait(until: "an older page") { $0.text != before }
    times.append((clock.now - start) / .milliseconds(1))
  }
  report("desk.page_to_screen", times)
  terminal.send("qs")
  _ = terminal.waitForEnd()
}

/// The row of the field in focus.
func focus(_ screen: VirtualTerminal) -> Int? {
  screen.surface.lines.firstIndex { $0.contains("▸") }
}

/// Prints one JSON object.
func report(_ name: String, _ times: [Double]) {
  let times = times.sorted()
  let at = { (part: Double) in times[min(times.count - 1, Int(Double(times.count) * part))] }
  let text = { (number: Double) in String((number * 1000).rounded() / 1000) }
  print(
    "{\"benchmark\":\"\(name)\",\"segments\":1500,\"keys\":\(times.count),"
      + "\"p50_ms\":\(text(at(0.5))),\"p99_ms\":\(text(at(0.99))),\"max_ms\":\(text(at(1)))}")
}

/// The desk with two hours of talk and nothing behind it.
@MainActor
func runDesk() async {
  let assets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../assets/forms/acogida.toml")
  guard let toml = try? String(contentsOf: assets, encoding: .utf8),
    let form = try? FormDefinition(toml: toml), let screen = try? CursesScreen()
  else { exit(1) }
  defer { screen.close() }
  let state = DeskState(
    form: form, catalogue: Catalogue(language: "es"), stage: "dev", language: "es",
    today: "2026-03-01", interview: InterviewState(events: twoHours()))
  _ = await DeskLoop(state: state, screen: screen, services: NoServices()).run()
}

/// The events of a long talk in which something was heard for some fields.
func twoHours() -> [StampedEvent] {
  let words =
    "y entonces fuimos a la oficina de la calle Mayor pero nos dijeron que faltaba un papel"
  var events: [InterviewEvent] = [
    .began(
      InterviewHeader(id: "x", form: "acogida", formVersion: "1", stage: "dev", language: "es")),
    .consented(Consent(recording: true, data: true)), .recording(.started),
  ]
  events += (0..<1500).map { index in
    let start = Double(index) * 4.8
    return .settled(TranscriptSegment(id: index, start: start, end: start + 4, text: words))
  }
  let fields: [FieldName] = ["full_name", "phone", "municipality", "needs"]
  let candidates = fields.enumerated().map { index, field in
    let evidence = Evidence(
      segment: 1499 - index, characters: 2..<10, start: 7000, end: 7001, text: "entonces")
    return Candidate(
      field: field, value: .text("valor"), said: "valor", confidence: 0.8, state: .suggested,
      evidence: [evidence])
  }
  events.append(.heard(candidates: candidates, withdrawn: []))
  return events.enumerated().map { index, event in
    StampedEvent(sequence: index, time: 0, elapsed: 0, event: event)
  }
}

/// A world in which nothing happens.
@MainActor
final class NoServices: DeskServices {
  let inputs = AsyncStream<DeskInput> { _ in }
  func perform(_ effect: DeskEffect) {}
  func close() async {}
}
