import TestSupport
import Testing

@testable import Extraction

/// That the reader reads back every integer below a thousand million, said as a cardinal.
///
/// Such a number is "X millones Y mil Z", three groups below a thousand. The reader goes from left to right, never looks back behind
/// "millones" or "mil", and never further ahead than two words behind what it has taken, or three where one is a comma
/// (``nothingFurtherAheadMatters``). So what it makes of a group depends on the group, on the place that it stands at, and on
/// the first word behind "millones" or "mil". Every group is read at every place before every such word, and behind groups of every kind:
/// whatever three groups a number has, each step of its reading is one of these.
@Suite struct NumberProofTests {
  private static let groups = (0..<1000).map { tokens(spelled($0)) }
  private static let counting = (0..<1000).map { tokens(shortened(spelled($0))) }
  private static let mil = tokens("mil")
  private static let million = tokens("millón")
  private static let millions = tokens("millones")

  /// One group for every word that a group can begin with, and none at all.
  private static let beginnings: [Int] = {
    var seen: Set<String> = []
    return [0] + (1..<1000).filter { seen.insert(groups[$0][0].folded).inserted }
  }()

  private static func said(_ millions: Int, _ thousands: Int, _ units: Int) -> [Token] {
    var words: [Token] = []
    if millions > 0 { words += counting[millions] + (millions == 1 ? million : self.millions) }
    if thousands > 0 { words += (thousands == 1 ? [] : counting[thousands]) + mil }
    return units > 0 || words.isEmpty ? words + groups[units] : words
  }

  private func isReadBack(_ millions: Int, _ thousands: Int, _ units: Int) -> Bool {
    let words = Self.said(millions, thousands, units)
    let reading = NumberWords.read(words[...])
    return reading?.value == (millions * 1000 + thousands) * 1000 + units
      && reading?.count == words.count
  }

  @Test func wordsAreThoseOfTheNumber() {
    for (millions, thousands, units) in [(0, 0, 0), (1, 1, 1), (21, 31, 21), (100, 101, 100)] {
      let number = (millions * 1000 + thousands) * 1000 + units
      let words = Self.said(millions, thousands, units).map(\.text).joined(separator: " ")
      #expect(words == spelled(number))
    }
    #expect(Self.beginnings.count == 47)
  }

  @Test(arguments: 0..<8) func everyIntegerBelowAMillion(part: Int) {
    for thousands in stride(from: part, to: 1000, by: 8) {
      for units in 0..<1000 where !isReadBack(0, thousands, units) {
        Issue.record("\(thousands * 1000 + units)")
      }
    }
  }

  @Test func everyGroupOfMillions() {
    for millions in 0..<1000 {
      for next in Self.beginnings {
        #expect(isReadBack(millions, next, 0))
        #expect(isReadBack(millions, 0, next))
      }
      #expect(isReadBack(millions, 1, 1))
    }
  }

  @Test(arguments: [0, 1, 2, 999])
  func everyGroupOfThousands(behind millions: Int) {
    for thousands in 0..<1000 {
      for next in Self.beginnings { #expect(isReadBack(millions, thousands, next)) }
    }
  }

  @Test(arguments: [0, 1, 2, 30, 999])
  func everyGroupOfUnits(behind thousands: Int) {
    for millions in [0, 1, 21, 30, 100, 500, 999] {
      for units in 0..<1000 { #expect(isReadBack(millions, thousands, units)) }
    }
  }

  @Test func everyGroupInTheFeminine() {
    for group in 1..<1000 {
      for number in [group, group * 1000, 2_000_000 + group * 1000 + group] {
        let words = tokens(spelled(number, isFeminine: true))
        #expect(NumberWords.read(words[...])?.value == number)
      }
    }
  }

  /// A pause behind "millones" and "mil"; a single digit behind it ends the number where the reader is told so.
  @Test func everyGroupBehindAPause() {
    let comma = tokens(",")
    for group in 0..<1000 {
      for (millions, thousands, units) in [
        (group, 1, 1), (2, group, 5), (0, group, 12), (group, 0, 7), (2, 0, group),
        (1, 1, group), (0, 30, group), (999, 999, group),
      ] {
        let heads = [Self.said(millions, 0, 0), Self.said(0, thousands, 0), Self.groups[units]]
        let parts = zip(heads, [millions, thousands, units]).filter { $0.1 > 0 }.map(\.0)
        guard !parts.isEmpty else { continue }
        let words = Array(parts.joined(separator: comma))
        let reading = NumberWords.dictated(words[...], joinsTens: false, joinsDigit: true)
        let number = (millions * 1000 + thousands) * 1000 + units
        #expect(reading?.value == number && reading?.count == words.count)
        guard !(1...9).contains(units) else { continue }
        #expect(NumberWords.read(words[...])?.value == number)
      }
    }
  }

  @Test func aThousandMillion() {
    let words = tokens("mil millones")
    #expect(NumberWords.read(words[...])?.value == 1_000_000_000)
  }

  @Test(arguments: 0..<20) func nothingFurtherAheadMatters(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = tokens(
      "cero un uno dos tres nueve diez once quince veinte veintiún veintidós treinta cuarenta noventa cien ciento doscientos "
        + "novecientas mil mil millón millones y y y , , perro 12")
    for _ in 0..<1000 {
      let some = (0..<10).compactMap { _ in words.randomElement(using: &random) }
      for joinsTens in [false, true] {
        guard let reading = NumberWords.read(some[...], joinsTens: joinsTens) else { continue }
        let near = some[..<min(some.count, reading.count + 3)]
        #expect(NumberWords.read(near, joinsTens: joinsTens) == reading)
        // Two words tell, unless the first is a comma.
        guard reading.count < some.count, some[reading.count].text != "," else { continue }
        let nearer = some[..<min(some.count, reading.count + 2)]
        #expect(NumberWords.read(nearer, joinsTens: joinsTens) == reading)
      }
    }
  }

  @Test(arguments: 0..<20) func whatStandsBeforeDoesNotMatter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let number = Int.random(in: 0..<1_000_000_000, using: &random)
      let words = tokens(spelled(Int.random(in: 0..<1_000_000, using: &random)))
      let all = words + tokens(spelled(number))
      #expect(NumberWords.read(all[words.count...])?.value == number)
    }
  }
}
