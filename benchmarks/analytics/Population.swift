import Extraction
import Forecast
import Forms
import Interview
import TestSupport

/// Invented submissions, the same in every run.
struct Population {
  private let form: FormDefinition
  private let stage: String
  /// The days, each with how many submissions it has.
  private let days: [(day: Day, count: Int)]
  private var generator = SeededGenerator(seed: 7)
  private var place = 0
  private var done = 0
  private var number = 0

  private static let needs = [
    ("food", 40), ("housing", 25), ("clothing", 15), ("healthcare", 12), ("legal_advice", 18),
    ("employment", 22), ("documentation", 9), ("psychological_support", 3),
    ("gender_violence_support", 1),
  ]
  private static let offices = ["es-md-01", "es-md-02", "es-vc-01"]
  private static let weekdays = [1.3, 1.1, 1.0, 1.0, 0.9, 0.0, 0.0]

  init(form: FormDefinition, stage: String, count: Int, last: String) {
    self.form = form
    self.stage = stage
    let end = Day(last) ?? Day(number: 20_000)
    let all = (0..<730).map { end + ($0 - 729) }
    var generator = SeededGenerator(seed: 5)
    let weights = all.enumerated().map { index, day in
      let usual = Self.weekdays[day.weekday] * (1 + Double(index) / 1_500)
      let start = day.parts.day <= 3 ? 1.4 : 1
      let closed = SpanishHolidays.contains(day, region: "MD")
      return closed ? 0 : usual * start * Double.random(in: 0.75...1.25, using: &generator)
    }
    let sum = weights.reduce(0, +)
    var owed = 0.0
    days = zip(all, weights).map { day, weight in
      owed += weight / sum * Double(count)
      let now = Int(owed + 1e-6)
      owed -= Double(now)
      return (day, now)
    }
  }

  /// The next submissions; nil at the end.
  mutating func next(_ most: Int) throws -> [Submission]? {
    var batch: [Submission] = []
    while batch.count < most, place < days.count {
      if done == days[place].count {
        place += 1
        done = 0
      } else {
        batch.append(try submission(days[place].day))
        done += 1
        number += 1
      }
    }
    return batch.isEmpty ? nil : batch
  }

  private mutating func submission(_ day: Day) throws -> Submission {
    let digits = String(number, radix: 16)
    let id = "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    let began =
      Int64(day.number) * 86_400_000 + Int64.random(in: 28_800_000..<64_800_000, using: &generator)
    let office = Self.offices[Int.random(in: 0..<10, using: &generator) * 3 / 14]
    var events: [InterviewEvent] = [
      .began(
        InterviewHeader(
          id: id, form: form.id, formVersion: form.version, stage: stage, language: "es",
          technician: "tec-\(number % 7)", office: office)),
      .consented(Consent(recording: true, data: true)),
    ]
    events += (0..<4).map {
      .settled(
        TranscriptSegment(
          id: $0, start: Double($0) * 6, end: Double($0) * 6 + 5,
          text:
            "Bueno, pues le cuento, \"mire\": llegamos hace \(number % 40 + $0) meses, con los niños,\ny eso.",
          lag: 600 + number % 300))
    }
    let heard = form.fields.compactMap { field in candidate(field) }
    events.append(.heard(candidates: heard, withdrawn: []))
    for candidate in heard {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: events.append(.edited(candidate.field, edited(candidate.value)))
      case 1 where candidate.field != DemandField.needs: break
      default: events.append(.accepted(candidate.field))
      }
    }
    let stamped = events.enumerated().map {
      StampedEvent(
        sequence: $0.offset, time: began, elapsed: Int64($0.offset) * 900, event: $0.element)
    }
    return try Submission(
      state: InterviewState(events: stamped), form: form, submitted: began + 1_200_000)
  }

  private enum DemandField { static let needs = FieldName("needs") }

  private func edited(_ value: FieldValue) -> FieldValue {
    switch value {
    case .text(let text): .text(text + " bis")
    case .integer(let number): .integer(number + 1)
    case .boolean(let flag): .boolean(!flag)
    case .list(let items): .list(items)
    }
  }

  private mutating func candidate(_ field: FieldDefinition) -> Candidate? {
    let value: FieldValue
    switch field.type {
    case .multipleChoice where field.name == DemandField.needs:
      let named = Self.needs.filter { _ in Bool.random(using: &generator) }.filter {
        Int.random(in: 0..<45, using: &generator) < $0.1
      }
      value = .list(named.map(\.0).sorted())
    case .multipleChoice: value = .list(["ar", "es"])
    case .integer: value = .integer(Int.random(in: 1...6, using: &generator))
    case .boolean: value = .boolean(true)
    case .choice: value = .text(["dni", "nie", "passport"][number % 3])
    case .municipality: value = .text(["Madrid", "Getafe", "L'Hospitalet, \"centre\""][number % 3])
    default: value = .text("Valor \(number % 500)\ncon línea")
    }
    guard !value.isEmpty, Int.random(in: 0..<8, using: &generator) > 0 else { return nil }
    return Candidate(
      field: field.name, value: value,
      said: ["lo que se dijo", "eso mismo", "pues sí"][number % 3],
      confidence: 0.5 + Double(number % 50) / 100, state: .suggested,
      checks: [Check(name: "shape", passed: number % 9 > 0)],
      evidence: [
        Evidence(segment: 3, characters: 4..<18, start: 18.5, end: 20, text: "lo que se dijo")
      ])
  }
}
