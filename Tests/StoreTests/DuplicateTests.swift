import Forms
import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct DuplicateTests {
  private func submission(
    _ number: Int, _ name: String, _ born: String?, _ document: String?
  ) throws -> Submission {
    var events: [InterviewEvent] = [
      .began(
        InterviewHeader(
          id: identifier(number), form: "p", formVersion: "1", stage: "test", language: "es")),
      .edited("full_name", .text(name)),
    ]
    if let born { events.append(.edited("birth_date", .text(born))) }
    if let document { events.append(.edited("document_number", .text(document))) }
    let stamped = events.enumerated().map {
      StampedEvent(sequence: $0.offset, time: 0, elapsed: 0, event: $0.element)
    }
    return try Submission(
      state: InterviewState(events: stamped), form: personForm, submitted: Int64(number))
  }

  private func people(_ data: StageData) throws {
    try data.submissions.save([
      submission(1, "Fátima El Idrissi", "1992-11-09", "X1234567L"),
      submission(2, "El Idrissi, Fatima", "1992-11-09", nil),
      submission(3, "Otra Persona", "1980-01-01", "x-1234567-l"),
      submission(4, "Fátima El Idrissi", "1992-11-10", nil),
      submission(5, "Sin Fecha", nil, "12"), submission(6, "Sin Fecha", nil, "12"),
    ])
  }

  @Test func theSamePersonIsFoundHoweverWritten() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try people(data)
      let asked = try submission(9, "IDRISSI EL FÁTIMA", "1992-11-09", "X 1234567 L")
      let found = try data.possibleDuplicates(of: { asked.field($0)?.value }, except: asked.id)
      #expect(found.map(\.id) == [3, 2, 1].map(identifier))
      #expect(
        found.map(\.matches) == [
          [.document], [.nameAndBirthDate], [.document, .nameAndBirthDate],
        ])
      let own = try submission(1, "Fátima El Idrissi", "1992-11-09", "X1234567L")
      let others = try data.possibleDuplicates(of: { own.field($0)?.value }, except: own.id)
      #expect(others.map(\.id) == [3, 2].map(identifier))
      #expect(
        try data.duplicateGroups().map(\.submissions) == [
          [1, 3].map(identifier), [1, 2].map(identifier),
        ])
    }
  }

  @Test func anErasedPersonIsNotFound() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try people(data)
      try data.erase(identifier(3), at: 0)
      try data.erase(identifier(1), at: 0)
      #expect(try data.duplicateGroups().isEmpty)
    }
  }

  @Test func olderStoresAndNewKeysHaveTheIndexToo() async throws {
    try await withStage { directory in
      do {
        let data = try StageData.open(directory)
        try people(data)
        try data.database.pool.write {
          try $0.execute(sql: "DELETE FROM person; DELETE FROM meta WHERE name = 'people'")
        }
      }
      do {
        let data = try StageData.open(directory)
        #expect(try data.duplicateGroups().count == 2)
        _ = try data.rotateKey(passphrase: nil)
      }
      let data = try StageData.open(directory)
      let asked = try submission(9, "x", nil, "X1234567L")
      #expect(try data.possibleDuplicates(of: { asked.field($0)?.value }).count == 2)
    }
  }

  /// Who has the disk and not the key can't try documents one by one.
  @Test func theIndexHoldsNoValueAndNoPlainHash() async throws {
    try await withStage { directory in
      let data = try StageData.open(directory)
      try people(data)
      let other = try PersonIndex(DataKey.random())
      let asked = try submission(9, "x", nil, "X1234567L")
      let keys = other.keys { asked.field($0)?.value }
      #expect(keys.count == 1)
      #expect(
        try data.submissions.read { try other.find({ asked.field($0)?.value }, except: nil, $0) }
          .isEmpty)
    }
  }
}

private let personForm = FormDefinition(
  id: "p", version: "1", title: LocalizedText([:]),
  sections: [
    FormSection(
      id: "p", title: LocalizedText([:]),
      fields: ["full_name", "birth_date", "document_number"].map {
        FieldDefinition(
          name: FieldName(rawValue: $0), type: .text, label: LocalizedText([:]))
      })
  ], vocabularies: [:])
