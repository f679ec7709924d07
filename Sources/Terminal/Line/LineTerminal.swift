import CNcurses
import Glibc

/// A terminal that is only written to, line after line: no cursor is addressed, nothing is erased but what is
/// being typed. It works where curses can't (`TERM=dumb`, teletypes, pipes) and says nothing a screen reader
/// would have to skip.
///
/// Keys come one by one and are not echoed, so that whoever uses it decides when text may interrupt them.
@MainActor
public final class LineTerminal {
  /// What the terminal sends.
  public let input: TerminalInput
  /// Whether a person sits there; a pipe needs no echo and ends.
  public let isTerminal: Bool
  private let charset: Charset
  private var isOpen = true

  /// Takes standard input and output.
  ///
  /// - Parameter ascii: whether signs are written in ASCII.
  /// - Throws: ``TerminalError`` when standard input is a terminal whose modes can't be read.
  public init(ascii: Bool = false) throws(TerminalError) {
    isTerminal = isatty(STDIN_FILENO) == 1
    charset = Charset.ofEnvironment(ascii: ascii)
    if isTerminal, cn_guard_install(STDIN_FILENO) != 0 { throw .notATerminal }
    input = TerminalInput(descriptor: STDIN_FILENO)
    enter()
    // What was typed before there was anything to read answers no question: consent least of all.
    if isTerminal { tcflush(STDIN_FILENO, TCIFLUSH) }
    input.start(terminfo: [:])
  }

  /// Keys at once, without echo; signals from keys come as keys.
  private func enter() {
    guard isTerminal else { return }
    cn_guard_arm("", 0)
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
    modes.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    modes.c_iflag &= ~tcflag_t(IXON)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }

  /// Writes text; it may hold line feeds and backspaces, nothing else that steers a terminal.
  public func write(_ text: String) {
    guard isOpen else { return }
    cn_guard_thread()
    var rest = Array(shown(text).utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) }
      if written < 0, errno != EINTR { return }
    }
  }

  private func shown(_ text: String) -> String {
    String(
      text.map { character in
        character == "\n" || character == "\u{8}"
          ? character : charset.shown(TextWidth.drawable(character).0)
      })
  }

  /// Gives the terminal back to the shell and stops the process; returns when it is continued.
  public func suspend() {
    guard isOpen else { return }
    leave()
    cn_stop_process()
    enter()
  }

  /// Takes the terminal again after others stopped and continued the process.
  public func reenter() {
    if isOpen { enter() }
  }

  private func leave() {
    guard isTerminal else { return }
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
}
