import Extraction
import Forms
import Foundation
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

/// A stage in a folder of the test's own, removed when the test is over.
@discardableResult
func withStage<Result>(_ body: (DataDirectory) async throws -> Result) async throws -> Result {
  try await withTemporaryFolder { try await body(DataDirectory(root: $0, stage: "test")) }
}

/// A folder layout and a key, without a database.
@discardableResult
func withFolders<Result>(
  _ body: (DataDirectory, DataKey) async throws -> Result
) async throws -> Result {
  try await withStage { directory in
    try directory.make()
    return try await body(directory, DataKey.random())
  }
}

/// A small form with a field of every kind of value.
let form = FormDefinition(
  id: "acogida", version: "1", title: LocalizedText([:]),
  sections: [
    FormSection(
      id: "person", title: LocalizedText([:]),
      fields: [
        FieldDefinition(
          name: "full_name", type: .personName, label: LocalizedText([:]), identifying: true),
        FieldDefinition(name: "phone", type: .phone, label: LocalizedText([:]), identifying: true),
        FieldDefinition(name: "household_size", type: .integer, label: LocalizedText([:])),
        FieldDefinition(name: "needs", type: .multipleChoice, label: LocalizedText([:])),
        FieldDefinition(name: "consent_data", type: .boolean, label: LocalizedText([:])),
        FieldDefinition(name: "notes", type: .text, label: LocalizedText([:])),
      ])
  ], vocabularies: [:])

/// The events of one interview about an invented person.
func events(_ id: String, at time: Int64 = 1_000) -> [StampedEvent] {
  let phone = Candidate(
    field: "phone", value: .text("+34612345678"), said: "seis uno dos", confidence: 0.9,
    state: .suggested,
    evidence: [
      Evidence(segment: 0, characters: 0..<12, start: 0.5, end: 2, text: "seis uno dos")
    ])
  let happened: [InterviewEvent] = [
    .began(
      InterviewHeader(
        id: id, form: form.id, formVersion: form.version, stage: "test", language: "es",
        technician: "T1")),
    .consented(Consent(recording: true, data: true)),
    .recording(.started),
    .settled(TranscriptSegment(id: 0, start: 0.5, end: 2, text: "seis uno dos")),
    .heard(candidates: [phone], withdrawn: []),
    .accepted("phone"),
    .edited("full_name", .text("Nadie Ñandú")),
    .edited("household_size", .integer(4)),
    .edited("needs", .list(["food", "housing"])),
    .edited("consent_data", .boolean(true)),
    .absent("notes", .refused),
  ]
  return happened.enumerated().map {
    StampedEvent(
      sequence: $0.offset, time: time + Int64($0.offset), elapsed: Int64($0.offset),
      event: $0.element)
  }
}

func submission(_ id: String, at time: Int64 = 1_000) throws -> Submission {
  try Submission(
    state: InterviewState(events: events(id, at: time)), form: form, submitted: time + 100)
}
