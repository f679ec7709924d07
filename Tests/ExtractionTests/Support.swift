import Forms
import Foundation

@testable import Extraction

/// The checkout's assets.
let assets = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("assets")

let gazetteers = Gazetteers(folder: assets.appendingPathComponent("gazetteers"))

func defaultForm() throws -> FormDefinition {
  try FormDefinition(
    toml: String(
      contentsOf: assets.appendingPathComponent("forms/acogida.toml"), encoding: .utf8))
}

/// The candidates after these turns, each a segment of its own.
func extract(_ turns: String...) throws -> [FieldName: Candidate] {
  var extractor = IntakeExtractor(form: try defaultForm(), gazetteers: gazetteers)
  for (index, text) in turns.enumerated() {
    extractor.add(
      TranscriptSegment(
        id: index, start: Double(index) * 5, end: Double(index) * 5 + 4, text: text))
  }
  return extractor.candidates
}

func tokens(_ text: String) -> [Token] {
  Tokenizer.tokens(TranscriptSegment(id: 0, start: 0, end: 1, text: text))
}

/// A repeatable source of random numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
