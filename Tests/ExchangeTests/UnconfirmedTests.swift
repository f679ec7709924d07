import Extraction
import Forms
import Foundation
import Interview
import Testing

@testable import Exchange

/// A guess is never exported as a fact.
@Suite struct UnconfirmedTests {
  private func mixed() throws -> Submission {
    try submission(
      1, ["household_size": .integer(4)],
      heard: [
        guess("full_name", .text("Oída Sola")), guess("phone", .text("+34600"), .doubtful),
        guess("household_size", .integer(7)), guess("needs", .list(["food"])),
      ])
  }

  @Test func csvHasThemOnlyWhenAskedFor() throws {
    let (text, report) = try exported([mixed()], ExportOptions(states: true))
    let rows = try CSVReader.rows(text)
    #expect(
      rows[1][6...13] == ["", "suggested", "", "doubtful", "4", "edited", "", "suggested"])
    #expect(report.unconfirmed == 3)
    let (all, complete) = try exported([mixed()], ExportOptions(unconfirmed: true))
    #expect(try CSVReader.rows(all)[1][6...9] == ["Oída Sola", "+34600", "4", "food"])
    #expect(complete.unconfirmed == 0)
  }

  @Test func valuesAloneHaveThemOnlyWhenAskedFor() throws {
    var options = ExportOptions(format: .jsonl, valuesOnly: true)
    let (text, report) = try exported([mixed()], options)
    #expect(text.contains(#""full_name":{"state":"suggested"}"#))
    #expect(text.contains(#""household_size":{"state":"edited","value":4}"#))
    #expect(report.unconfirmed == 3)
    options.unconfirmed = true
    let (all, complete) = try exported([mixed()], options)
    #expect(all.contains(#""full_name":{"state":"suggested","value":"Oída Sola"}"#))
    #expect(complete.unconfirmed == 0)
  }

  @Test(arguments: [ExportFormat.json, .jsonl]) func wholeSubmissionsKeepWhatWasHeardApart(
    format: ExportFormat
  ) throws {
    let whole = try mixed()
    let typed = try submission(2, ["full_name": .text("\\\"status\\\":\"suggested\"")])
    let (text, report) = try exported([whole, typed], ExportOptions(format: format))
    let submissions = try decoded(text, format)
    #expect(report.unconfirmed == 3)
    #expect(submissions[1] == typed)
    let name = try #require(submissions[0].field("full_name"))
    #expect(name.value == nil && name.status == .suggested)
    #expect(name.heard?.value == .text("Oída Sola"))
    #expect(submissions[0].field("household_size")?.value == .integer(4))
    #expect(submissions[0].segments == whole.segments)
    let options = ExportOptions(format: format, unconfirmed: true)
    #expect(try decoded(try exported([whole, typed], options).text, format) == [whole, typed])
  }

  private func decoded(_ text: String, _ format: ExportFormat) throws -> [Submission] {
    struct Document: Decodable { let submissions: [Submission] }
    let decoder = JSONDecoder()
    if format == .json {
      return try decoder.decode(Document.self, from: Data(text.utf8)).submissions
    }
    return try text.split(separator: "\n").map {
      try decoder.decode(Submission.self, from: Data($0.utf8))
    }
  }
}
