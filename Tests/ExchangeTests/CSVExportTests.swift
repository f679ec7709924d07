import Forms
import Interview
import TestSupport
import Testing

@testable import Exchange

@Suite struct CSVExportTests {
  private let values: [FieldName: FieldValue] = [
    "full_name": .text("Nadie, \"la\" Ñandú"), "phone": .text("+34612345678"),
    "household_size": .integer(4), "needs": .list(["food", "housing"]),
    "consent_data": .boolean(true),
  ]

  @Test func hasItsColumnsInOrder() throws {
    let (text, report) = try exported([submission(1, values)], ExportOptions())
    #expect(
      text == """
        submission_id,submitted_at,stage,form_id,form_version,linked_to,full_name,phone,\
        household_size,needs,consent_data,province\r
        a0000000-0000-4000-8000-000000000001,2023-11-14T22:13:20Z,test,acogida,1,,\
        "Nadie, ""la"" Ñandú",+34612345678,4,food; housing,true,\r\n
        """)
    #expect(report == ExportReport(submissions: 1, omittedFields: [], last: 1))
  }

  /// What the technician decided about possible duplicates is a link to the other submission, in every format.
  @Test func linksToOtherSubmissions() throws {
    let decisions = [
      DuplicateDecision(other: identifier(7), choice: .linked),
      DuplicateDecision(other: identifier(8), choice: .continued),
      DuplicateDecision(other: identifier(9), choice: .overridden, reason: "otra ayuda"),
    ]
    let linked = try submission(1, values, decisions: decisions)
    let rows = try CSVReader.rows(exported([linked], ExportOptions()).text)
    #expect(rows[0][5] == "linked_to")
    #expect(rows[1][5] == identifier(7) + "; " + identifier(9))
    let json = try exported([linked], ExportOptions(format: .jsonl, withoutIdentity: true)).text
    #expect(json.contains("\"linked_to\":[\"\(identifier(7))\",\"\(identifier(9))\"]"))
    // The reason is free text: it is in the whole record alone.
    #expect(!json.contains("otra ayuda"))
  }

  @Test func anEmptyStoreGivesAHeader() throws {
    let (text, report) = try exported([], ExportOptions())
    #expect(try CSVReader.rows(text).count == 1)
    #expect(report.submissions == 0)
  }

  @Test func statesStandBesideTheValues() throws {
    let (text, _) = try exported([submission(1, values)], ExportOptions(states: true))
    let rows = try CSVReader.rows(text)
    #expect(rows[0][6...9] == ["full_name", "full_name_state", "phone", "phone_state"])
    #expect(rows[1][7] == "edited" && rows[1].last == "empty")
    #expect(rows[0].count == rows[1].count)
  }

  @Test func aByteOrderMarkComesOnlyWhenAskedFor() throws {
    let with = try exported([], ExportOptions(byteOrderMark: true)).text
    let without = try exported([], ExportOptions()).text
    #expect(Array(with.utf8) == [0xEF, 0xBB, 0xBF] + Array(without.utf8))
  }

  @Test func hxlTagsStandBelowTheHeaderAndNobodyIsIdentified() throws {
    let (text, _) = try exported([submission(1, values)], ExportOptions(states: true, hxl: true))
    let rows = try CSVReader.rows(text)
    #expect(rows.count == 3)
    #expect(!rows[0].contains("full_name") && !rows[0].contains("phone"))
    #expect(!text.contains("Nadie") && !text.contains("612345678"))
    #expect(Set(rows[1]).count == rows[1].count)
    let tag = /#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*/
    for cell in rows[1] { #expect(cell.wholeMatch(of: tag) != nil) }
    #expect(rows[1].contains("#adm2+name"))
  }

  @Test func oneFormServesRowsOfAnother() throws {
    let submissions = [
      try submission(1, values), try submission(2, ["full_name": .text("B")]),
      try submission(3, ["full_name": .text("C"), "province": .text("Ávila")]),
    ]
    let (text, report) = try exported(submissions, ExportOptions(), form: laterForm)
    let rows = try CSVReader.rows(text)
    #expect(rows[0].suffix(4) == ["province", "gender", "full_name", "household_size"])
    #expect(rows[1].suffix(4) == ["", "", "Nadie, \"la\" Ñandú", "4"])
    #expect(rows[3].suffix(4) == ["Ávila", "", "C", ""])
    #expect(report.omittedFields == ["consent_data", "needs", "phone"])
  }

  @Test(arguments: 1...20) func anyTextSurvives(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let names = (0..<30).map { _ in
      generator.text(of: "aé,\"\r\n\t'=+-@＝ 05.;€😀", length: 1...12)
    }
    let submissions = try names.enumerated().map {
      try submission($0.offset, ["full_name": .text($0.element)])
    }
    let rows = try CSVReader.unguardedRows(exported(submissions, ExportOptions()).text)
    #expect(rows.dropFirst().map { Array($0[6].utf8) } == names.map { Array($0.utf8) })
  }
}
