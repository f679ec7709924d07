import Foundation
import Testing

@testable import Reports

private var table: Table {
  var table = Table("T", [.init("who", "Quién"), .init("share", "parte", isNumber: true)])
  table.add([.text("=1+1, \"x\""), .share(0.256)])
  table.add([.text("<b>"), .none])
  return table
}

@Suite struct ReportsTests {
  @Test func aTableForATerminal() {
    #expect(
      table.text(ascii: true) == """
        T

        Quién       parte
        ---------  ------
        =1+1, "x"  25.6 %
        <b>             –

        """)
  }

  @Test func machinesReadNumbers() throws {
    #expect(table.csv == "who,share\r\n\"'=1+1, \"\"x\"\"\",0.2560\r\n<b>,\r\n")
    let lines = table.jsonLines.split(separator: "\n").map { Data($0.utf8) }
    let first = try #require(try JSONSerialization.jsonObject(with: lines[0]) as? [String: Any])
    #expect(first["share"] as? Double == 0.256 && first["who"] as? String == "=1+1, \"x\"")
    let second = try #require(try JSONSerialization.jsonObject(with: lines[1]) as? [String: Any])
    #expect(second["share"] is NSNull)
  }

  @Test func thePageNeedsNothingElseAndRunsNothing() {
    var report = Report("R & D")
    report.add(.table(table))
    report.add(.chart(BarChart("Bars", [.init("<i>", 0.5, number: "50 %")], full: 1)))
    let page = report.html(language: "es")
    #expect(page.contains("&lt;b&gt;") && !page.contains("<b>") && page.contains("R &amp; D"))
    #expect(page.contains("width:10.00rem"))
    for forbidden in ["<script", "http:", "https:", "url("] { #expect(!page.contains(forbidden)) }
  }

  @Test(arguments: [(0, ""), (1, "████"), (0.5, "██"), (0.53, "██▏"), (-1, ""), (7, "████")])
  func barsOfBlocks(_ share: Double, _ bar: String) {
    #expect(BarChart.bar(share, width: 4, ascii: false) == bar)
  }

  @Test func barsAndBoxesInASCII() throws {
    #expect(BarChart.bar(0.5, width: 4, ascii: true) == "##")
    #expect(BarChart.bar(.nan, width: 4, ascii: true).isEmpty)
    let spread = try #require(Distribution([0, 0.25, 0.5, 0.75, 1]))
    #expect(spread.boxPlot(width: 9, ascii: true) == "|-==#==-|")
    #expect(spread.median == 0.5 && spread.lowerQuartile == 0.25 && spread.mean == 0.5)
    #expect(Distribution([]) == nil)
    #expect(Distribution([0.3])?.boxPlot(width: 3, ascii: true) == " # ")
  }

  @Test(arguments: [
    (0.05, 1, "0.1"), (-1.25, 1, "-1.3"), (12, 0, "12"), (0.004, 2, "0.00"), (-0.001, 1, "0.0"),
  ])
  func numbers(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(Table.Cell.number(value, decimals: decimals).text == text)
  }
}
