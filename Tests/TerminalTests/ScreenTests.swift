import Foundation
import Glibc
import Terminal
import TerminalTestSupport
import Testing

/// The real driver in a real terminal device, seen through the emulator.
@Suite struct ScreenTests {
  private func probe(
    _ arguments: [String] = [], size: Size = Size(rows: 12, columns: 50),
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let path = PseudoTerminal.products + "/TerminalProbe"
    return try PseudoTerminal([path] + arguments, size: size, environment: environment)
  }

  @Test func drawsWideCombiningAndColour() throws {
    let terminal = try probe()
    try terminal.wait(for: "rojo sobre azul")
    #expect(terminal.screen.unknown.isEmpty)
    #expect(terminal.screen.text.contains("┌─ Sonda 12x50 ─"))
    #expect(terminal.screen.text.contains("José 作者 👩 e\u{301}x ●"))
    #expect(terminal.screen.surface[1, 2].style == Style(.red, on: .standard, .bold))
    #expect(terminal.screen.surface[2, 2].style == Style(.brightYellow, on: .blue))
    try terminal.wait(until: "cursor on its field") { $0.cursor == Point(row: 4, column: 5) }
    #expect(terminal.screen.modes.isSuperset(of: [1049, 2004, 1000, 1006, 25]))
    #expect(!terminal.isCooked)
    terminal.send("\u{11}")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.isCooked)
    #expect(terminal.screen.modes.isDisjoint(with: [1049, 2004, 1000, 1006]))
  }

  @Test func keysPasteAndMouseArrive() throws {
    let terminal = try probe()
    try terminal.wait(for: "rojo")
    terminal.send("ñ")
    try terminal.wait(for: "typed ñ")
    terminal.send("\u{1B}[200~dos\u{3}palabras\u{1B}[201~")
    try terminal.wait(for: "pasted dospalabras")
    terminal.send("\u{1B}[<0;3;4M")
    try terminal.wait(for: "click")
    terminal.send("\u{1B}")
    try terminal.wait(for: "escape")
  }

  @Test func resizeIsFollowed() throws {
    let terminal = try probe()
    try terminal.wait(for: "12x50")
    terminal.resize(Size(rows: 20, columns: 70))
    try terminal.wait(for: "20x70")
    terminal.resize(Size(rows: 5, columns: 30))
    try terminal.wait(until: "the whole frame") {
      $0.text.contains("5x30") && $0.surface.lines[4].hasSuffix("┘")
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func signalsRestoreTheTerminal(number: Int32) throws {
    let terminal = try probe()
    try terminal.wait(for: "rojo")
    terminal.signal(number)
    #expect(terminal.waitForEnd() == 128 + number)
    #expect(terminal.isCooked)
    #expect(terminal.screen.modes.isDisjoint(with: [1049, 2004, 1000]))
  }

  @Test(arguments: ["\u{6}", "\u{7}", "\u{18}"])
  func crashesAndExitsRestoreTheTerminal(key: String) throws {
    let terminal = try probe(environment: ["SWIFT_BACKTRACE": "enable=no"])
    try terminal.wait(for: "rojo")
    terminal.send(key)
    #expect(terminal.waitForEnd() != 0)
    #expect(terminal.isCooked)
    #expect(terminal.screen.modes.isDisjoint(with: [1049, 2004, 1000]))
  }

  @Test func crashReportGoesToAPrivateFolderWithoutAsking() throws {
    let folder = NSTemporaryDirectory() + "acogida-crash-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let terminal = try probe(["--quiet-crash", folder])
    try terminal.wait(for: "rojo")
    let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
    #expect(mode == 0o700)
    terminal.send("\u{6}")
    #expect((terminal.waitForEnd(seconds: 60) ?? 0) > 128)
    #expect(terminal.isCooked)
  }

  @Test func suspendGivesTheTerminalBackAndContinues() throws {
    let path = PseudoTerminal.products + "/TerminalProbe"
    let script = "set -m; '\(path)'; echo PARADO; fg >/dev/null; echo HECHO"
    let terminal = try PseudoTerminal(
      ["/bin/bash", "-c", script], size: Size(rows: 12, columns: 50))
    try terminal.wait(for: "rojo")
    terminal.send("\u{1A}")
    try terminal.wait(until: "the screen again after fg") { screen in
      screen.modes.contains(1049) && screen.text.contains("resumed")
    }
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(text.contains("PARADO"))
    #expect(terminal.screen.modes.isSuperset(of: [2004, 1000]))
    terminal.send("\u{11}")
    try terminal.wait(for: "HECHO")
    #expect(!terminal.screen.modes.contains(1049))
  }

  @Test(arguments: [(["TERM": "dumb"], "unsuitable"), (["TERM": "nonexistent-9"], "unsuitable")])
  func refusesTerminalsThatCannotDoIt(environment: [String: String], text: String) throws {
    let terminal = try probe(environment: environment)
    #expect(terminal.waitForEnd() == 2)
    #expect(terminal.screen.text.contains(text))
    #expect(terminal.isCooked)
  }

  @Test func noColorAndASCII() throws {
    let terminal = try probe(["--ascii"], environment: ["NO_COLOR": "1"])
    try terminal.wait(for: "rojo sobre azul")
    #expect(terminal.screen.text.contains("+- Sonda"))
    #expect(terminal.screen.text.contains("José"))
    #expect(terminal.screen.surface[2, 2].style == .reverse)
    let plain = try probe(environment: ["LC_ALL": "C", "TERM": "linux"])
    try plain.wait(for: "rojo sobre azul")
    #expect(plain.screen.text.contains("Jose ? ?"))
  }
}
