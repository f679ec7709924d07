import Foundation
import Messages
import Terminal

/// Says how far a run of many recordings is: one line that is written again on a terminal, the news above it.
actor BatchProgress {
  private let catalogue: Catalogue
  private let isShown: Bool
  private let began = ContinuousClock.now
  private var files = 0
  private var bytes: Int64 = 0
  private var filesDone = 0
  private var bytesDone: Int64 = 0
  /// Bytes of recordings that were heard now; what was skipped took no time.
  private var bytesHeard: Int64 = 0
  private var seconds = 0.0
  private var failures = 0

  /// - Parameter isShown: whether there is a terminal to show the line on.
  init(_ catalogue: Catalogue, isShown: Bool = isatty(2) == 1) {
    self.catalogue = catalogue
    self.isShown = isShown
  }

  /// More recordings wait.
  func expect(_ items: [RecordingItem]) {
    files += items.count
    bytes += items.reduce(0) { $0 + $1.size }
    show()
  }

  /// How many recordings there were.
  var expected: Int { files }

  func skipped(_ item: RecordingItem) { advance(item, heard: false) }

  func failed(_ item: RecordingItem) {
    failures += 1
    advance(item, heard: true)
  }

  func done(_ item: RecordingItem, seconds: Double) {
    self.seconds += seconds
    advance(item, heard: true)
  }

  private func advance(_ item: RecordingItem, heard: Bool) {
    filesDone += 1
    bytesDone += item.size
    if heard { bytesHeard += item.size }
    show()
  }

  /// Says something about one recording.
  func say(_ text: String) {
    if isShown { StandardError.writeRaw("\r\u{1B}[K") }
    StandardError.write(text + "\n")
    show()
  }

  /// Takes the line away.
  func clear() { if isShown { StandardError.writeRaw("\r\u{1B}[K") } }

  private func show() {
    guard isShown, files > 1 else { return }
    StandardError.writeRaw("\r" + Visible.text(line) + "\u{1B}[K")
  }

  /// `12/200 · 31.2 min/min · 02:10 left · 1 failed`.
  var line: String {
    BatchProgress.line(
      done: filesDone, of: files, seconds: seconds,
      elapsed: (ContinuousClock.now - began) / .seconds(1),
      left: bytes - bytesDone, heard: bytesHeard, failures: failures, catalogue)
  }

  /// The line of that state; time left by the bytes that were worked off so far.
  static func line(
    done: Int, of files: Int, seconds: Double, elapsed: Double, left: Int64, heard: Int64,
    failures: Int, _ catalogue: Catalogue
  ) -> String {
    let share = files > 0 ? Double(done) / Double(files) : 0
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: 20 - filled)
    var parts = ["[\(bar)]  \(done)/\(files)"]
    if elapsed > 0, seconds > 0 {
      let tenths = Int(seconds / elapsed * 10)
      parts.append(catalogue.text("transcribe.speed", ["speed": "\(tenths / 10).\(tenths % 10)"]))
    }
    if heard > 0, left > 0 {
      let rest = Int(elapsed * Double(left) / Double(heard))
      let time = "\(rest / 60):" + (rest % 60 < 10 ? "0" : "") + String(rest % 60)
      parts.append(catalogue.text("progress.left", ["time": time]))
    }
    if failures > 0 {
      parts.append(catalogue.text("transcribe.failures", ["count": String(failures)]))
    }
    return parts.joined(separator: "  ")
  }
}
