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

/// The day of all interviews in these tests.
let today = CalendarDate(iso: "2026-11-21") ?? .first

func pack(_ language: String = "es") throws -> LanguagePack {
  try LanguagePack(
    folder: assets.appendingPathComponent("languages/\(language)"), form: defaultForm())
}

/// One pack for all tests: reading it takes longer than most of them.
let spanish: LanguagePack? = try? pack()

/// A fresh extractor for the default form in Spanish.
func makeExtractor() throws -> IntakeExtractor {
  IntakeExtractor(
    form: try defaultForm(), gazetteers: gazetteers, pack: try spanish ?? pack(), today: today)
}

/// The candidates after these turns, each a segment of its own.
func extract(_ turns: String...) throws -> [FieldName: Candidate] {
  var extractor = try makeExtractor()
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
