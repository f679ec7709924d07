import CSodium

/// Secret bytes outside the heap: not swapped out where the system allows locking, guarded against
/// overruns, read-only once filled, and wiped when released (`sodium_malloc`).
///
/// Sendable without a check because the bytes are written only before `init` returns; after that the
/// pages are read-only and nothing of the object changes until the last reference is gone.
final class SecureBytes: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  let count: Int

  /// Makes `count` bytes and lets `fill` write them.
  init(count: Int, fill: (UnsafeMutableRawBufferPointer) -> Bool) throws(VaultError) {
    guard Sodium.isReady, let base = sodium_malloc(count) else { throw .unavailable }
    self.base = base
    self.count = count
    guard fill(UnsafeMutableRawBufferPointer(start: base, count: count)),
      sodium_mprotect_readonly(base) == 0
    else { throw .unavailable }
  }

  deinit { sodium_free(base) }

  /// The bytes, for the length of the call.
  func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
  }
}

/// Locked memory that is written again and again, wiped when it is released; one owner, one thread.
struct SecureScratch: ~Copyable {
  let bytes: UnsafeMutablePointer<UInt8>

  init(count: Int) throws(VaultError) {
    guard Sodium.isReady, let base = sodium_malloc(count) else { throw .unavailable }
    bytes = base.assumingMemoryBound(to: UInt8.self)
  }

  deinit { sodium_free(bytes) }
}

/// The library's one-time initialisation.
enum Sodium {
  /// True once libsodium has chosen its implementations and its source of random bytes.
  static let isReady = sodium_init() >= 0
}

extension UnsafeMutableRawBufferPointer {
  /// Fills the buffer from the system's random source; false when there is no buffer.
  func fillRandomly() -> Bool {
    guard let base = baseAddress else { return false }
    randombytes_buf(base, count)
    return true
  }
}
