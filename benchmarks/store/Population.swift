import Extraction
import Forms
import Interview
import Store

/// Invented submissions with transcript and evidence, the same in every run.
struct Population {
  let count: Int

  static let fieldCount = 30
  static let form = FormDefinition(
    id: "acogida", version: "1", title: LocalizedText([:]),
    sections: [
      FormSection(
        id: "all", title: LocalizedText([:]),
        fields: (0..<fieldCount).map {
          FieldDefinition(
            name: FieldName(rawValue: "field_\($0)"), type: .text, label: LocalizedText([:]))
        })
    ], vocabularies: [:])

  /// Saves them, a thousand a transaction.
  func save(_ data: StageData) throws {
    var number = 0
    while number < count {
      let batch = number..<min(number + 1_000, count)
      try data.submissions.save(batch.map(submission))
      number = batch.upperBound
    }
  }

  private func submission(_ number: Int) throws -> Submission {
    let digits = String(number, radix: 16)
    let id = "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    let header = InterviewHeader(
      id: id, form: "acogida", formVersion: "1", stage: "bench", language: "es")
    var events: [InterviewEvent] = [.began(header)]
    events += (0..<12).map {
      .settled(
        TranscriptSegment(
          id: $0, start: Double($0) * 5, end: Double($0) * 5 + 4,
          text: "Bueno, pues le cuento: llegamos hace \(number % 40 + $0) meses con los niños."))
    }
    events.append(
      .heard(candidates: Self.form.fields.map { candidate($0.name, number) }, withdrawn: []))
    events += Self.form.fields.map { .accepted($0.name) }
    let stamped = events.enumerated().map {
      StampedEvent(sequence: $0.offset, time: 1_700_000_000_000, elapsed: 0, event: $0.element)
    }
    return try Submission(
      state: InterviewState(events: stamped), form: Self.form,
      submitted: 1_700_000_000_000 + Int64(number) * 1_000)
  }

  private func candidate(_ field: FieldName, _ number: Int) -> Candidate {
    let value: FieldValue =
      switch (number &+ field.rawValue.utf8.count &* 7 &+ Int(field.rawValue.utf8.last ?? 0)) % 6 {
      case 0: .text("Calle de la Constitución \(number % 200), 3.º B")
      case 1: .text("+346\(10_000_000 + number)")
      case 2: .integer(number % 9)
      case 3: .list(["food", "housing", "legal_advice"])
      case 4: .boolean(number.isMultiple(of: 2))
      default: .text("María Ñíguez \(number)")
      }
    return Candidate(
      field: field, value: value, said: "lo que se dijo", confidence: 0.9, state: .suggested,
      evidence: [
        Evidence(segment: 3, characters: 4..<18, start: 15.5, end: 17, text: "lo que se dijo")
      ])
  }
}
