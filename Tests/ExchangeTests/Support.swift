import Extraction
import Forms
import Foundation
import Interview
import Testing

@testable import Exchange
@testable import Store

/// SplitMix64: the same numbers on every run, for a seed that the test names.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

private func field(
  _ name: FieldName, _ type: FieldType, identifying: Bool = false
) -> FieldDefinition {
  FieldDefinition(name: name, type: type, label: LocalizedText([:]), identifying: identifying)
}

private func makeForm(_ fields: [FieldDefinition]) -> FormDefinition {
  FormDefinition(
    id: "acogida", version: "1", title: LocalizedText([:]),
    sections: [FormSection(id: "all", title: LocalizedText([:]), fields: fields)],
    vocabularies: [:])
}

/// A form with a field of every kind of value.
let form = makeForm([
  field("full_name", .personName, identifying: true),
  field("phone", .phone, identifying: true), field("household_size", .integer),
  field("needs", .multipleChoice), field("consent_data", .boolean), field("province", .province),
])

/// A later form that lost a field, gained one and changed their order.
let laterForm = makeForm([
  field("province", .province), field("gender", .choice),
  field("full_name", .personName, identifying: true), field("household_size", .integer),
])

/// The `number`th identifier of a test.
func identifier(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}

/// A submission in which the technician wrote these values.
func submission(
  _ number: Int, _ values: [FieldName: FieldValue], at time: Int64 = 1_700_000_000_000
) throws -> Submission {
  let header = InterviewHeader(
    id: identifier(number), form: "acogida", formVersion: "1", stage: "test", language: "es")
  var events: [InterviewEvent] = [
    .began(header), .settled(TranscriptSegment(id: 0, start: 0, end: 1, text: "me llamo Nadie")),
  ]
  events += values.sorted { $0.key < $1.key }.map { .edited($0.key, $0.value) }
  let stamped = events.enumerated().map {
    StampedEvent(sequence: $0.offset, time: time, elapsed: 0, event: $0.element)
  }
  return try Submission(
    state: InterviewState(events: stamped), form: form, submitted: time)
}

/// A stage with these submissions and a folder for output; removed when the test is over.
func withStore(
  _ submissions: [Submission], _ body: (SubmissionStore, String) throws -> Void
) throws {
  let root = NSTemporaryDirectory() + "acogida-exchange-\(UUID().uuidString)"
  defer { try? FileManager.default.removeItem(atPath: root) }
  let data = try StageData.open(DataDirectory(root: root, stage: "test"))
  try data.submissions.save(submissions)
  let folder = root + "/out"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
  try body(data.submissions, folder)
}

/// What an export writes, as text.
func exported(
  _ submissions: [Submission], _ options: ExportOptions, form: FormDefinition = form
) throws -> (text: String, report: ExportReport) {
  var result: (String, ExportReport)?
  try withStore(submissions) { store, folder in
    let report = try Export(form: form, options: options).write(store, to: .file(folder + "/x"))
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/x"))
    result = (String(decoding: data, as: UTF8.self), report)
  }
  return try #require(result)
}
