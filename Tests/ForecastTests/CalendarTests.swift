import Testing

@testable import Forecast

@Suite("Calendar")
struct CalendarTests {
  @Test("days count as the calendar does", arguments: ["1970-01-01", "2000-02-29", "2026-11-21"])
  func text(_ text: String) throws {
    #expect(try #require(Day(text)).description == text)
  }

  @Test(
    "what is no day is refused",
    arguments: ["2026-02-30", "2026-13-01", "26-01-01", "2026-1-1", "", "2026-01-0a", "0000-01-01"])
  func refused(_ text: String) { #expect(Day(text) == nil) }

  @Test("every day of a century follows the one before and has the next weekday")
  func running() throws {
    let first = try #require(Day("1999-12-31"))
    for offset in 0..<36_525 {
      let day = first + offset
      #expect(Day(day.description) == day)
      #expect((day + 1).weekday == (day.weekday + 1) % 7)
    }
    // A Friday.
    #expect(first.weekday == 4)
  }

  @Test("a moment before midnight belongs to the day that ends")
  func moments() {
    #expect(Day(milliseconds: 0).description == "1970-01-01")
    #expect(Day(milliseconds: -1).description == "1969-12-31")
    #expect(Day(milliseconds: 86_399_999).description == "1970-01-01")
  }

  @Test(
    "Easter",
    arguments: [
      (1961, "1961-04-02"), (2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31"),
      (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25"),
    ])
  func easter(_ year: Int, _ day: String) {
    #expect(SpanishHolidays.easter(year).description == day)
  }

  @Test("national holidays, and a region's beside them")
  func holidays() throws {
    let national = SpanishHolidays.days(2026).map(\.description)
    #expect(
      national == [
        "2026-01-01", "2026-01-06", "2026-04-03", "2026-05-01", "2026-08-15", "2026-10-12",
        "2026-11-01", "2026-12-06", "2026-12-08", "2026-12-25",
      ])
    let madrid = Set(SpanishHolidays.days(2026, region: "MD").map(\.description))
    #expect(madrid.subtracting(national) == ["2026-04-02", "2026-05-02"])
    let day = try #require(Day("2026-05-02"))
    #expect(SpanishHolidays.contains(day, region: "MD"))
    #expect(!SpanishHolidays.contains(day))
    for region in SpanishHolidays.regions {
      for year in 2020...2030 {
        let days = SpanishHolidays.days(year, region: region)
        #expect(days.allSatisfy { SpanishHolidays.contains($0, region: region) })
      }
    }
  }

  @Test("a file adds closed days and campaigns, and opens holidays")
  func file() throws {
    var calendar = DemandCalendar(region: "MD")
    try calendar.read(
      csv: """
        # ours
        from,to,kind,name
        2026-08-03,2026-08-05,closed,Summer
        2026-12-08,,open,
        2026-11-30,2026-12-04,campaign,Blankets, food

        """)
    let kind = { (text: String) in Day(text).flatMap { calendar.kind($0) } }
    #expect(kind("2026-08-05") == .closed)
    #expect(kind("2026-08-06") == nil)
    #expect(kind("2026-12-08") == nil)
    #expect(kind("2026-12-25") == .holiday)
    #expect(kind("2026-12-01") == .campaign("Blankets, food"))
  }

  @Test(
    "a mistake is told with its line",
    arguments: [
      ("", 1, DemandCalendar.Mistake.Problem.header),
      ("day,kind\n2026-01-01,closed", 1, .header),
      ("from,to,kind,name\n2026-01-01,closed", 2, .cells),
      ("from,to,kind,name\n\n01/02/2026,,closed,x", 3, .date),
      ("from,to,kind,name\n2026-01-05,2026-01-01,closed,x", 2, .order),
      ("from,to,kind,name\n2026-01-05,2066-01-01,closed,x", 2, .order),
      ("from,to,kind,name\n2026-01-05,,shut,x", 2, .kind),
      ("from,to,kind,name\n2026-01-05,,campaign,", 2, .name),
      ("from,to,kind,name\n2026-01-05,,closed,x\n2026-01-01,2026-01-09,holiday,y", 3, .overlap),
    ])
  func mistakes(_ text: String, _ line: Int, _ problem: DemandCalendar.Mistake.Problem) {
    #expect(throws: DemandCalendar.Mistake(line: line, problem: problem)) {
      var calendar = DemandCalendar()
      try calendar.read(csv: text)
    }
  }
}
