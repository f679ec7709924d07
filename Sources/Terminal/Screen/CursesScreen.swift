import CNcurses
import Glibc

/// The terminal's screen, drawn through ncurses: only what changed since the last surface is sent.
///
/// One at a time. It puts the terminal into raw mode with the alternate screen and bracketed paste, and
/// whatever happens (return, signal, crash) the terminal is put back as it was.
///
/// ```swift
/// let screen = try CursesScreen(options: ScreenOptions())
/// defer { screen.close() }
/// for await event in screen.input.events { screen.draw(render(state, screen.size)) }
/// ```
@MainActor
public final class CursesScreen {
  /// What the terminal sends.
  public let input: TerminalInput
  /// Rows and columns now.
  public private(set) var size: Size
  private let handle: OpaquePointer
  private let options: ScreenOptions
  private let charset: Charset
  private var palette: Palette
  private var shown: Surface?
  private var isOpen = true

  /// Takes the terminal on standard input and output.
  ///
  /// - Throws: ``TerminalError`` when there is none or it can't be used; nothing was changed then.
  public init(options: ScreenOptions = ScreenOptions()) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !term.isEmpty, term != "dumb", cn_guard_install(STDIN_FILENO) == 0 else {
      throw .unsuitable(term: term)
    }
    charset = Charset.ofEnvironment(ascii: options.ascii)
    // Signals first: curses installs its own handlers only where nobody has.
    let input = TerminalInput(descriptor: STDIN_FILENO)
    guard let handle = cn_open() else {
      input.stop()
      throw .unsuitable(term: term)
    }
    guard cn_capability("cup") != nil else {
      endwin()
      delscreen(handle)
      input.stop()
      throw .unsuitable(term: term)
    }
    self.handle = handle
    self.input = input
    self.options = options
    size = CursesScreen.terminalSize() ?? Size(rows: 24, columns: 80)
    palette = Palette(
      enabled: options.usesColor(noColor: getenv("NO_COLOR").map { String(cString: $0) }),
      theme: options.theme)
    enter()
    // What was typed before there was anything to see answers no question: consent least of all.
    tcflush(STDIN_FILENO, TCIFLUSH)
    input.start(terminfo: CursesScreen.terminfoKeys())
  }

  private static func terminalSize() -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard cn_terminal_size(STDOUT_FILENO, &rows, &columns) == 0 else { return nil }
    return Size(rows: Int(rows), columns: Int(columns))
  }

  /// Modes of curses and of the terminal; arms the guard first.
  private func enter() {
    let leave = leaveSequence
    leave.withCString { cn_guard_arm($0, strlen($0)) }
    raw()
    noecho()
    nonl()
    leaveok(cn_stdscr(), false)
    idlok(cn_stdscr(), false)
    palette.start()
    send("\u{1B}[?2004h" + (options.mouse ? "\u{1B}[?1000h\u{1B}[?1006h" : ""))
  }

  private var leaveSequence: String {
    // Cleared first: without a second screen (vt100, GNU screen) what was on it would stay to be read.
    let names = ["sgr0", "clear", "cnorm", "rmcup"]
    let parts = names.compactMap { cn_capability($0).map { String(cString: $0) } }
    // Padding of terminfo ($<5>) has no meaning outside curses.
    return "\u{1B}[?2004l\u{1B}[?1006l\u{1B}[?1000l"
      + parts.map { $0.split(separator: "$<").first.map(String.init) ?? "" }.joined()
  }

  private func send(_ text: String) {
    fflush(nil)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) }
      if written < 0, errno != EINTR { return }
    }
  }

  /// Shows a surface; only cells that changed are sent.
  public func draw(_ surface: Surface) {
    guard isOpen else { return }
    // The main actor may move between threads.
    cn_guard_thread()
    let window = cn_stdscr()
    let before = shown?.size == surface.size ? shown : nil
    for row in 0..<surface.size.rows {
      let cells = surface.row(row)
      if let before, before.row(row) == cells { continue }
      for (column, cell) in cells.enumerated() where cell.width > 0 {
        if let before, before[row, column] == cell, before[row, column].width == cell.width,
          cell.width == 1 || before[row, column + 1].width == 0
        {
          continue
        }
        put(cell, row: row, column: column, window: window)
      }
    }
    shown = surface
    if let cursor = surface.cursor {
      curs_set(1)
      wmove(window, Int32(cursor.row), Int32(cursor.column))
    } else {
      curs_set(0)
    }
    wrefresh(window)
  }

  private func put(
    _ cell: Cell, row: Int, column: Int, window: UnsafeMutablePointer<WINDOW>?
  ) {
    let (attributes, pair) = palette.look(of: cell.style)
    var text = wide(cell)
    // Where the C library disagrees about the width, curses would shift the rest of the row.
    if text.first.map({ Int(cn_width($0)) }) != cell.width {
      text = [wchar_t(UInt8(ascii: "?")), 0]
      if cell.width == 2 {
        _ = cn_put(window, Int32(row), Int32(column + 1), [32, 0], attributes, pair)
      }
    }
    _ = cn_put(window, Int32(row), Int32(column), text, attributes, pair)
  }

  /// The cell's character as curses takes it: a base and at most four combining marks, ended by 0.
  private func wide(_ cell: Cell) -> [wchar_t] {
    let glyph = charset.shown(cell.glyph)
    if let ascii = glyph.asciiValue { return [wchar_t(ascii), 0] }
    let scalars = glyph.unicodeScalars
    var result = scalars.prefix(1).map { wchar_t($0.value) }
    for scalar in scalars.dropFirst() where result.count < 5 {
      // A joiner and what it joins are left out: terminals disagree about their width.
      if scalar.value == 0x200D { break }
      if scalar.value == 0xFE0F || cn_width(wchar_t(scalar.value)) != 0 { continue }
      result.append(wchar_t(scalar.value))
    }
    return result + [0]
  }

  /// Draws everything anew, whatever the terminal shows.
  public func repaint() {
    guard isOpen else { return }
    shown.map { surface in
      shown = nil
      clearok(cn_stdscr(), true)
      draw(surface)
    }
  }

  /// Takes the terminal's new size; draw a surface of ``size`` afterwards.
  public func resize(to newSize: Size) {
    guard isOpen else { return }
    size = newSize
    resizeterm(Int32(max(1, newSize.rows)), Int32(max(1, newSize.columns)))
    shown = nil
    werase(cn_stdscr())
    clearok(cn_stdscr(), true)
  }

  /// Gives the terminal back to the shell and stops the process; returns when it is continued.
  ///
  /// Decide what happens to a running recording before calling it. ``InputEvent/resumed`` follows.
  public func suspend() {
    guard isOpen else { return }
    leave()
    cn_stop_process()
    reenter()
  }

  /// Takes the terminal again after the process was stopped and continued by others.
  public func reenter() {
    guard isOpen else { return }
    leaveSequence.withCString { cn_guard_arm($0, strlen($0)) }
    // Reset the modes that a shell may have changed, then everything curses knows.
    reset_prog_mode()
    if let newSize = CursesScreen.terminalSize(), newSize != size { resize(to: newSize) }
    clearok(cn_stdscr(), true)
    wrefresh(cn_stdscr())
    send("\u{1B}[?2004h" + (options.mouse ? "\u{1B}[?1000h\u{1B}[?1006h" : ""))
    shown = nil
  }

  private func leave() {
    werase(cn_stdscr())
    wrefresh(cn_stdscr())
    send("\u{1B}[?2004l\u{1B}[?1006l\u{1B}[?1000l")
    endwin()
    cn_guard_disarm()
    _ = cn_guard_restore_modes()
  }

  /// Puts the terminal back as it was. Harmless when called twice.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    input.stop()
    leave()
  }

  /// Keys as this terminal's description has them.
  private static func terminfoKeys() -> [[UInt8]: Key] {
    var names: [(String, Key)] = [
      ("kcuu1", Key(.up)), ("kcud1", Key(.down)), ("kcub1", Key(.left)), ("kcuf1", Key(.right)),
      ("khome", Key(.home)), ("kend", Key(.end)), ("kpp", Key(.pageUp)), ("knp", Key(.pageDown)),
      ("kich1", Key(.insert)), ("kdch1", Key(.delete)), ("kcbt", .backTab),
    ]
    names += (1...12).map { ("kf\($0)", Key.function($0)) }
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in names {
      guard let text = cn_capability(name) else { continue }
      let bytes = Array(String(cString: text).utf8)
      if bytes.count > 2, bytes[0] == 0x1B { keys[bytes] = key }
    }
    return keys
  }
}
