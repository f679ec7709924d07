import CNcurses
import Foundation
import Glibc

/// What the terminal sends, as a stream: one thread waits for bytes and signals, nothing polls in a loop.
public final class TerminalInput: Sendable {
  /// Keys, pastes, clicks, sizes and signals in the order they came. One consumer; it ends after
  /// ``stop()`` or when the terminal vanishes.
  public let events: AsyncStream<InputEvent>
  private let continuation: AsyncStream<InputEvent>.Continuation
  private let descriptor: Int32
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Milliseconds after which an escape byte on its own is the Escape key.
  private static let escapeDelay: Int32 = 40
  /// Milliseconds after which a paste that never ends is taken as it is.
  private static let pasteDelay: Int32 = 1000

  /// Prepares the wake-up pipe and takes over the signals.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    var ends: [Int32] = [-1, -1]
    if cn_wake_pipe(&ends) != 0 { ends = [-1, -1] }
    (readEnd, writeEnd) = (ends[0], ends[1])
    cn_signals_install(writeEnd)
  }

  /// Starts the thread.
  func start(terminfo: [[UInt8]: Key]) {
    let thread = Thread { [self] in run(KeyDecoder(terminfo: terminfo)) }
    thread.name = "acogida.input"
    thread.start()
  }

  /// Ends the stream and gives the signals back. Harmless when called twice.
  func stop() {
    cn_signals_remove()
    // The pipe stays open until the process ends: a late signal may still write to it.
    var zero: UInt8 = 0
    _ = write(writeEnd, &zero, 1)
    continuation.finish()
  }

  private func run(_ start: KeyDecoder) {
    var decoder = start
    var waits = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      let delay =
        !decoder.isPending ? -1 : decoder.isPasting ? Self.pasteDelay : Self.escapeDelay
      let ready = poll(&waits, 2, delay)
      if ready < 0, errno != EINTR { return vanish() }
      if ready == 0 { yield(decoder.timeout()) }
      guard ready > 0 else { continue }
      if waits[1].revents != 0, !takeSignals() { return }
      if waits[0].revents != 0 {
        guard let bytes = readBytes() else { return vanish() }
        yield(decoder.feed(bytes))
      }
    }
  }

  private func yield(_ events: [InputEvent]) {
    for event in events { continuation.yield(event) }
  }

  private func vanish() {
    continuation.yield(.terminate(SIGHUP))
    continuation.finish()
  }

  /// What is there to read; empty when there is nothing after all, nil when the terminal is gone.
  private func readBytes() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 { return Array(buffer[..<count]) }
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? [] : nil
  }

  /// Works off the pipe; false when the thread is to end.
  private func takeSignals() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = read(readEnd, &buffer, buffer.count)
    for number in buffer.prefix(max(0, count)) {
      switch Int32(number) {
      case 0: return false
      case SIGWINCH:
        var rows: Int32 = 0
        var columns: Int32 = 0
        if cn_terminal_size(descriptor, &rows, &columns) == 0 {
          continuation.yield(.resized(Size(rows: Int(rows), columns: Int(columns))))
        }
      case SIGCONT: continuation.yield(.resumed)
      case SIGTSTP: continuation.yield(.suspendRequested)
      case let signal: continuation.yield(.terminate(signal))
      }
    }
    return true
  }
}
