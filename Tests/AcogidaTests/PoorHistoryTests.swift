import Foundation
import Store
import TestSupport
import Testing

/// What the commands say where there is little, nothing or something wrong to count.
@Suite struct PoorHistoryTests {
  private static let day: Int64 = 86_400_000
  /// 2026-01-05, a Monday, at ten.
  private static let first: Int64 = 1_767_607_200_000

  private func withHistory(
    _ times: [Int64], offices: [String] = ["es-md-01"], _ body: (Program) throws -> Void
  ) throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(times, offices: offices)
      try body(program)
    }
  }

  /// Three interviews on each of these days, counted from the first.
  private func days(_ days: some Sequence<Int>) -> [Int64] {
    days.flatMap { day in (0..<3).map { Self.first + Int64(day) * Self.day + Int64($0) * 1_000 } }
  }

  @Test func anEmptyStoreHasNothingToForecastAndSaysSo() throws {
    try withHistory([]) { program in
      let forecast = try program.run(["forecast"])
      #expect(forecast.code == 2 && forecast.output.isEmpty && !forecast.errors.isEmpty)
      #expect(
        try program.run(["sql", "SELECT count(*) FROM fields", "--format", "csv"]).output.hasSuffix(
          "0\r\n"))
      for command in [["report", "demand"], ["report", "fields"], ["report", "dashboard"]] {
        #expect(try program.run(command).code == 0, "\(command)")
      }
      let lake = try program.run(["lake", program.folder + "/lake", "--json"])
      #expect(lake.code == 0 && lake.output.contains(#""submissions":0"#))
      #expect(try program.run(["retrain"]).code != 1)
    }
  }

  @Test func oneDayIsTooLittleAndTheNeededDaysAreSaid() throws {
    try withHistory(days([0])) { program in
      let forecast = try program.run(["forecast"])
      #expect(forecast.code == 2 && forecast.errors.contains("28"), "\(forecast.errors)")
      let demand = try program.run(["report", "demand", "--format", "csv"])
      // Three people are few: nothing is told of them but that somebody came.
      #expect(demand.output.contains("2026-01-05,all,,\r\n"))
    }
  }

  @Test func aNeedThatTheFormDoesNotHaveIsNamed() throws {
    try withHistory(days(0..<60)) { program in
      try program.configure(
        "[[forecast.staff]]\nname = \"legal\"\nneeds = [\"food\", \"fod\"]\nper_day = 8\n")
      for command in [["forecast"], ["retrain"]] {
        let result = try program.run(command)
        #expect(result.code == 2 && result.errors.contains("«fod»"), "\(result.errors)")
      }
    }
  }

  @Test func aNeedThatNobodyHadIsNotForecast() throws {
    try withHistory(days(0..<60)) { program in
      try program.configure(
        """
        [[forecast.staff]]
        name = "lawyer"
        needs = ["legal_advice"]
        per_day = 8
        """)
      let forecast = try program.run(["forecast", "--type", "lawyer"])
      #expect(forecast.code == 2 && forecast.errors.contains("60"), "\(forecast.errors)")
      #expect(try program.run(["forecast", "--type", "food"]).code == 0)
    }
  }

  @Test func aMissingMonthIsNamedAsAGap() throws {
    try withHistory(days(Array(0..<60) + Array(90..<150))) { program in
      let forecast = try program.run(["forecast", "--format", "json"])
      #expect(forecast.code == 0, "\(forecast.errors)")
      #expect(
        forecast.output.contains("2026-03-06/2026-04-04"), "\(forecast.output.prefix(900))")
    }
  }

  @Test func theSameDayInSeveralPlacesIsOneDay() throws {
    try withHistory(days(Array(0..<60) + Array(0..<60)), offices: ["es-md-01", "es-md-02"]) {
      program in
      let query = """
        SELECT count(*), count(DISTINCT dt), sum(submissions) FROM daily WHERE field = 'all'
        """
      let answer = try program.run(["sql", query, "--format", "csv"])
      #expect(answer.output.hasSuffix("120,60,360\r\n"), "\(answer.output)")
      let forecast = try program.run(["forecast", "--format", "csv", "--horizon", "1"])
      let cells = forecast.output.split(whereSeparator: \.isNewline).last?.split(separator: ",")
      #expect(cells.map { String($0[2]) } == "6.0", "\(forecast.output)")
    }
  }

  @Test(arguments: [
    ("day,until\n2026-01-01,\n", "1"), ("from,to,kind,name\n2026-01-01,2025-01-01,closed,x\n", "2"),
    ("from,to,kind,name\n2026-01-01,,party,x\n", "campaign"),
    ("from,to,kind,name\n2026-01-01,,closed,a\n2026-01-01,,holiday,b\n", "3"), ("\u{0}\u{1}", "1"),
  ])
  func aWrongCalendarStopsEveryForecastAndIsNamed(text: String, hint: String) throws {
    try withHistory(days(0..<40)) { program in
      let path = program.folder + "/calendar.csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      try program.configure("[forecast]\ncalendar = \"\(path)\"\n")
      for command in [["forecast"], ["retrain"], ["report", "dashboard"]] {
        let result = try program.run(command)
        #expect(result.code == 1 && result.errors.contains("calendar.csv"), "\(command)")
        #expect(result.errors.contains(hint), "\(result.errors)")
      }
    }
  }
}
