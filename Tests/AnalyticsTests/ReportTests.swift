import Extraction
import Forecast
import Forms
import Foundation
import Interview
import Store
import TestSupport
import Testing

@testable import Analytics

@Suite("Reports")
struct ReportTests {
  @Test("fields are counted by what became of what was heard") func fields() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      for number in 1...6 {
        try stage.add(
          number,
          [
            .accepted("gender", "female", number == 6 ? "rara" : "Mujer"),
            number < 3
              ? .edited("municipality", "Getafe", "jetafe", to: "Leganés")
              : .accepted("municipality", "Getafe", "getafe"),
            .edited("notes", nil, "", to: "algo"),
          ])
      }
      let report = try FieldReport(stage.source(), minimum: 5)
      #expect(report.interviews == 6)
      let row = try #require(report.rows.first { $0.field == "municipality" })
      #expect((row.heard, row.accepted, row.corrected) == (6, 4, 2))
      #expect(abs((row.rightAtOnce ?? 0) - 4.0 / 6) < 1e-9)
      #expect(report.rows.first { $0.field == "notes" }?.typed == 6)
      #expect(
        report.synonyms
          == [.init(field: "gender", value: "female", said: "mujer", count: 5)])
      #expect(report.suppressed == 1)
    }
  }

  @Test("demand is counted by day, office and need; small groups are not told")
  func demand() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let stage = try Stage(folder)
      for number in 0..<7 {
        try stage.add(
          number, at: Stage.monday + Int64(number % 2) * Stage.day,
          office: number == 0 ? "es-vc-01" : "es-md-01",
          [.accepted("needs", .list(number < 2 ? ["food", "legal_advice"] : ["food"]), "eso")])
      }
      let counts = try DemandCounts(stage.source())
      let day = try #require(Day("2026-11-02"))
      #expect(counts.byDay()[day] == 4)
      #expect(counts.byDay(.needs(["legal_advice", "food"]))[day] == 4)
      #expect(counts.byDay(.needs(["legal_advice"]), office: "es-md-01")[day] == nil)
      #expect(counts.byDay(before: day + 1)[day + 1] == nil)
      let report = DemandReport(counts, minimum: 5)
      let told = Dictionary(
        report.rows.map { ($0.kind + $0.name, $0.people) }, uniquingKeysWith: { $1 })
      #expect(told["all"] == 7 && told["needfood"] == 7)
      // Told, the other office would follow from it.
      #expect(told["officees-md-01"] == .some(nil))
      #expect(told["needlegal_advice"] == .some(nil) && told["officees-vc-01"] == .some(nil))
      #expect(report.csv.contains("2026-11-02,need,legal_advice,\r\n"))
    }
  }

  @Test("the page holds everything and fetches nothing, and nobody can be found") func page() throws
  {
    var counts = DemandCounts()
    let today = try #require(Day("2026-11-20"))
    for offset in 0..<60 {
      for _ in 0..<6 { counts.add(today + -offset, "es-md-01", ["food"]) }
    }
    counts.add(today, "<script>", ["rare"])
    let plan = try DemandPlan(
      counts, .all, office: nil, before: today, calendar: DemandCalendar(), staff: [], days: nil,
      horizon: 14)
    let dashboard = Dashboard(
      counts, today: today, quality: nil, plan: plan, waiting: .init(drafts: 2, unsent: 3))
    #expect(dashboard.tiles.map(\.value) == [7, 31, 42, 2, 3])
    let html = DashboardPage(dashboard, language: "es", subtitle: "x") { $0 }.html
    #expect(!html.contains("<script") && !html.contains("src=") && !html.contains("http"))
    #expect(html.contains("&lt;script&gt;") && html.contains("lang=\"es\""))
    let needs = try #require(dashboard.charts.first { $0.name == "needs" })
    #expect(needs.points.first { $0.label == "rare" }?.value == .some(nil))
    #expect(needs.csv.contains("rare,\r\n"))
    let parsed = try JSONSerialization.jsonObject(with: Data(needs.json.utf8)) as? [[String: Any]]
    #expect(parsed?.count == 2)
    #expect(dashboard.charts.first { $0.name == "forecast" }?.points.count == 14)
  }

  @Test("staff is demand by rate, rounded up")
  func staff() {
    let kind = StaffKind(name: "lawyer", needs: [], perDay: 8)
    #expect([0, 0.05, 1, 8, 8.05, 8.2, 16, 17].map(kind.needed) == [0, 0, 1, 1, 1, 2, 2, 3])
  }

  @Test("kept JSON is read as the store wrote it, whatever stands in its texts") func scanner()
    throws
  {
    let texts = [
      "plain", "", "\"quoted\" \\ back", "line\nbreak\ttab", "ñ é 😀 \u{1F468}\u{200D}\u{1F469}",
      "\u{1}\u{1F}",
      "{\"not\":[\"an\",\"object\"]}", "a\u{2028}b", "/slash/",
    ]
    for text in texts {
      for encoder in [JSONEncoder.OutputFormatting.sortedKeys, [.prettyPrinted]] {
        let json = JSONEncoder()
        json.outputFormatting = encoder
        let bytes = Array(try json.encode(["other": [text], "text": [text, "x"]]))
        var found: [String] = []
        var scanner = JSONScanner(bytes[...])
        try scanner.object { scanner, key in
          if key == "text" {
            try scanner.array { found.append(try $0.string()) }
          } else {
            try scanner.skip()
          }
        }
        #expect(found == [text, "x"])
      }
    }
  }

  @Test("what chance wrote is refused or read, and never ends the program") func fuzz() {
    var generator = SeededGenerator(seed: 11)
    let seed = Array(
      #"{"id":"a","fields":[{"name":"x","status":"confirmed","value":["a\u00e9"],"heard":{"said":"y","confidence":0.5,"evidence":[{"start":1}],"checks":[{"passed":true}]},"times":{"heard":1}}],"segments":[{"text":"{"}]}"#
        .utf8)
    var read = 0
    for _ in 0..<4_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 0...4, using: &generator) where bytes.count > 1 {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes = Array(bytes.prefix(place + 1))
        }
      }
      if (try? SubmissionRecord.read(bytes[...], hidden: { _ in false })) != nil { read += 1 }
    }
    #expect(read > 400)
  }
}
