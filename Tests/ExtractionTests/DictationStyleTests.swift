import TestSupport
import Testing

@testable import Extraction

/// That digits said in every style are read back.
///
/// A dictation is read piece by piece from the left, and what is made of a piece depends on the two words behind it at most
/// (``NumberProofTests``), so on the next piece alone: every piece is read before a piece of every beginning, and numbers
/// of all lengths make sure that pieces are put together.
@Suite struct DictationStyleTests {
  /// How sure a style is to be read.
  enum Reading: Sendable {
    /// The first reading is right.
    case first
    /// It is one of the usual readings, among which checks decide.
    case usual
    /// It is one of all readings: where pieces without pauses run together.
    case any
  }

  /// How digits of a style are read, with pauses between the pieces or without.
  static func reading(_ style: DictationStyle, pauses: Bool) -> Reading {
    switch style {
    case .triplets, .tripletThenPairs: pauses ? .first : .any
    case .barePairs: pauses ? .usual : .any
    // "…mil, cinco": the last group, or the next piece of the dictation.
    case .cardinalWithPauses: .any
    default: .first
    }
  }

  private func expectReadBack(
    _ digits: String, _ style: DictationStyle, pauses: Bool, atLeast wanted: Reading? = nil
  ) {
    let text = style.said(digits, pauses: pauses)
    let words = tokens(text)
    let runs = SymbolReader.runs(words).map { $0.map { String($0.map(\.character)) } }
    let found: Bool
    switch wanted ?? Self.reading(style, pauses: pauses) {
    case .first: found = runs.first?.first == digits
    case .usual: found = runs.first?.contains(digits) ?? false
    case .any:
      found = SymbolReader.everyReading(words, words.indices).contains {
        String($0.map(\.character)) == digits
      }
    }
    // Asked a million times: an expectation that holds costs more than the reading.
    if !found || runs.count != 1 { Issue.record("\(digits), \(style): \(text) gave \(runs)") }
  }

  private static func padded(_ number: Int, _ length: Int) -> String {
    String(repeating: "0", count: max(0, length - String(number).count)) + String(number)
  }

  /// One of the strings for every word that they can begin with when they are said.
  private static func beginnings(_ pieces: [String], _ style: DictationStyle) -> [String] {
    var seen: Set<String> = []
    return pieces.filter {
      seen.insert(String(style.said($0).prefix { $0 != " " })).inserted
    }
  }

  private static let singles = (0...9).map(String.init)
  private static let twos = (0...99).map { padded($0, 2) }

  @Test(arguments: [DictationStyle.pairs, .barePairs, .alternating], [false, true])
  func everyPairBeforeEveryPair(style: DictationStyle, pauses: Bool) {
    for pair in Self.twos {
      for next in [""] + Self.singles + Self.twos {
        expectReadBack(pair + next, style, pauses: pauses)
      }
    }
  }

  @Test(arguments: [false, true]) func everyDigitBeforeEveryPair(pauses: Bool) {
    for digit in Self.singles {
      for pair in Self.twos { expectReadBack(digit + pair, .digitThenPairs, pauses: pauses) }
    }
  }

  @Test(arguments: [DictationStyle.triplets, .tripletThenPairs], [false, true])
  func everyTripletBeforeEveryBeginning(style: DictationStyle, pauses: Bool) {
    let triplets = (0...999).map { Self.padded($0, 3) }
    // A pause ends a piece, whatever follows it.
    let next =
      pauses
      ? ["", "0", "1", "30"]
      : style == .triplets
        ? [Self.singles, Self.twos, triplets].flatMap { Self.beginnings($0, .triplets) }
        : [Self.singles, Self.twos].flatMap { Self.beginnings($0, .pairs) }
    for triplet in triplets {
      for piece in next { expectReadBack(triplet + piece, style, pauses: pauses) }
    }
  }

  @Test(arguments: [DictationStyle.digits, .doubles, .plurals], [false, true])
  func allDigitsUpToFive(style: DictationStyle, pauses: Bool) {
    for length in 1...4 {
      var number = 0
      let end = [10, 100, 1000, 10_000][length - 1]
      while number < end {
        expectReadBack(Self.padded(number, length), style, pauses: pauses)
        number += length == 4 ? 7 : 1
      }
    }
    for digit in 0...9 {
      for count in 1...9 {
        let run = String(repeating: String(digit), count: count)
        for next in Self.singles { expectReadBack(run + next, style, pauses: pauses) }
      }
    }
  }

  @Test(arguments: DictationStyle.allCases) func numbersOfAllLengths(style: DictationStyle) {
    var random = SeededGenerator(seed: UInt64(style.rawValue.utf8.count))
    var numbers: [Int] = []
    var limit = 1
    for _ in 1...9 {
      limit *= 10
      numbers += [limit - 1, limit / 10, limit / 10 + 1, limit / 2, limit / 2 + 1]
      numbers += (0..<30).map { _ in Int.random(in: 0..<limit, using: &random) }
    }
    for number in numbers {
      let lengths = style.keepsLeadingZeros ? [String(number).count, 9] : [0]
      for length in Set(lengths) {
        for pauses in [false, true] {
          expectReadBack(Self.padded(number, length), style, pauses: pauses)
        }
      }
    }
  }

  /// Cardinals with pauses are read at once, unless the last group is a single digit.
  @Test func aPauseInACardinal() {
    for number in stride(from: 1_000_010, to: 1_000_000_000, by: 1_234_567)
    where number % 1000 == 0 || number % 1000 >= 10 {
      expectReadBack(String(number), .cardinalWithPauses, pauses: false, atLeast: .first)
    }
  }
}
