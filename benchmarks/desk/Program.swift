import Foundation
import Terminal
import TerminalTestSupport

private let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

/// Opens the real program's desk with folders of its own.
private func open(_ program: String, _ folder: String, _ arguments: [String]) throws
  -> PseudoTerminal
{
  var settings = ["HOME": folder, "ACOGIDA_LANG": "es", "ACOGIDA_STAGE": "bench"]
  for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
    settings["XDG_\(name)_HOME"] = folder + "/" + name.lowercased()
  }
  return try PseudoTerminal(
    [program, "desk"] + arguments, size: Size(rows: 24, columns: 80), environment: settings)
}

/// Runs with a folder that is gone afterwards.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "acogida-bench-\(getpid())"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// From the start of the program to the first question on the screen; the first start makes key and database.
func measureStart(_ program: String) throws {
  try withFolder { folder in
    var times: [Double] = []
    for _ in 0...20 {
      let start = ContinuousClock.now
      let terminal = try open(
        program, folder, ["--from", checkout + "/assets/demo/interview.flac"])
      try terminal.wait(for: "Antes de empezar")
      times.append((ContinuousClock.now - start) / .milliseconds(1))
      terminal.signal(SIGTERM)
      _ = terminal.waitForEnd()
    }
    let later = Array(times.dropFirst())
    line(
      "desk: start to first screen, p50", "\(decimal(percentile(later, 0.5))) ms",
      "bar 150 ms; p95 \(decimal(percentile(later, 0.95))) ms, the very first \(decimal(times[0])) ms"
    )
  }
}

/// What the program sends to a terminal of 80x24 while the people of the demo talk, in real time.
func measureTraffic(_ program: String) throws {
  try withFolder { folder in
    let terminal = try open(program, folder, ["--from", checkout + "/assets/demo/interview.flac"])
    try terminal.wait(for: "Antes de empezar")
    let before = terminal.output.count
    terminal.send("\r")
    let start = ContinuousClock.now
    try terminal.wait(for: "GRABACIÓN TERMINADA", seconds: 300)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let bytes = Double(terminal.output.count - before)
    line(
      "desk: sent to the terminal while a person talks", "\(decimal(bytes / seconds, 0)) bytes/s",
      "\(decimal(seconds, 0)) s of talk; 9600 baud carry 960")
    terminal.signal(SIGTERM)
    _ = terminal.waitForEnd()
  }
}
