import Foundation
import GRDB
import Store

// Kills a program at random instants while it records, edits, submits, erases, exports, changes keys and migrates, and looks
// each time whether everything it had called safe is there.
//
// usage: torture [--kills N] [--seed S] | torture --work ROOT SEED | torture --verify ROOT ACKNOWLEDGED-FILE

let arguments = Array(CommandLine.arguments.dropFirst())

func value(_ name: String, _ fallback: UInt64) -> UInt64 {
  arguments.firstIndex(of: name).flatMap {
    $0 + 1 < arguments.count ? UInt64(arguments[$0 + 1]) : nil
  }
    ?? fallback
}

switch arguments.first {
case "--work":
  var worker: Worker
  do { worker = try Worker(arguments[1], seed: UInt64(arguments[2]) ?? 0) } catch {
    Worker.say("! open \(error)")
    exit(4)
  }
  await worker.run()
case "--verify":
  var expectation = Expectation()
  let text = try String(contentsOfFile: arguments[2], encoding: .utf8)
  // A last line without an end was never out.
  for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
    expectation.take(line)
  }
  let problems: [String]
  do { problems = try await expectation.verify(arguments[1]) } catch { problems = ["\(error)"] }
  for problem in problems { print(problem) }
  print("acknowledged \(expectation.acknowledged)")
  exit(problems.isEmpty ? 0 : 1)
default:
  var torture = Torture(kills: Int(value("--kills", 300)), seed: value("--seed", 1))
  exit(try await torture.run() ? 0 : 1)
}
