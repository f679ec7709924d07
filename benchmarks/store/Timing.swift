import Foundation

func seconds(_ work: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try work()
  return seconds(since: start)
}

func seconds(_ work: () async throws -> Void) async rethrows -> Double {
  let start = ContinuousClock.now
  try await work()
  return seconds(since: start)
}

private func seconds(since start: ContinuousClock.Instant) -> Double {
  let elapsed = (ContinuousClock.now - start).components
  return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
}

func text(_ seconds: Double) -> String { String(format: "%.3f s", seconds) }

func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1_000) }
