import Foundation
import Messages
import Synchronization
import Terminal

/// One line on standard error that says how far a long work is; nothing where that is no terminal.
final class Progress: Sendable {
  private let total: Int
  private let label: String
  private let catalogue: Catalogue
  private let isShown: Bool
  private let begin = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)
  /// How long the line stays before it is written again.
  private static let interval = Duration.milliseconds(100)

  /// - Parameter total: how much there is to do; 0 for nobody knows.
  init(total: Int, label: String, _ catalogue: Catalogue) {
    self.total = total
    self.label = label
    self.catalogue = catalogue
    isShown = isatty(2) == 1
  }

  /// Shows how much is done.
  func show(_ done: Int) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      guard last.map({ now - $0 >= Self.interval }) ?? true else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    write(Self.line(done, of: total, after: now - begin, label, catalogue))
  }

  /// Takes the line away.
  func clear() {
    guard isShown, last.withLock({ $0 }) != nil else { return }
    write("")
  }

  /// The line: `label  [████····]  42 %  42000/100000  00:03`, the time that is left.
  static func line(
    _ done: Int, of total: Int, after elapsed: Duration, _ label: String,
    _ catalogue: Catalogue
  ) -> String {
    guard total > 0 else { return "\(label)  \(done)" }
    let share = min(1, Double(done) / Double(total))
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: 20 - filled)
    let percent = "\(Int(share * 100)) %"
    guard share > 0 else { return "\(label)  [\(bar)]  \(percent)  \(done)/\(total)" }
    let left = Int((elapsed / .seconds(1)) * (1 - share) / share)
    let time = "\(left / 60):" + (left % 60 < 10 ? "0" : "") + String(left % 60)
    return "\(label)  [\(bar)]  \(percent)  \(done)/\(total)  "
      + catalogue.text("progress.left", ["time": time])
  }

  private func write(_ text: String) {
    // Back to the line's start, and what was there before goes.
    StandardError.writeRaw("\r" + Visible.text(text) + "\u{1B}[K")
  }
}
