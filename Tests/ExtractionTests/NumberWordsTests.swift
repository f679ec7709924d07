import TestSupport
import Testing

@testable import Extraction

@Suite struct NumberWordsTests {
  @Test func everySmallNumberIsReadBack() {
    for number in 0..<20_000 { expectReadBack(number) }
  }

  @Test(arguments: 0..<40) func largeNumbersAreReadBack(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let digits = Int.random(in: 4...9, using: &random)
      var limit = 1
      for _ in 0..<digits { limit *= 10 }
      expectReadBack(Int.random(in: 0..<limit, using: &random))
    }
  }

  private func expectReadBack(_ number: Int) {
    let words = tokens(spelled(number))
    let reading = NumberWords.read(words[...])
    #expect(reading?.value == number && reading?.count == words.count, "\(spelled(number))")
  }

  @Test(arguments: [
    ("doce treinta y cuatro", ["12", "34"]), ("seis doce", ["6", "12"]),
    ("seiscientos doce", ["612"]), ("cero siete", ["0", "7"]), ("diez y seis", ["16"]),
    ("mil novecientos ochenta", ["1980"]), ("dos mil tres", ["2003"]),
  ])
  func groupsStayApart(text: String, groups: [String]) {
    let words = tokens(text)
    var place = 0
    var found: [String] = []
    while let reading = NumberWords.read(words[place...]) {
      found.append(String(reading.value))
      place += reading.count
    }
    #expect(found == groups)
  }
}
