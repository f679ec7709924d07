import TestSupport
import Testing

@testable import Forecast

/// Invented daily demand: a level, a weekday pattern, a trend, noise.
struct Invented {
  static let pattern: [Double] = [30, 25, 24, 22, 26, 8, 4]

  static func values(_ days: Int, trend: Double = 0, noise: Double = 0, seed: UInt64 = 1)
    -> [Double]
  {
    var generator = SeededGenerator(seed: seed)
    return (0..<days).map { day in
      let shake = noise > 0 ? Double.random(in: -noise...noise, using: &generator) : 0
      return max(0, (pattern[day % 7] + trend * Double(day) + shake).rounded())
    }
  }

  static let monday = Day(number: 20_003)
}

@Suite("Methods")
struct MethodTests {
  @Test("a pattern without noise comes back from every method", arguments: ForecastMethod.allCases)
  func pattern(_ method: ForecastMethod) {
    guard method != .sparse else { return }
    let forecast = method.forecast(Invented.values(84), horizon: 14)
    for (step, value) in forecast.enumerated() {
      #expect(abs(value - Invented.pattern[step % 7]) < 0.2, "\(method) \(step) \(value)")
    }
  }

  @Test("nothing is forecast below zero", arguments: ForecastMethod.allCases)
  func zero(_ method: ForecastMethod) {
    let falling = (0..<60).map { max(0, 30 - Double($0)) }
    #expect(method.forecast(falling, horizon: 60).allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(method.forecast(Array(repeating: 0, count: 60), horizon: 30).allSatisfy { $0 == 0 })
  }

  @Test("Syntetos and Boylan: the reference value of statsforecast's CrostonSBA")
  func croston() {
    let values: [Double] = [0, 0, 3, 0, 0, 1, 0, 2, 0, 0, 0, 4, 0, 1, 0, 0, 2, 0, 0, 5]
    #expect(abs(ForecastMethod.sparse.forecast(values, horizon: 1)[0] - 0.92107494) < 1e-6)
  }

  @Test("the least squares of the initial states are the least: no other start does better")
  func smoothing() {
    let values = Invented.values(140, trend: 0.05, noise: 5)
    let fitted = ExponentialSmoothing(values)
    let errors = (7..<values.count).map {
      values[$0] - fitted.forecast(from: $0, step: 0)
    }
    let naive = (7..<values.count).map { values[$0] - values[$0 - 7] }
    #expect(errors.reduce(0) { $0 + $1 * $1 } < 0.75 * naive.reduce(0) { $0 + $1 * $1 })
  }

  @Test("one day unlike all others moves the mean of its weekday, and not the median")
  func oddDay() {
    for (odd, place) in [(0.0, 79), (400, 79), (400, 58)] {
      var values = Invented.values(84)
      let usual = Invented.pattern[place % 7]
      values[place] = odd
      let said = { (method: ForecastMethod) in method.forecast(values, horizon: 7)[place % 7] }
      #expect(said(.weekdayMedian) == usual)
      #expect(abs(said(.weekdayMean) - usual - (odd - usual) / 4) < 1e-9)
    }
    // Fewer than four weeks: of what there is.
    #expect(ForecastMethod.weekdayMedian.forecast([1, 1, 1, 1, 1, 1, 1, 3], horizon: 1) == [1])
    #expect(WeekdayMean([2, 0, 4], weeks: 2, isMedian: true).forecast(from: 3, step: 0) == 4)
  }

  @Test(
    "what a fitted method says of a day depends on the days before alone",
    arguments: ForecastMethod.allCases)
  func past(_ method: ForecastMethod) {
    let values = Invented.values(100, noise: 4)
    let fitted = method.fit(values)
    #expect(fitted.forecast(from: 100, horizon: 9) == method.forecast(values, horizon: 9))
    #expect(fitted.forecast(from: 50, horizon: 5).count == 5)
  }
}

@Suite("Demand model")
struct DemandModelTests {
  private let calendar = DemandCalendar(computes: false)

  private func series(_ values: [Double?]) -> DailySeries {
    DailySeries(start: Invented.monday, values: values)
  }

  @Test("quantiles are in order and not below zero, and most days fall between them")
  func band() throws {
    let all = Invented.values(420, noise: 9)
    let model = try DemandModel(series(Array(all.prefix(392))), calendar: calendar)
    let forecast = try model.forecast(from: model.end + 1, to: model.end + 28)
    var inside = 0
    for (day, value) in zip(forecast, all.suffix(28)) {
      #expect(0 <= day.low && day.low <= day.likely && day.likely <= day.high)
      if day.low <= value, value <= day.high { inside += 1 }
    }
    #expect(inside >= 18)
    #expect(model.isRecommended)
    let backtest = try #require(model.backtest)
    #expect(backtest.origins == 6 && backtest.error.days == 84)
    #expect((0.6...0.95).contains(backtest.error.coverage))
  }

  @Test("what does not beat the floor is refused: the floor forecasts")
  func floor() throws {
    let same = try DemandModel(series(Invented.values(140)), calendar: calendar)
    #expect(!same.isRecommended)
    #expect(same.method == .seasonalNaive)
    #expect(same.backtest?.method == .middle)
  }

  @Test("closed weekdays and closed holidays are zero, and known as such")
  func closed() throws {
    let spain = DemandCalendar()
    let values = Invented.values(400, noise: 3).enumerated().map { index, value in
      index % 7 >= 5 || spain.kind(Invented.monday + index) != nil ? 0 : value
    }
    let model = try DemandModel(series(values), calendar: spain)
    #expect(model.closures.weekdays == [5, 6])
    #expect(model.closures.onHolidays)
    let forecast = try model.forecast(from: model.end + 1, to: model.end + 60)
    for day in forecast {
      #expect(day.isClosed == (day.day.weekday >= 5 || day.kind == .holiday))
      #expect(day.isClosed ? day.high == 0 : day.likely > 10)
    }
  }

  @Test("a missing month is a gap, not a month without demand")
  func gap() throws {
    let whole = Invented.values(300, noise: 3)
    var missing = whole
    for index in 200..<230 { missing[index] = 0 }
    let model = try DemandModel(series(missing), calendar: calendar)
    #expect(model.closures.gaps == [200..<230])
    let reference = try DemandModel(series(whole), calendar: calendar)
    let ours = try model.forecast(from: model.end + 1, to: model.end + 7)
    let theirs = try reference.forecast(from: model.end + 1, to: model.end + 7)
    for (a, b) in zip(ours, theirs) { #expect(abs(a.likely - b.likely) < 4) }
  }

  @Test("the effect of a campaign is learned, and expected again")
  func campaign() throws {
    var calendar = DemandCalendar(computes: false)
    var csv = "from,to,kind,name\n"
    var values = Invented.values(364, noise: 2)
    for begin in [100, 200, 300, 370] {
      let first = Invented.monday + begin
      csv += "\(first),\(first + 4),campaign,Winter\n"
      for index in begin..<begin + 5 where index < values.count { values[index] *= 2 }
    }
    try calendar.read(csv: csv)
    let model = try DemandModel(series(values), calendar: calendar)
    let days = try model.forecast(from: model.end + 1, to: model.end + 14)
    let plain = days.first { $0.kind == nil && $0.day.weekday == 1 && $0.day.parts.day > 2 }
    let busy = days.first { $0.kind == .campaign("Winter") && $0.day.weekday == 1 }
    if let plain, let busy { #expect(busy.likely > 1.4 * plain.likely) }
    let special = try #require(days.first { $0.kind != nil })
    #expect(special.likely > 1.3 * Invented.pattern[special.day.weekday])
  }

  @Test("a campaign that was never held changes nothing")
  func newCampaign() throws {
    var values = Invented.values(364, noise: 2)
    for index in values.indices where (Invented.monday + index).parts.day <= 2 {
      values[index] *= 2
    }
    let plain = DemandCalendar(computes: false)
    let end = Invented.monday + 363
    var announced = plain
    try announced.read(csv: "from,to,kind,name\n\(end + 1),\(end + 40),campaign,New\n")
    let expected = try DemandModel(series(values), calendar: plain)
    let model = try DemandModel(series(values), calendar: announced)
    let days = try model.forecast(from: end + 1, to: end + 40)
    #expect(days.allSatisfy { $0.kind == .campaign("New") })
    for (one, other) in zip(days, try expected.forecast(from: end + 1, to: end + 40)) {
      #expect(abs(one.likely - other.likely) < 0.001)
    }
  }

  @Test("demand with many zeros and no weekly pattern goes to Syntetos and Boylan")
  func sparse() throws {
    var generator = SeededGenerator(seed: 4)
    let values = (0..<200).map { _ in
      Int.random(in: 0..<4, using: &generator) == 0
        ? Double.random(in: 1...3, using: &generator).rounded() : 0
    }
    let model = try DemandModel(series(values), calendar: calendar)
    #expect(model.method == .sparse || !model.isRecommended)
    #expect(model.backtest?.method == .sparse)
  }

  @Test("too little is refused, and said")
  func refusals() {
    let refusal = { (values: [Double?]) -> ForecastRefusal? in
      do throws(ForecastRefusal) {
        _ = try DemandModel(series(values), calendar: calendar)
        return nil
      } catch { return error }
    }
    #expect(refusal([]) == .empty)
    #expect(refusal([5]) == .tooShort(days: 1, needed: 28))
    #expect(refusal(Array(repeating: 0, count: 90)) == .allZero(days: 90))
    #expect(refusal(Invented.values(27)) == .tooShort(days: 27, needed: 28))
    #expect(refusal(Invented.values(28)) == nil)
  }

  @Test("days that are past or too far ahead are refused")
  func reach() throws {
    let model = try DemandModel(series(Invented.values(90)), calendar: calendar)
    let refusal = ForecastRefusal.outOfReach(after: model.end, until: model.end + 366)
    #expect(throws: refusal) { try model.forecast(from: model.end, to: model.end + 3) }
    #expect(throws: refusal) { try model.forecast(from: model.end + 1, to: model.end + 367) }
    #expect(throws: refusal) { try model.forecast(from: model.end + 5, to: model.end + 4) }
    #expect(try model.forecast(from: model.end + 360, to: model.end + 366).count == 7)
  }

  @Test("any history gives numbers that are numbers")
  func anything() throws {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<60 {
      let count = Int.random(in: 28...200, using: &generator)
      let top: Double = [0.0, 1.0, 3.0, 1e6].randomElement(using: &generator) ?? 1
      let values = (0..<count).map { _ -> Double? in
        guard Int.random(in: 0..<9, using: &generator) > 0 else { return nil }
        return Double.random(in: 0...top, using: &generator).rounded()
      }
      guard let model = try? DemandModel(series(values), calendar: DemandCalendar()) else {
        continue
      }
      for day in try model.forecast(from: model.end + 1, to: model.end + 30) {
        #expect([day.low, day.likely, day.high].allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
  }

  @Test("counts of the same day are one value; days between are zero")
  func counts() {
    let series = DailySeries(counts: [Invented.monday: 2, Invented.monday + 3: 1])
    #expect(series?.values == [2, 0, 0, 1])
    #expect(DailySeries(counts: [:]) == nil)
    #expect(DailySeries(counts: [Invented.monday: 1, Invented.monday + 40_000: 1]) == nil)
  }
}
