import Foundation

/// Keeps what a process has in memory out of files.
///
/// Keys are in locked memory of their own (``SecureBytes``). Values, text and sound are in ordinary memory, which may be
/// swapped out: only a process that may lock as much as it likes locks all of it. Use encrypted swap, or none.
public enum ProcessMemory {
  /// Turns core dumps off, and locks the whole memory where that is allowed.
  ///
  /// A dump that the system writes in spite of the limit (a handler in `core_pattern`) has no memory in it: the filter leaves
  /// out every mapping. The process stays readable for its own crash reports.
  ///
  /// - Returns: whether the whole memory is locked.
  @discardableResult
  public static func protect() -> Bool {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(Int32(RLIMIT_CORE.rawValue), &none)
    if let filter = try? OpenFile("/proc/self/coredump_filter", .write) {
      Array("0x0\n".utf8).withUnsafeBytes { try? filter.write($0) }
    }
    var limit = rlimit()
    guard getrlimit(Int32(__RLIMIT_MEMLOCK.rawValue), &limit) == 0,
      limit.rlim_cur == .max
    else { return false }
    return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0
  }
}
