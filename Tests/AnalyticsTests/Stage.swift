import Analytics
import Extraction
import Forms
import Interview
import Store
import TestSupport

/// A stage in a folder of its own, with invented submissions.
struct Stage {
  let data: StageData

  static let form = FormDefinition(
    id: "acogida", version: "1", title: LocalizedText([:]),
    sections: [
      FormSection(
        id: "all", title: LocalizedText([:]),
        fields: [
          FieldDefinition(
            name: "full_name", type: .personName, label: LocalizedText([:]), identifying: true),
          FieldDefinition(name: "notes", type: .text, label: LocalizedText([:])),
          FieldDefinition(name: "municipality", type: .municipality, label: LocalizedText([:])),
          FieldDefinition(name: "household_size", type: .integer, label: LocalizedText([:])),
          FieldDefinition(
            name: "gender", type: .choice, label: LocalizedText([:]), vocabulary: "gender"),
          FieldDefinition(
            name: "needs", type: .multipleChoice, label: LocalizedText([:]), vocabulary: "needs"),
        ])
    ], vocabularies: [:])

  init(_ folder: String) throws {
    data = try StageData.open(DataDirectory(root: folder + "/data", stage: "dev"))
  }

  /// One day, milliseconds.
  static let day: Int64 = 86_400_000
  /// 2026-11-02, a Monday, at ten.
  static let monday: Int64 = 1_793_613_600_000

  /// What was heard for a field and what came of it.
  struct Said {
    let field: FieldName
    let heard: FieldValue?
    let said: String
    var event: InterviewEvent?

    static func accepted(_ field: FieldName, _ value: FieldValue, _ said: String) -> Said {
      Said(field: field, heard: value, said: said, event: .accepted(field))
    }

    static func edited(
      _ field: FieldName, _ value: FieldValue?, _ said: String, to new: FieldValue
    ) -> Said {
      Said(field: field, heard: value, said: said, event: .edited(field, new))
    }
  }

  /// Saves one submission.
  func add(
    _ number: Int, at time: Int64 = Stage.monday, office: String? = "es-md-01", _ fields: [Said]
  ) throws {
    try data.submissions.save(Self.submission(number, at: time, office: office, fields))
  }

  static func submission(
    _ number: Int, at time: Int64, office: String?, _ fields: [Said]
  ) throws -> Submission {
    let digits = String(number, radix: 16)
    let id =
      "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    var events: [InterviewEvent] = [
      .began(
        InterviewHeader(
          id: id, form: "acogida", formVersion: "1", stage: "dev", language: "es",
          technician: "Nadia Invented", office: office)),
      .consented(Consent(recording: true, data: true)),
      .settled(TranscriptSegment(id: 0, start: 1, end: 4, text: "lo \"dicho\"\n\\ 😀", lag: 700)),
    ]
    events.append(
      .heard(
        candidates: fields.compactMap { said in
          said.heard.map {
            Candidate(
              field: said.field, value: $0, said: said.said, confidence: 0.8, state: .suggested,
              checks: [Check(name: "shape", passed: said.said != "mal")],
              evidence: [
                Evidence(segment: 0, characters: 0..<2, start: 1.5, end: 2, text: said.said)
              ])
          }
        }, withdrawn: []))
    events += fields.compactMap(\.event)
    let stamped = events.enumerated().map {
      StampedEvent(
        sequence: $0.offset, time: time, elapsed: Int64($0.offset) * 100, event: $0.element)
    }
    return try Submission(
      state: InterviewState(events: stamped), form: Self.form, submitted: time)
  }

  func source(identified: Bool = false) -> AnalyticsSource {
    AnalyticsSource(data.submissions, form: Self.form, isIdentified: identified)
  }
}
