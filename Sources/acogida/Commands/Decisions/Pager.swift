import Foundation
import Terminal

/// Shows what is longer than the screen.
enum Pager {
  /// Lines that fit.
  static var height: Int {
    var size = winsize()
    return ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 2 ? Int(size.ws_row) - 1 : 24
  }

  /// Gives lines to `PAGER` (`less`), which keeps no history of them; without one they are printed.
  static func show(_ lines: [String]) throws {
    let text = Visible.text(lines.joined(separator: "\n"), keeping: "\n") + "\n"
    // The pager takes Ctrl-C for itself; this program goes on behind it.
    let before = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, before) }
    guard let (pager, input) = start() else {
      try Output.write(text)
      return
    }
    // Whoever closes the pager early has seen enough.
    try? input.write(contentsOf: Data(text.utf8))
    try? input.close()
    var status: Int32 = 0
    while waitpid(pager, &status, 0) < 0 && errno == EINTR {}
    // The shell did not find it.
    if (status >> 8) & 0xff == 127 { try Output.write(text) }
  }

  /// Starts the pager in this program's own process group: the terminal stops any other that reads its keys, which is what
  /// `Process` would make of it.
  private static func start() -> (pager: pid_t, input: FileHandle)? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGTSTP] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let command: [String] = ["/bin/sh", "-c", "exec ${PAGER:-less}"]
    let arguments = command.map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { (arguments + variables).forEach { free($0) } }
    var pager: pid_t = 0
    let code = posix_spawn(
      &pager, "/bin/sh", &actions, &attributes, arguments + [nil], variables + [nil])
    let input = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    return code == 0 ? (pager, input) : nil
  }

  private static var environment: [String: String] {
    var all = ProcessInfo.processInfo.environment
    all["LESS"] = all["LESS"] ?? "FRSX"
    all["LESSHISTFILE"] = "-"
    all["LESSSECURE"] = "1"
    return all
  }
}
