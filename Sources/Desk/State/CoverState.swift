import Synchronization

/// When the desk covers its screen, and what uncovers it.
public struct CoverRules: Hashable, Sendable {
  /// Seconds without a key after which the screen is covered while nothing is recorded; 0 never.
  public var idle: Int
  /// The same while something is recorded: who listens presses no keys.
  public var idleWhileRecording: Int
  /// Whether a passphrase wraps the key: it is asked for.
  public var hasPassphrase: Bool
  /// Without a passphrase: whether any key uncovers, not Enter alone.
  public var anyKey: Bool

  /// Makes rules.
  public init(
    idle: Int = 0, idleWhileRecording: Int = 0, hasPassphrase: Bool = false, anyKey: Bool = false
  ) {
    self.idle = idle
    self.idleWhileRecording = idleWhileRecording
    self.hasPassphrase = hasPassphrase
    self.anyKey = anyKey
  }
}

/// A covered screen.
public struct CoverState: Hashable, Sendable {
  /// What is being typed.
  let secret = TypedSecret()
  /// Whether the passphrase is being tried.
  var isChecking = false
  /// Why it did not uncover; nil before the first attempt.
  var problem: String?
}

/// A passphrase while it is typed: bytes in one place that are overwritten when they are taken.
public final class TypedSecret: Hashable, Sendable {
  private static let limit = 1_024
  private let bytes: Mutex<[UInt8]>

  init() {
    var room: [UInt8] = []
    // Growing would leave copies behind.
    room.reserveCapacity(Self.limit)
    bytes = Mutex(room)
  }

  deinit { wipe() }

  /// How many characters were typed.
  var count: Int { bytes.withLock { $0.count { $0 & 0xC0 != 0x80 } } }

  func append(_ text: String) {
    bytes.withLock { bytes in
      for byte in text.utf8 where bytes.count < Self.limit { bytes.append(byte) }
    }
  }

  func removeLast() {
    bytes.withLock { bytes in
      while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
    }
  }

  func wipe() {
    bytes.withLock { bytes in
      for index in bytes.indices { bytes[index] = 0 }
      bytes.removeAll(keepingCapacity: true)
    }
  }

  /// Hands the bytes out, to be wiped by whoever takes them, and forgets them here.
  public func take() -> [UInt8] {
    let copy = bytes.withLock { Array($0) }
    wipe()
    return copy
  }

  /// Two entries are the same when they are one.
  public static func == (a: TypedSecret, b: TypedSecret) -> Bool { a === b }
  /// By identity; the contents never leave.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
