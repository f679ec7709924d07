import Extraction
import Forms
import Foundation
import Interview
import TestSupport
import Testing

@testable import Exchange
@testable import Store

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

/// A submission in which the technician wrote these values.
func submission(
  _ number: Int, _ values: [FieldName: FieldValue], heard: [Candidate] = [],
  decisions: [DuplicateDecision] = [], at time: Int64 = 1_700_000_000_000
) throws -> Submission {
  let header = InterviewHeader(
    id: identifier(number), form: "acogida", formVersion: "1", stage: "test", language: "es")
  var events: [InterviewEvent] = [
    .began(header), .settled(TranscriptSegment(id: 0, start: 0, end: 1, text: "me llamo Nadie")),
  ]
  if !heard.isEmpty { events.append(.heard(candidates: heard, withdrawn: [])) }
  events += values.sorted { $0.key < $1.key }.map { .edited($0.key, $0.value) }
  events += decisions.map { .duplicate($0) }
  let stamped = events.enumerated().map {
    StampedEvent(sequence: $0.offset, time: time, elapsed: 0, event: $0.element)
  }
  return try Submission(
    state: InterviewState(events: stamped), form: form, submitted: time)
}

/// What extraction makes of words.
func guess(
  _ field: FieldName, _ value: FieldValue, _ state: CandidateState = .suggested
) -> Candidate {
  Candidate(
    field: field, value: value, said: "…", confidence: 0.9, state: state,
    evidence: [Evidence(segment: 0, characters: 0..<1, start: 0, end: 1, text: "…")])
}

/// A stage with these submissions and a folder for output; removed when the test is over.
func withStore(
  _ submissions: [Submission], _ body: (SubmissionStore, String) throws -> Void
) throws {
  try withTemporaryFolder { root in
    let data = try StageData.open(DataDirectory(root: root, stage: "test"))
    try data.submissions.save(submissions)
    let folder = root + "/out"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try body(data.submissions, folder)
  }
}

/// What an export writes, as text.
func exported(
  _ submissions: [Submission], _ options: ExportOptions, form: FormDefinition = form
) throws -> (text: String, report: ExportReport) {
  var result: (String, ExportReport)?
  try withStore(submissions) { store, folder in
    let report = try Export(form: form, options: options).write(store, to: .file(folder + "/x"))
    result = (String(decoding: try bytes(folder + "/x"), as: UTF8.self), report)
  }
  return try #require(result)
}
