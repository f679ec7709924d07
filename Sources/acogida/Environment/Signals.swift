import Dispatch
import Foundation
import Synchronization

/// Signals that ask the program to end.
enum Signals {
  private static let received = Atomic<Int32>(0)

  /// Runs the action at the first SIGINT, SIGTERM or SIGHUP; a second one ends the program at once.
  static func onEnd(_ action: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
        action()
      }
      source.resume()
      // It has to live as long as the program.
      _ = Unmanaged.passRetained(source as AnyObject)
    }
  }

  /// The exit code of a program that a signal ended; nil when none came.
  static var exitCode: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }
}
