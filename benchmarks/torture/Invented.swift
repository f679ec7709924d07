import Extraction
import Forms
import Foundation
import Interview
import Store

/// What the worker keeps is computed from numbers, so that whoever verifies knows every byte of it.
enum Invented {
  static let form = FormDefinition(
    id: "torture", version: "1", title: LocalizedText([:]),
    sections: [
      FormSection(
        id: "all", title: LocalizedText([:]),
        fields: ["full_name", "birth_date", "document_number", "notes"].map {
          FieldDefinition(name: FieldName(rawValue: $0), type: .text, label: LocalizedText([:]))
        })
    ], vocabularies: [:])

  static func identifier(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static func number(_ identifier: String) -> Int? { Int(identifier.suffix(12), radix: 16) }

  /// The `sequence`th event of an interview. The wall clock jumps, to and fro by years.
  static func event(_ interview: Int, _ sequence: Int) -> StampedEvent {
    let jump: Int64 =
      sequence % 7 == 3 ? -300_000_000_000 : sequence % 11 == 5 ? 900_000_000_000 : 0
    let event: InterviewEvent =
      switch sequence {
      case 0:
        .began(
          InterviewHeader(
            id: identifier(interview), form: form.id, formVersion: "1", stage: "torture",
            language: "es", technician: "T"))
      case 1: .consented(Consent(recording: true, data: true))
      default:
        switch sequence % 4 {
        case 0: .edited("full_name", .text("Centinela Ñ\(interview) \(sequence)"))
        case 1: .edited("notes", .text(String(repeating: "centinela \(sequence) ", count: 20)))
        case 2:
          .settled(
            TranscriptSegment(
              id: sequence, start: Double(sequence), end: Double(sequence) + 1,
              text: "centinela dice \(sequence)"))
        default: .edited("document_number", .text("X\(interview % 50)"))
        }
      }
    return StampedEvent(
      sequence: sequence, time: 1_700_000_000_000 + Int64(sequence) + jump,
      elapsed: Int64(sequence), event: event)
  }

  static func submission(_ number: Int) throws -> Submission {
    let events = (0..<12).map { event(number, $0) }
    return try Submission(
      state: InterviewState(events: events), form: form, submitted: 1_700_000_100_000)
  }

  static func samples(_ range: Range<Int64>) -> [Int16] {
    range.map { Int16(truncatingIfNeeded: $0 &* 31) }
  }
}

/// SplitMix64.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
