import Foundation
import Glibc
import Synchronization
import Terminal

/// A program running in a terminal of its own, with its screen and a way to wait for what it shows.
///
/// Waiting means waiting for output, with a deadline; there are no sleeps.
public final class PseudoTerminal {
  /// What can go wrong while a program is driven.
  public enum Problem: Error, CustomStringConvertible {
    /// The system refused a terminal or the program; `errno`.
    case cannotStart(Int32)
    /// The text never came; the screen as it was.
    case neverSaw(String, screen: String)

    /// What happened, with the screen.
    public var description: String {
      switch self {
      case .cannotStart(let code): "cannot start: \(String(cString: strerror(code)))"
      case .neverSaw(let text, let screen): "never saw \(text); screen:\n\(screen)"
      }
    }
  }

  /// The screen and its modes.
  public private(set) var screen: VirtualTerminal
  /// Everything the program wrote.
  public private(set) var output: [UInt8] = []
  /// The process.
  public let process: pid_t
  private let master: Int32
  private let slave: Int32
  private var status: Int32?

  /// Starts a program as the leader of a session whose terminal this is.
  public init(
    _ arguments: [String], size: Size = Size(rows: 24, columns: 80),
    environment: [String: String] = [:]
  ) throws {
    screen = VirtualTerminal(size)
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard let name = PseudoTerminal.slaveName(master) else { throw Problem.cannotStart(errno) }
    // Held open here so that the modes can be read after the program has ended.
    slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    PseudoTerminal.setSize(master, size)
    var child: pid_t = 0
    let code = PseudoTerminal.spawn(arguments, terminal: name, environment, &child)
    guard code == 0 else {
      Glibc.close(master)
      Glibc.close(slave)
      throw Problem.cannotStart(code)
    }
    process = child
  }

  deinit {
    if status == nil {
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      var ended: Int32 = 0
      waitpid(process, &ended, 0)
    }
    Glibc.close(master)
    Glibc.close(slave)
  }

  /// Unlocks the other end and gives its path (Linux' TIOCSPTLCK and TIOCGPTN; Glibc's module lacks ptsname).
  private static func slaveName(_ master: Int32) -> String? {
    var locked: Int32 = 0
    var number: UInt32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &locked) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { return nil }
    return "/dev/pts/\(number)"
  }

  private static func spawn(
    _ arguments: [String], terminal: String, _ extra: [String: String], _ child: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID, with default handlers for what a test runner may ignore.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGPIPE, SIGINT, SIGTSTP, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(0x80 | POSIX_SPAWN_SETSIGDEF))
    var environment = ProcessInfo.processInfo.environment
    for name in ["LINES", "COLUMNS", "NO_COLOR", "LANG", "LC_CTYPE"] { environment[name] = nil }
    environment.merge(["TERM": "xterm-256color", "LC_ALL": "C.UTF-8"]) { $1 }
    environment.merge(extra) { $1 }
    let words = arguments.map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    return posix_spawnp(&child, arguments[0], &actions, &attributes, words, settings)
  }

  private static func setSize(_ descriptor: Int32, _ size: Size) {
    var window = winsize(
      ws_row: UInt16(size.rows), ws_col: UInt16(size.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &window)
  }

  /// Types text; escape sequences are keys.
  public func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  /// Makes the window larger or smaller; the program gets SIGWINCH.
  public func resize(_ size: Size) {
    screen.resize(size)
    PseudoTerminal.setSize(master, size)
  }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) { kill(process, number) }

  /// How many times longer than on a quiet machine a test waits before it gives up: a deadline tells a program that
  /// hangs from one that has little of a busy machine, and costs nothing where the awaited thing comes.
  private static let patience = 8.0

  /// Reads until the screen shows the text.
  public func wait(for text: String, seconds: Double = 20) throws {
    try wait(until: text, seconds: seconds) { $0.text.contains(text) }
  }

  /// Reads until the condition holds; `name` says in a failure what was expected.
  public func wait(
    until name: String, seconds: Double = 20, _ condition: (VirtualTerminal) -> Bool
  ) throws {
    let deadline = DispatchTime.now() + seconds * PseudoTerminal.patience
    while !condition(screen) {
      guard pump(until: deadline) else { throw Problem.neverSaw(name, screen: screen.text) }
    }
  }

  /// Waits for output and feeds it to the screen; false at the deadline or when nothing more can come.
  private func pump(until deadline: DispatchTime) -> Bool {
    let now = DispatchTime.now().uptimeNanoseconds
    guard deadline.uptimeNanoseconds > now else { return false }
    let milliseconds = Int32((deadline.uptimeNanoseconds - now) / 1_000_000 + 1)
    var waits = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    let ready = poll(&waits, 1, min(milliseconds, isOver ? 0 : 50))
    if ready == 0 { return !isOver }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    screen.feed(buffer[..<count])
    return true
  }

  private var isOver: Bool {
    if status != nil { return true }
    var ended: Int32 = 0
    if waitpid(process, &ended, WNOHANG) == process { status = ended }
    return status != nil
  }

  /// Reads until the program ends; its exit code, or 128 plus the signal that ended it. Nil at the deadline.
  public func waitForEnd(seconds: Double = 20) -> Int32? {
    let deadline = DispatchTime.now() + seconds * PseudoTerminal.patience
    while pump(until: deadline) {}
    guard isOver else { return nil }
    while pump(until: .now() + 0.01) {}
    guard isOver, let status else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
  }

  /// Whether the terminal is in the state a shell expects: lines, echo and signals from keys.
  public var isCooked: Bool {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return false }
    let flags = tcflag_t(ICANON) | tcflag_t(ECHO) | tcflag_t(ISIG)
    return modes.c_lflag & flags == flags
  }

  /// The folder of the built products, where executables under test stand.
  public static var products: String {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    // swift test runs a helper of the toolchain on some versions; the bundle stands beside the products.
    let arguments = CommandLine.arguments.filter { $0.contains(".xctest") }
    let bundle = arguments.first ?? path
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path
  }
}
