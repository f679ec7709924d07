// Export speed: CSV of encrypted submissions against `sqlite3 -csv` of the same values in a plain table.
// Usage: store-benchmark [submissions [folder]], default 100000; with a folder the population stays for the next time.
// Prints every run, the medians and the bar.

import Exchange
import Foundation
import Store

let count = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 100_000
let kept = CommandLine.arguments.dropFirst(2).first
let folder = kept ?? NSTemporaryDirectory() + "acogida-benchmark-\(UUID().uuidString)"
var exitCode: Int32 = 1

do {
  let stage = try DataDirectory(root: folder, stage: "bench")
  let plain = folder + "/plain.sqlite"
  do {
    let data = try StageData.open(stage)
    if try data.submissions.count() == 0 {
      let saving = try seconds { try Population(count: count).save(data) }
      print("save \(count) submissions of \(Population.fieldCount) fields: \(text(saving))")
      try Baseline.make(plain, from: data.submissions)
    }
  }
  for (name, access) in [("work", StageData.Access.working), ("reading", .reading)] {
    let opening = try (0..<5).map { _ in
      try seconds { _ = try StageData.open(stage, access: access) }
    }
    print("open \(count) submissions for \(name): \(text(median(opening)))")
  }
  let data = try StageData.open(stage)

  try await Latencies.measure(directory: folder + "/latency")

  let export = Export(form: Population.form, options: ExportOptions())
  let lines = Export(form: Population.form, options: ExportOptions(format: .jsonl))
  resetPeak()
  let before = peakMegabytes()
  var ours: [Double] = []
  var theirs: [Double] = []
  for run in 1...5 {
    theirs.append(try seconds { try Baseline.export(plain, to: folder + "/plain.csv") })
    ours.append(
      try seconds { _ = try export.write(data.submissions, to: .file(folder + "/ours.csv")) })
    print("run \(run): acogida \(text(ours[run - 1])), sqlite3 -csv \(text(theirs[run - 1]))")
  }
  let json = try seconds {
    _ = try lines.write(data.submissions, to: .file(folder + "/ours.jsonl"))
  }
  print("JSON Lines, whole submissions: \(text(json)), \(megabytes(folder + "/ours.jsonl"))")
  print("CSV \(megabytes(folder + "/ours.csv")), sqlite3 \(megabytes(folder + "/plain.csv"))")
  print("resident memory \(before) MB before the exports, at most \(peakMegabytes()) MB in them")
  let factor = median(ours) / median(theirs)
  print("CSV export: \(text(median(ours))), \(decimals(factor)) x sqlite3 -csv (bar: 2 x)")
  exitCode = factor <= 2 ? 0 : 1
} catch {
  FileHandle.standardError.write(Data("store-benchmark: \(error)\n".utf8))
}
if kept == nil { try? FileManager.default.removeItem(atPath: folder) }
exit(exitCode)

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func decimals(_ value: Double) -> String { String(format: "%.2f", value) }

func megabytes(_ path: String) -> String {
  let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
  return String(format: "%.1f MB", (size?.doubleValue ?? 0) / 1e6)
}

/// The most memory since the mark was set back (Linux, `clear_refs`).
func peakMegabytes() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) / 1_024
}

func resetPeak() {
  try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
}
