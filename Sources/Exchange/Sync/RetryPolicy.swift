/// How often and how long after a failure the same is tried again: exponential backoff with full jitter.
public struct RetryPolicy: Hashable, Sendable {
  /// Attempts a parcel has in one run.
  public var attempts: Int
  /// The longest pause after the first failure; it doubles with every further one.
  public var base: Duration
  /// No pause is longer, unless the server asks for it.
  public var cap: Duration

  /// Makes a policy.
  public init(
    attempts: Int = 6, base: Duration = .milliseconds(500), cap: Duration = .seconds(30)
  ) {
    self.attempts = attempts
    self.base = base
    self.cap = cap
  }

  /// The pause after so many failures: anything up to the limit, so that many desks do not come back at once.
  func pause(
    after failures: Int, asked: Duration?, using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let limit = min(cap, base * (1 << min(max(failures - 1, 0), 16)))
    let share = Double.random(in: 0.1...1, using: &generator)
    return max(limit * share, asked ?? .zero)
  }
}
