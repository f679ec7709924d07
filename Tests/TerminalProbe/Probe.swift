import Glibc
import Terminal

/// A small program that shows what the terminal sends; the tests drive it through a pseudo-terminal.
@main
enum Probe {
  static func main() async {
    if CommandLine.arguments.contains("--quiet-crash"), let directory = CommandLine.arguments.last {
      CrashReports.prepare(directory: directory)
    }
    await run()
  }

  @MainActor
  private static func run() async {
    let arguments = CommandLine.arguments
    let options = ScreenOptions(ascii: arguments.contains("--ascii"))
    let screen: CursesScreen
    do {
      screen = try CursesScreen(options: options)
    } catch {
      print("refused: \(error)")
      exit(2)
    }
    defer { screen.close() }
    var log: [String] = []
    screen.draw(picture(log, screen.size))
    for await event in screen.input.events {
      switch event {
      case .key(.control("q")): return
      case .key(.control("z")), .suspendRequested: screen.suspend()
      case .key(.control("f")): fatalError("asked to crash")
      case .key(.control("g")): crashByPointer()
      case .key(.control("o")): print(overflow(1))
      case .key(.control("x")): exit(3)
      case .key(.control("l")): screen.repaint()
      case .terminate(let signal):
        screen.close()
        exit(128 + signal)
      case .resized(let size): screen.resize(to: size)
      case .resumed: screen.reenter()
      default: break
      }
      log.append(describe(event))
      screen.draw(picture(log, screen.size))
    }
  }

  private static func describe(_ event: InputEvent) -> String {
    switch event {
    case .key(let key): key.typed.map { "typed \($0)" } ?? "\(key.code)"
    case .paste(let text): "pasted \(text)"
    default: "\(event)"
    }
  }

  private static func crashByPointer() {
    UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
  }

  private static func overflow(_ depth: Int) -> Int {
    depth < 0 ? 0 : overflow(depth + 1) + depth % 7
  }

  private static func picture(_ log: [String], _ size: Size) -> Surface {
    var surface = Surface(size)
    surface.box(surface.bounds, title: "Sonda \(size.rows)x\(size.columns)")
    surface.put(
      "José 作者 👩‍👩‍👧 e\u{301}x ●", row: 1, column: 2, style: Style(.red, on: .standard, .bold))
    surface.put("rojo sobre azul", row: 2, column: 2, style: Style(.brightYellow, on: .blue))
    let visible = log.suffix(max(0, size.rows - 5))
    for (index, line) in visible.enumerated() {
      surface.put(
        "\(log.count - visible.count + index + 1) \(line)", row: 3 + index, column: 2,
        limit: size.columns - 4)
    }
    surface.cursor = Point(row: min(4, size.rows - 1), column: 5)
    return surface
  }
}
