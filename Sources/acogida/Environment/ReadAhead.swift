import Dispatch
import Synchronization

/// Something that is read while the main thread does something else.
final class ReadAhead<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>>(.failure(CancellationError()))
  private let ended = DispatchSemaphore(value: 0)

  /// Begins to read at once.
  init(_ read: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let value = Result { try read() }
      result.withLock { $0 = value }
      ended.signal()
    }
  }

  /// What was read; waits for it. To be called once.
  ///
  /// - Throws: what reading threw.
  func value() throws -> Value {
    ended.wait()
    return try result.withLock { $0 }.get()
  }
}
