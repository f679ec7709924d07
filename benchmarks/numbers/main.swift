import Extraction
import Foundation
import TestSupport

// Reads integers back that are said in words: every one of them as a cardinal, and one in so many in every style of dictation.
//
// usage: number-benchmark [LIMIT] [STRIDE]
// LIMIT (a thousand million) is where the cardinals end. STRIDE (9973) is from one dictated number to the next; 1 takes all.
// Prints a line for every style with how many were read at once, as one of the usual readings, and as any reading. Ends with
// 1 when a number was not read back.

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let limit = min(numbers.first ?? 1_000_000_000, 1_000_000_000)
let stride = max(numbers.dropFirst().first ?? 9973, 1)
let workers = ProcessInfo.processInfo.activeProcessorCount

func tokens(_ text: String) -> [Token] {
  Tokenizer.tokens(TranscriptSegment(id: 0, start: 0, end: 1, text: text))
}

/// Runs jobs on all cores, each taking the next number that nobody has taken, and adds up what they give.
func onAllCores<Sum: Sendable>(
  _ jobs: Int, _ zero: Sum, _ add: @escaping @Sendable (Sum, Sum) -> Sum,
  _ job: @escaping @Sendable (Int) -> Sum
) async -> Sum {
  await withTaskGroup(of: Sum.self) { group in
    var next = 0
    var sum = zero
    while next < min(workers, jobs) {
      let number = next
      group.addTask { job(number) }
      next += 1
    }
    for await part in group {
      sum = add(sum, part)
      if next < jobs {
        let number = next
        group.addTask { job(number) }
        next += 1
      }
    }
    return sum
  }
}

func seconds(_ duration: Duration) -> String {
  String(
    format: "%.1f s",
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
}

// MARK: - Cardinals

/// The words of groups below a thousand, as they stand at the end and before "mil" or "millones".
struct Groups: Sendable {
  let units = (0..<1000).map { tokens(spelled($0)) }
  let counts = (0..<1000).map { tokens(shortened(spelled($0))) }
  let mil = tokens("mil")
  let million = tokens("millón")
  let millions = tokens("millones")

  /// Words before the last group: "X millones Y mil".
  func head(_ millions: Int, _ thousands: Int) -> [Token] {
    var words: [Token] = []
    if millions > 0 { words += counts[millions] + (millions == 1 ? million : self.millions) }
    if thousands > 0 { words += (thousands == 1 ? [] : counts[thousands]) + mil }
    return words
  }

  /// How many of the thousand million integers of these millions are not read back.
  func wrong(millions: Int, below limit: Int) -> Int {
    var wrong = 0
    for thousands in 0..<1000 {
      let base = (millions * 1000 + thousands) * 1000
      guard base < limit else { break }
      let head = head(millions, thousands)
      for unit in 0..<min(1000, limit - base) {
        let words = unit > 0 || head.isEmpty ? head + units[unit] : head
        let reading = NumberWords.read(words[...])
        guard reading?.value == base + unit, reading?.count == words.count else {
          wrong += 1
          continue
        }
      }
    }
    return wrong
  }
}

let groups = Groups()
let clock = ContinuousClock()
let began = clock.now
let wrong = await onAllCores((limit + 999_999) / 1_000_000, 0, +) {
  groups.wrong(millions: $0, below: limit)
}
print(
  "cardinal: every integer below \(limit), \(wrong) not read back, \(seconds(clock.now - began)) on \(workers) cores"
)

// MARK: - Dictated

/// How often a style was read, by the reading that was right.
struct Tally: Sendable {
  var first = 0
  var usual = 0
  var any = 0
  var none = 0
  var example = ""

  static func + (a: Tally, b: Tally) -> Tally {
    Tally(
      first: a.first + b.first, usual: a.usual + b.usual, any: a.any + b.any,
      none: a.none + b.none, example: a.example.isEmpty ? b.example : a.example)
  }

  mutating func note(_ digits: String, said text: String) {
    let words = tokens(text)
    let runs = SymbolReader.runs(words)
    let readings = runs.count == 1 ? runs[0].map { String($0.map(\.character)) } : []
    if readings.first == digits {
      first += 1
    } else if readings.contains(digits) {
      usual += 1
    } else if SymbolReader.everyReading(words, words.indices).contains(where: {
      String($0.map(\.character)) == digits
    }) {
      any += 1
    } else {
      none += 1
      example = text
    }
  }
}

func line(_ name: String, _ tally: Tally, _ time: Duration) {
  print(
    "\(name): \(tally.first) first, \(tally.usual) usual, \(tally.any) any, \(tally.none) not read back\(tally.example.isEmpty ? "" : " (\(tally.example))"), \(seconds(time))"
  )
}

let dictated = (limit + stride - 1) / stride
let part = max(1, dictated / 1000)
var missing = wrong
for style in DictationStyle.allCases {
  for pauses in style.isPaced ? [false, true] : [false] {
    let began = clock.now
    let tally = await onAllCores((dictated + part - 1) / part, Tally(), +) { job in
      var tally = Tally()
      for index in (job * part)..<min(dictated, (job + 1) * part) {
        let digits = String(index * stride)
        tally.note(digits, said: style.said(digits, pauses: pauses))
      }
      return tally
    }
    line("\(style.rawValue)\(pauses ? ", with pauses" : "")", tally, clock.now - began)
    missing += tally.none
  }
}
exit(missing == 0 ? 0 : 1)
