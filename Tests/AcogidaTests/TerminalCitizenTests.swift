import Foundation
import Glibc
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// What a good citizen of the terminal does, seen from outside through the real program.
@Suite struct TerminalCitizenTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  private func begun(
    _ program: Program, _ arguments: [String] = [], size: Size = Size(rows: 24, columns: 80),
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let desk = try program.desk(["--typing"] + arguments, size: size, environment: environment)
    try desk.wait(for: "Para leer en voz alta")
    desk.send("\r")
    try desk.wait(for: "Identidad")
    return desk
  }

  /// Bytes of the terminal's output as text.
  private func output(_ desk: PseudoTerminal) -> String {
    String(decoding: desk.output, as: UTF8.self)
  }

  private func expectRestored(_ desk: PseudoTerminal) {
    #expect(desk.isCooked)
    #expect(desk.screen.modes.isDisjoint(with: [1049, 2004, 1000, 1006]))
    #expect(desk.screen.modes.contains(25))
  }

  // MARK: - Suspending

  /// Ctrl-Z gives the shell its terminal; what was recorded meanwhile is marked as off the record.
  @Test func suspendingGoesOffTheRecordAndComesBack() throws {
    try inFolder { program in
      let script = """
        set -m; '\(Program.path)' desk --from '\(Program.demo)'; echo PARADO; read -r _; fg >/dev/null; echo "FIN $?"
        """
      let desk = try PseudoTerminal(
        ["/bin/bash", "-c", script], size: Size(rows: 24, columns: 80),
        environment: program.environment)
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.waitForRecording(seconds: 0)
      desk.send("\u{1A}")
      try desk.wait(for: "PARADO")
      #expect(!desk.screen.modes.contains(1049))
      #expect(desk.isCooked)
      desk.send("\n")
      try desk.wait(until: "off the record after fg") {
        $0.modes.isSuperset(of: [1049, 2004]) && $0.text.contains("FUERA DE REGISTRO")
      }
      desk.send("p")
      try desk.wait(for: "GRABANDO")
      try desk.wait(for: "── fuera de registro ──")
      desk.send("q")
      try desk.wait(for: "¿Salir?")
      desk.send("q")
      try desk.wait(for: "FIN 0")
      expectRestored(desk)
    }
  }

  /// Stopped and continued by others, the screen is drawn again.
  @Test func aStopFromOutsideIsSurvived() throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.signal(SIGSTOP)
      desk.signal(SIGCONT)
      desk.send("e")
      try desk.wait(for: "Esc deja como estaba")
      desk.send("Ana\r")
      try desk.wait(for: "✎ a Nombre")
    }
  }

  // MARK: - Signals and crashes

  @Test func interruptAsksWhileWorkIsUnsaved() throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.signal(SIGINT)
      try desk.wait(for: "¿Salir?")
      desk.send("n")
      try desk.wait(until: "the form again") { !$0.text.contains("¿Salir?") }
      desk.send("\u{3}")
      try desk.wait(for: "¿Salir?")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      expectRestored(desk)
    }
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE])
  func aCrashGivesTheTerminalBack(number: Int32) throws {
    try inFolder { program in
      let desk = try begun(program, environment: ["SWIFT_BACKTRACE": "enable=no"])
      desk.signal(number)
      #expect(desk.waitForEnd() == 128 + number)
      expectRestored(desk)
    }
  }

  /// A terminal without a second screen keeps what is on it: nothing of the interview may be left to be read.
  @Test(arguments: [SIGTERM, SIGSEGV, 0])
  func nothingOfTheInterviewStaysOnTheScreen(number: Int32) throws {
    try inFolder { program in
      let settings = ["TERM": "vt100", "SWIFT_BACKTRACE": "enable=no"]
      let desk = try begun(program, environment: settings)
      desk.send("eZurbaran\r")
      try desk.wait(for: "Zurbaran")
      if number == 0 {
        desk.send("q")
        try desk.wait(for: "¿Salir?")
        desk.send("q")
      } else {
        desk.signal(number)
      }
      _ = desk.waitForEnd()
      #expect(!desk.screen.text.contains("Zurbaran") && !desk.screen.text.contains("Identidad"))
    }
  }

  /// The window is closed: the draft is kept, nothing runs on.
  @Test func aTerminalThatVanishesEndsTheDesk() throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.send("eAna\r")
      try desk.wait(for: "✎ a Nombre")
      desk.signal(SIGHUP)
      #expect(desk.waitForEnd() == 128 + SIGHUP)
      #expect(try program.run(["recover"]).output.contains("2 campos"))
    }
  }

  // MARK: - Sizes

  @Test(arguments: [
    Size(rows: 3, columns: 90), Size(rows: 1, columns: 30), Size(rows: 2, columns: 10),
  ])
  func aTinyScreenSaysWhatItNeedsAndLosesNothing(size: Size) throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.send("eAna")
      try desk.wait(for: "Ana")
      desk.resize(size)
      try desk.wait(until: "one line") { screen in
        screen.surface.lines.filter { !$0.isEmpty }.count == 1 && screen.text.contains("40x12")
      }
      desk.send(" Ruiz")
      desk.resize(Size(rows: 12, columns: 40))
      try desk.wait(for: "Ana Ruiz")
      desk.send("\r")
      try desk.wait(for: "✎ a Nombre")
    }
  }

  @Test func startsOnTheSmallestAndOnAHugeScreen() throws {
    for size in [Size(rows: 12, columns: 40), Size(rows: 100, columns: 300)] {
      try inFolder { program in
        let desk = try begun(program, size: size)
        try desk.wait(for: "Nombre")
        #expect(desk.screen.unknown.isEmpty)
      }
    }
  }

  // MARK: - Text

  /// Combining marks, wide characters and scripts from right to left are kept as they are said.
  @Test func namesOfTheWorldAreKeptRight() throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.send("eJose\u{301} 作者 فاطمة\r")
      try desk.wait(for: "✎ a Nombre")
      try desk.wait(for: "José")
      try desk.save(until: "guardada · ")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      let export = try program.run(["export", "--format", "jsonl"]).output
      let name = "José 作者 فاطمة"
      #expect(Array(export.utf8).firstRange(of: Array(name.utf8)) != nil)
    }
  }

  /// What is pasted, escapes and all, is the value of a field and nothing else.
  @Test func pastedEscapesSteerNothing() throws {
    try inFolder { program in
      let desk = try begun(program)
      desk.send(
        "e\u{1B}[200~Ana\u{9B}31m\u{1B}]0;titulo\u{7}\u{202E}zurbaran\u{200B}q\nq\u{1B}[201~")
      try desk.wait(for: "zurbaran")
      desk.send("\r")
      try desk.wait(for: "✎ a Nombre")
      let text = output(desk)
      #expect(!text.contains("]0;titulo\u{7}") && !text.contains("\u{202E}"))
      #expect(!text.contains("\u{9B}") && !text.contains("\u{200B}"))
      #expect(desk.screen.text.contains("SOLO ESCRITO"))
    }
  }

  // MARK: - Mouse

  @Test func clicksFocusAndPress() throws {
    try inFolder { program in
      let desk = try begun(program)
      let place = { (text: String) throws -> (Int, Int) in
        try desk.wait(for: text)
        let lines = desk.screen.surface.lines
        let row = try #require(lines.firstIndex { $0.contains(text) })
        let before = lines[row].range(of: text).map { lines[row][..<$0.lowerBound] } ?? ""
        return (row + 1, TextWidth.of(before) + 1)
      }
      let (row, column) = try place("Teléfono")
      desk.send("\u{1B}[<0;\(column);\(row)M\u{1B}[<0;\(column);\(row)m")
      try desk.wait(for: "▸· h Teléfono")
      let (bar, edit) = try place("editar")
      desk.send("\u{1B}[<0;\(edit);\(bar)M")
      try desk.wait(for: "Esc deja como estaba")
    }
  }

  @Test func withoutTheMouseTheTerminalKeepsIt() throws {
    try inFolder { program in
      let desk = try begun(program, ["--no-mouse"])
      #expect(desk.screen.modes.isDisjoint(with: [1000, 1002, 1003, 1006]))
      let configured = program.folder + "/c.toml"
      try Data("[screen]\nmouse = false\n".utf8).write(to: URL(fileURLWithPath: configured))
      let again = try begun(program, ["--config", configured, "--stage", "other"])
      #expect(!again.screen.modes.contains(1000))
    }
  }

  // MARK: - Colours and characters

  private func colours(_ text: String) -> Bool {
    text.firstMatch(of: /\u{1B}\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|38;5;|48;5;)[0-9;]*m/) != nil
  }

  @Test(
    arguments: [
      ([], ["NO_COLOR": "1"], false), ([], ["NO_COLOR": ""], true),
      (["--color", "never"], [:], false),
      (["--color", "always"], ["NO_COLOR": "1"], true), (["--theme", "mono"], [:], false),
      ([], ["TERM": "vt100"], false), ([], ["TERM": "linux"], true), ([], ["TERM": "xterm"], true),
      ([], ["TERM": "screen-256color"], true), ([], ["TERM": "tmux-256color"], true),
    ] as [([String], [String: String], Bool)])
  func colourIsTheUsersChoice(
    arguments: [String], environment: [String: String], isColoured: Bool
  ) throws {
    try inFolder { program in
      let desk = try begun(program, arguments, environment: environment)
      desk.send("eAna\r")
      try desk.wait(until: "the value in the form") { screen in
        screen.surface.lines.contains { $0.contains(/a Nombre.* Ana/) }
      }
      #expect(colours(output(desk)) == isColoured)
    }
  }

  @Test func themesUseTheDepthThereIs() throws {
    try inFolder { program in
      let deep = try begun(program, ["--theme", "paper"], environment: ["TERM": "xterm-256color"])
      #expect(output(deep).contains("48;5;230"))
      let flat = try begun(
        program, ["--theme", "paper", "--stage", "two"], environment: ["TERM": "linux"])
      #expect(output(flat).contains("47m") && !output(flat).contains("48;5"))
    }
  }

  /// The Linux console's fonts have lines and blocks, and few signs.
  @Test func theLinuxConsoleGetsSignsItHas() throws {
    try inFolder { program in
      let desk = try begun(program, environment: ["TERM": "linux"])
      desk.send("eNúria\r")
      try desk.wait(for: "e a Nombre")
      try desk.wait(for: "Núria")
      #expect(desk.screen.text.contains("│"))
      #expect(!output(desk).contains { "✎○●⚠✓∅…▸".contains($0) })
    }
  }

  @Test func anUnknownThemeIsAMistake() throws {
    try inFolder { program in
      let result = try program.run(["desk", "--theme", "pink"])
      #expect(result.code == 64)
      #expect(result.errors.contains("high-contrast"))
    }
  }

  @Test(
    arguments: [
      (["--ascii"], [:]), ([], ["LC_ALL": "C"]), (["--ascii"], ["TERM": "linux"]),
    ] as [([String], [String: String])])
  func asciiHasNoSigns(arguments: [String], environment: [String: String]) throws {
    try inFolder { program in
      let desk = try program.desk(["--typing"] + arguments, environment: environment)
      try desk.wait(for: "+- Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "Identidad")
      desk.send("eNuria\r")
      try desk.wait(for: "e a Nombre")
      #expect(!output(desk).contains("✎") && !output(desk).contains("│"))
    }
  }

  // MARK: - Keys and languages

  @Test func configuredKeysWork() throws {
    try inFolder { program in
      let file = program.folder + "/c.toml"
      try Data("[keys]\nedit = [\"F7\", \"o\"]\nhelp = [\"F2\"]\n".utf8).write(
        to: URL(fileURLWithPath: file))
      let desk = try begun(program, ["--config", file])
      desk.send("e?")
      desk.send("\u{1B}7")
      try desk.wait(for: "Esc deja como estaba")
      desk.send("\u{1B}")
      try desk.wait(until: "the form") { !$0.text.contains("Esc deja como estaba") }
      desk.send("\u{1B}OQ")
      try desk.wait(for: "F7 o")
    }
  }

  @Test func conflictingKeysAreToldBeforeTheScreenIsTaken() throws {
    try inFolder { program in
      let file = program.folder + "/c.toml"
      try Data("[keys]\n\nedit = [\"h\"]\n".utf8).write(to: URL(fileURLWithPath: file))
      let desk = try program.desk(["--typing", "--config", file])
      #expect(desk.waitForEnd() == 1)
      let text = output(desk).replacing("\r\n", with: "")
      #expect(text.contains("c.toml") && text.contains("3") && text.contains("hear"))
    }
  }

  @Test(arguments: [
    (["LC_ALL": "en_GB.UTF-8"], "Before we begin"), (["LC_ALL": "es_ES.UTF-8"], "Antes de empezar"),
    (["LC_ALL": "", "LANG": "", "LANGUAGE": "fr:en"], "Before we begin"),
    (["LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "es_ES.UTF-8"], "Before we begin"),
  ])
  func theLocaleChoosesTheLanguage(environment: [String: String], text: String) throws {
    try inFolder { program in
      let desk = try program.desk(
        ["--typing"], environment: ["ACOGIDA_LANG": ""].merging(environment) { $1 })
      try desk.wait(for: text)
    }
  }
}
