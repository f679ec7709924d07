import Foundation
import Synchronization

/// How to start an engine process.
public struct EngineLauncher: Hashable, Sendable {
  /// Path of the program.
  public let executable: String
  /// Its arguments, without the program's name.
  public let arguments: [String]

  /// Makes a launcher.
  public init(executable: String, arguments: [String]) {
    self.executable = executable
    self.arguments = arguments
  }

  /// This program itself as an engine.
  public static let sameBinary = EngineLauncher(
    executable: "/proc/self/exe", arguments: ["engine"])
}

/// A running engine process, its standard input and output.
///
/// It ends by itself when its standard input closes, so it never outlives the desk.
final class ChildProcess: Sendable {
  let processID: pid_t
  private let input: Int32
  private let output: Int32
  private let writing = DispatchQueue(label: "acogida.engine.write")
  private let pending = Mutex(0)

  /// Starts the process.
  init(_ launcher: EngineLauncher) throws(EngineFailure) {
    var toChild: [Int32] = [-1, -1]
    var fromChild: [Int32] = [-1, -1]
    // A socket, not a pipe: writing to a dead process is then an error and no signal.
    let kind = Int32(SOCK_STREAM.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &toChild) == 0 else { throw ChildProcess.failure(errno) }
    guard pipe(&fromChild) == 0 else {
      toChild.forEach { close($0) }
      throw ChildProcess.failure(errno)
    }
    // Other processes that this one starts must not hold the pipes open.
    for descriptor in toChild + fromChild { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let result = ChildProcess.spawn(launcher, input: toChild[0], output: fromChild[1])
    close(toChild[0])
    close(fromChild[1])
    switch result {
    case .success(let pid): processID = pid
    case .failure(let error):
      close(toChild[1])
      close(fromChild[0])
      throw error
    }
    input = toChild[1]
    output = fromChild[0]
  }

  /// Bytes handed to ``write(_:then:)`` that the process has not taken yet.
  var pendingBytes: Int { pending.withLock { $0 } }

  /// Writes in the background, in order; `then` runs when these bytes are gone. A dead process swallows them.
  func write(_ bytes: [UInt8], then: @escaping @Sendable () -> Void) {
    pending.withLock { $0 += bytes.count }
    writing.async { [input] in
      _ = SocketWriting.send(bytes, to: input)
      self.pending.withLock { $0 -= bytes.count }
      then()
    }
  }

  /// Reads until the process ends; blocks, so it needs a thread of its own.
  func readAll(_ deliver: ([UInt8]) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(output, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      deliver(Array(buffer[..<count]))
    }
    close(output)
    writing.async { [input] in close(input) }
    var status: Int32 = 0
    while waitpid(processID, &status, 0) < 0 && errno == EINTR {}
  }

  /// Ends the process at once.
  func terminate() { kill(processID, SIGKILL) }

  private static func spawn(
    _ launcher: EngineLauncher, input: Int32, output: Int32
  ) -> Result<pid_t, EngineFailure> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    // The recogniser's libraries print on standard error, which would spoil the desk's screen.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Its own process group: keys such as Ctrl-C are for the desk alone.
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGTSTP] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    let arguments = ([launcher.executable] + launcher.arguments).map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawn(
      &pid, launcher.executable, &actions, &attributes, arguments + [nil], environ)
    return code == 0 ? .success(pid) : .failure(failure(code))
  }

  private static func failure(_ code: Int32) -> EngineFailure {
    .unreachable(reason: String(cString: strerror(code)))
  }
}
