/// Calls when no key was pressed for a while.
@MainActor
final class IdleTimer {
  private let clock: any Clock<Duration>
  private let call: () -> Void
  private var limit: Int?
  private var task: Task<Void, Never>?

  /// - Parameter clock: one that goes on while the machine sleeps covers a laptop that was closed.
  init(_ clock: any Clock<Duration>, call: @escaping () -> Void) {
    self.clock = clock
    self.call = call
  }

  /// A key was pressed: the time begins anew; nil waits for nothing.
  func restart(_ limit: Int?) {
    task?.cancel()
    self.limit = limit
    guard let limit else { return task = nil }
    task = Task { [clock, call] in
      do { try await clock.sleep(for: .seconds(limit)) } catch { return }
      call()
    }
  }

  /// Something else happened: the time begins anew only where another limit holds now.
  func follow(_ limit: Int?) {
    if limit != self.limit { restart(limit) }
  }
}
