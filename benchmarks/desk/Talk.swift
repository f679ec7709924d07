import Extraction
import Forms
import Foundation
import Interview

/// Invented talks of any length.
enum Talk {
  /// Seconds from one segment to the next.
  static let pace = 4.8

  /// The form that comes with the program.
  static var form: FormDefinition? {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../assets/forms/acogida.toml")
    return (try? String(contentsOf: file, encoding: .utf8)).flatMap {
      try? FormDefinition(toml: $0)
    }
  }

  /// Consent given, recording begun.
  static let beginning: [InterviewEvent] = [
    .began(
      InterviewHeader(id: "x", form: "acogida", formVersion: "1", stage: "dev", language: "es")),
    .consented(Consent(recording: true, data: true)), .recording(.started),
  ]

  /// What was said.
  static func segments(_ count: Int) -> [InterviewEvent] { (0..<count).map(segment) }

  /// The words of one segment.
  static func segment(_ index: Int) -> InterviewEvent {
    let words =
      "y entonces fuimos a la oficina de la calle Mayor pero nos dijeron que faltaba un papel"
    let start = Double(index) * pace
    return .settled(TranscriptSegment(id: index, start: start, end: start + 4, text: words))
  }

  /// Something heard for some fields, in the last of so many segments.
  static func heard(_ count: Int) -> InterviewEvent {
    let fields: [FieldName] = ["full_name", "phone", "municipality", "needs"]
    let candidates = fields.enumerated().map { index, field in
      let evidence = Evidence(
        segment: max(0, count - 1 - index), characters: 2..<10, start: 7000, end: 7001,
        text: "entonces")
      return Candidate(
        field: field, value: .text("valor \(count)"), said: "valor", confidence: 0.8,
        state: .suggested, evidence: [evidence])
    }
    return .heard(candidates: candidates, withdrawn: [])
  }

  /// The events with their places in the journal.
  static func stamped(_ events: [InterviewEvent], from first: Int = 0) -> [StampedEvent] {
    events.enumerated().map { index, event in
      StampedEvent(sequence: first + index, time: 0, elapsed: 0, event: event)
    }
  }
}
