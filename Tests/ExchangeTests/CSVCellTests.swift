import TestSupport
import Testing

@testable import Exchange

@Suite struct CSVCellTests {
  @Test(arguments: [
    ("", ""), ("plain", "plain"), ("Ñandú ü", "Ñandú ü"), ("a b", "a b"),
    ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""),
    ("\"", "\"\"\"\""), ("it's", "it's"), ("'quoted'", "'quoted'"), ("#tag", "#tag"),
  ])
  func quotesByTheStandard(value: String, cell: String) {
    #expect(written(value) == cell)
  }

  @Test(arguments: [
    "=1+1", "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx",
    "\nx", "=", "+", "-", "@", "＝1", "＋1", "－1", "＠x", "+34 612", "--5", "+1.2.3", "-.5", "+5,",
  ])
  func guardsWhatASpreadsheetWouldRun(value: String) {
    #expect(CSVReader.unguarded(unquoted(written(value))) == value)
    #expect(unquoted(written(value)) == "'" + value)
  }

  @Test(arguments: [
    "+34612345678", "-5", "-3.25", "+1,5", "612345678", "1992-11-09", "a=b", "x@example.org",
    "ﬁnca", "＃",
  ])
  func leavesNumbersPhonesAndTextAlone(value: String) {
    #expect(CSVReader.unguarded(unquoted(written(value))) == value)
    #expect(unquoted(written(value)) == value)
  }

  @Test(arguments: ["'=1", "''@x", "'+34612345678", "'", "''", "'x", "'1"])
  func theGuardCanBeTakenOff(value: String) {
    #expect(CSVReader.unguarded(unquoted(written(value))) == value)
  }

  @Test(arguments: 1...100) func readsBackWhateverWasWritten(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<40).map { _ in
      generator.text(of: "ab,\"\r\n\t'=+-@＝ 0159.;ñ€😀", length: 0...8)
    }
    let line = values.map(written).joined(separator: ",") + "\r\n"
    let read = try #require(try CSVReader.unguardedRows(line).first)
    #expect(read.map { Array($0.utf8) } == values.map { Array($0.utf8) })
  }

  private func written(_ value: String) -> String {
    var buffer: [UInt8] = []
    CSVCell.append(value, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  private func unquoted(_ cell: String) -> String {
    (try? CSVReader.rows(cell + "\r\n").first?.first) ?? "malformed"
  }
}

@Suite struct TimestampTests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1_700_000_000_123, "2023-11-14T22:13:20Z"),
      (951_782_400_000, "2000-02-29T00:00:00Z"), (4_107_542_399_999, "2100-02-28T23:59:59Z"),
      (-1, "1969-12-31T23:59:59Z"), (1_709_164_799_000, "2024-02-28T23:59:59Z"),
    ] as [(Int64, String)])
  func isISO8601InUTC(milliseconds: Int64, text: String) {
    var buffer: [UInt8] = []
    Timestamp.append(milliseconds, to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == text)
  }
}
