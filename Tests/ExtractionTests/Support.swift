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
