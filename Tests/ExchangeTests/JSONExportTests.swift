import Forms
import Foundation
import Interview
import Testing

@testable import Exchange

@Suite struct JSONExportTests {
  private let values: [FieldName: FieldValue] = [
    "full_name": .text("A \"b\" \\ \n\t\u{1}ñ"), "household_size": .integer(4),
    "needs": .list(["food", "housing"]), "consent_data": .boolean(false),
  ]

  @Test func linesAreWholeSubmissions() throws {
    let all = try (1...3).map { try submission($0, values) }
    let (text, report) = try exported(all, ExportOptions(format: .jsonl))
    let lines = text.split(separator: "\n")
    let decoder = JSONDecoder()
    #expect(try lines.map { try decoder.decode(Submission.self, from: Data($0.utf8)) } == all)
    #expect(text.hasSuffix("\n") && report.submissions == 3)
    #expect(lines.allSatisfy { $0.contains("\"schema\":\"acogida.submission/1\"") })
  }

  @Test(arguments: [0, 1, 3]) func oneDocumentHoldsThemAll(count: Int) throws {
    struct Document: Decodable {
      let schema: String
      let submissions: [Submission]
    }
    let all = try (0..<count).map { try submission($0, values) }
    let (text, _) = try exported(all, ExportOptions(format: .json))
    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
    #expect(document.schema == "acogida.export/1")
    #expect(document.submissions == all)
  }

  @Test func valuesAloneLeaveOutWhatWasSaid() throws {
    let options = ExportOptions(format: .jsonl, valuesOnly: true)
    let (text, _) = try exported([submission(1, values)], options)
    let values = try JSONDecoder().decode(Values.self, from: Data(text.utf8))
    #expect(values.schema == "acogida.values/1" && values.submitted_at == "2023-11-14T22:13:20Z")
    #expect(values.form == "acogida" && values.form_version == "1" && values.language == "es")
    #expect(values.fields["full_name"]?.value == self.values["full_name"])
    #expect(values.fields["needs"]?.value == .list(["food", "housing"]))
    #expect(values.fields["consent_data"]?.value == .boolean(false))
    #expect(values.fields["household_size"]?.value == .integer(4))
    #expect(values.fields["phone"] == Values.Field(state: "empty", value: nil))
    #expect(!text.contains("me llamo"))
  }

  @Test func withoutIdentityNeitherNamesNorWordsRemain() throws {
    let options = ExportOptions(format: .json, withoutIdentity: true)
    for form in [form, laterForm] {
      let (text, _) = try exported([submission(1, values)], options, form: form)
      #expect(!text.contains("full_name") && !text.contains("me llamo"))
      #expect(text.contains("household_size"))
      // Unknown to the later form, so it might identify somebody.
      #expect(text.contains("needs") == (form.field("needs") != nil))
    }
  }

  private struct Values: Decodable {
    struct Field: Decodable, Equatable {
      let state: String
      let value: FieldValue?
    }

    let schema: String
    let submitted_at: String
    let form: String
    let form_version: String
    let language: String
    let fields: [String: Field]
  }
}
