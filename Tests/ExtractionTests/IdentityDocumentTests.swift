import Forms
import TestSupport
import Testing

@testable import Extraction

private let letterNames: [Character: [String]] = [
  "A": ["a"], "B": ["be"], "C": ["ce"], "D": ["de"], "E": ["e"], "F": ["efe"], "G": ["ge"],
  "H": ["hache"], "J": ["jota"], "K": ["ka"], "L": ["ele"], "M": ["eme"], "N": ["ene"],
  "P": ["pe"], "Q": ["cu"], "R": ["erre"], "S": ["ese"], "T": ["te"], "V": ["uve", "ve baja"],
  "W": ["uve doble", "doble u"], "X": ["equis"], "Y": ["i griega", "ye"], "Z": ["zeta", "ceta"],
]

/// Ways in which people dictate eight (or seven) digits.
private func dictations(_ digits: String) -> [String] {
  let pairs = { (text: Substring) in
    stride(from: 0, to: text.count, by: 2).map { offset in
      let start = text.index(text.startIndex, offsetBy: offset)
      return text[
        start..<(text.index(start, offsetBy: 2, limitedBy: text.endIndex) ?? text.endIndex)]
    }
  }
  let say = { (part: Substring) -> String in
    part.hasPrefix("0")
      ? part.map { spelled(Int(String($0)) ?? 0) }.joined(separator: " ")
      : spelled(Int(part) ?? 0)
  }
  let text = digits[...]
  var ways = [
    digits, digits.map { spelled(Int(String($0)) ?? 0) }.joined(separator: " "),
    digits.map(String.init).joined(separator: ", "),
    pairs(text).map(say).joined(separator: ", "),
    pairs(text).map(String.init).joined(separator: " "),
    pairs(text).enumerated().map { $0 % 2 == 0 ? say($1) : String($1) }.joined(separator: " "),
  ]
  if !digits.hasPrefix("0") { ways.append(spelled(Int(digits) ?? 0)) }
  return ways
}

@Suite struct IdentityDocumentTests {
  @Test(arguments: [
    ("12345678Z", true), ("12345678A", false), ("X1234567L", true), ("Y7482915V", true),
    ("Z0426871L", true), ("00000000T", true), ("1234567Z", false), ("", false),
    ("ABCDEFGHI", false),
    ("１２３４５６７８Z", false), ("X12345678", false),
  ])
  func checkLetter(number: String, valid: Bool) {
    #expect(IdentityNumber.isValid(number) == valid)
  }

  @Test func neighboursDifferInOneDigitAndAreValid() {
    for neighbour in IdentityNumber.neighbours("12345679Z") {
      #expect(IdentityNumber.isValid(neighbour))
      #expect(zip(neighbour, "12345679Z").filter { $0 != $1 }.count == 1)
    }
    #expect(IdentityNumber.neighbours("12345679Z").contains("12345678Z"))
  }

  @Test(arguments: 0..<60) func everyDNIIsFoundInEveryDictation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let number = Int.random(in: 0..<100_000_000, using: &random)
    let digits = String(repeating: "0", count: 8 - String(number).count) + String(number)
    let letter = IdentityNumber.letter(number)
    for way in dictations(digits) {
      for name in (letterNames[letter] ?? []) + [String(letter)] {
        for text in ["Mi DNI es \(way), letra \(name).", "mi dni es \(way) \(name)"] {
          let found = try extract(text)["document_number"]
          #expect(found?.value == .text(digits + String(letter)), "\(text)")
        }
      }
    }
  }

  @Test(arguments: 0..<60) func everyNIEIsFoundInEveryDictation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let number = Int.random(in: 0..<10_000_000, using: &random)
    let digits = String(repeating: "0", count: 7 - String(number).count) + String(number)
    let first = Int.random(in: 0...2, using: &random)
    let prefix = ["X", "Y", "Z"][first]
    let letter = IdentityNumber.letter(first * 10_000_000 + number)
    for way in dictations(digits) {
      for head in (letterNames[Character(prefix)] ?? []) + [prefix] {
        let text = "el NIE es \(head), \(way), letra \(letterNames[letter]?.first ?? "")."
        let found = try extract(text)
        #expect(
          found["document_number"]?.value == .text(prefix + digits + String(letter)), "\(text)")
        #expect(found["document_type"]?.value == "nie")
      }
    }
  }

  @Test func aWrongLetterIsDoubtfulAndNeverRepaired() throws {
    let found = try extract("¿Su DNI?", "12345679 Z")["document_number"]
    #expect(found?.value == "12345679Z")
    #expect(found?.state == .doubtful)
    #expect(found?.checks == [Check(name: "dni_letter", passed: false)])
    #expect(found?.alternatives.contains { $0.value == "12345678Z" } == true)
  }
}
