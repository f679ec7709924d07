import TestSupport
import Testing

@testable import Extraction

/// A number in Spanish words, written independently of the reader.
func spelled(_ number: Int) -> String {
  let small = [
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
    "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho",
    "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
    "veintiséis", "veintisiete", "veintiocho", "veintinueve",
  ]
  let tens = [
    "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
  ]
  let hundreds = [
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
  ]
  switch number {
  case ..<30: return small[number]
  case ..<100:
    let unit = number % 10
    return tens[number / 10] + (unit == 0 ? "" : " y " + small[unit])
  case 100: return "cien"
  case ..<1000:
    let rest = number % 100
    return hundreds[number / 100] + (rest == 0 ? "" : " " + spelled(rest))
  case ..<1_000_000:
    let rest = number % 1000
    let thousands = number / 1000
    let head = thousands == 1 ? "mil" : shortened(spelled(thousands)) + " mil"
    return head + (rest == 0 ? "" : " " + spelled(rest))
  default:
    let rest = number % 1_000_000
    let millions = number / 1_000_000
    let head = millions == 1 ? "un millón" : shortened(spelled(millions)) + " millones"
    return head + (rest == 0 ? "" : " " + spelled(rest))
  }
}

/// "veintiuno mil" is said "veintiún mil".
private func shortened(_ text: String) -> String {
  if text.hasSuffix("veintiuno") { return text.dropLast(9) + "veintiún" }
  return text.hasSuffix("uno") ? String(text.dropLast(1)) : text
}

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
