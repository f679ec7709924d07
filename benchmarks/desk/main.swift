// What a person at the desk feels, measured through real pseudo-terminals: how long a key takes to the screen with
// a two-hour talk, how soon the first screen stands, how much is sent to the terminal while somebody talks, and
// whether a day of interviews needs more and more memory.
//
// desk-benchmark [KEYS [PROGRAM]]        prints one line a figure
import Foundation
import TerminalTestSupport

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--desk" {
  await runDesk()
} else if arguments.first == "--day" {
  await runDay()
} else {
  try measureKeys(arguments.first.flatMap { Int($0) } ?? 500)
  try measureDay()
  if arguments.count > 1 {
    try measureStart(arguments[1])
    try measureTraffic(arguments[1])
  }
}

/// Prints one figure with the bar beside it.
func line(_ name: String, _ value: String, _ beside: String) {
  let pad = { (text: String, width: Int) in
    text + String(repeating: " ", count: max(1, width - text.count))
  }
  print(pad(name, 66) + pad(value, 22) + beside)
}

/// A number with so many decimals.
func decimal(_ number: Double, _ places: Int = 1) -> String {
  String(format: "%.\(places)f", number)
}

/// The value below which so large a share of the others lies.
func percentile(_ values: [Double], _ share: Double) -> Double {
  let sorted = values.sorted()
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}
