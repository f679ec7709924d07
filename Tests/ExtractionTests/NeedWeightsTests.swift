import Forms
import Foundation
import TestSupport
import Testing

@testable import Extraction

/// What all words of a turn tell of needs, and how that adds up.
@Suite struct NeedWeightsTests {
  /// A file as `scripts/needs_weights.py` writes it, with weights in hundredths.
  private func file(
    codes: [String], biases: [[Float]], decision: [Float], weights: [String: [Int8]]
  ) -> Data {
    var bytes = Data("ACNEEDS1".utf8)
    func add(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for count in [codes.count, weights.count, decision.count] { add(UInt32(count)) }
    for code in codes {
      bytes.append(UInt8(code.utf8.count))
      bytes.append(contentsOf: code.utf8)
    }
    for value in biases.joined() + decision + [0.01] { add(value.bitPattern) }
    let rows = weights.map { (hash($0.key), $0.value) }.sorted { $0.0 < $1.0 }
    for (hash, _) in rows { add(hash) }
    for (_, row) in rows { for value in row { add(value) } }
    return bytes
  }

  /// FNV-1a, as published: 64 bits.
  private func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private var small: Data {
    file(
      codes: ["food", "clothing"], biases: [[-2, -3], [-1, -1]],
      decision: [0, 1] + [Float](repeating: 0, count: NeedStanding.count - 1),
      weights: [
        "nevera": [120, -50, 0, 0], "nevera vacia": [100, 0, 0, 0], "=abri": [0, 100, 0, 0],
        "lote": [0, 0, 100, 0],
      ])
  }

  private func weights(_ data: Data) throws -> NeedWeights {
    try NeedWeights(data, file: "needs.weights")
  }

  @Test func wordsAndPairsAddUp() throws {
    let found = try weights(small).likenesses(tokens("Tengo la nevera, vacía"), of: .person)
    // -2 + 1.2 + 1, -3 - 0.5
    #expect(abs(found[0].score - 0.2) < 1e-6 && abs(found[1].score + 3.5) < 1e-6)
    #expect(found[0].tokens == 2..<5 && found[1].tokens == nil)
  }

  @Test func aWordSaidTwiceCountsOnceAndLongWordsByTheirBeginning() throws {
    let once = try weights(small).likenesses(tokens("un abrigo"), of: .person)
    let twice = try weights(small).likenesses(tokens("un abriguito, abrigo"), of: .person)
    #expect(once[1].score == twice[1].score && abs(once[1].score + 2) < 1e-6)
  }

  @Test func sidesHaveTheirOwnWeights() throws {
    let weights = try weights(small)
    #expect(weights.likenesses(tokens("un lote"), of: .person)[0].score == -2)
    #expect(abs(weights.likenesses(tokens("un lote"), of: .technician)[0].score) < 1e-6)
  }

  @Test func everyBeginningOfAFileIsRefused() throws {
    let whole = small
    _ = try weights(whole)
    for count in 0..<whole.count {
      #expect(throws: LanguagePackError(file: "needs.weights", line: 1, problem: .damaged)) {
        try weights(whole.prefix(count))
      }
    }
  }

  @Test func codesToldTwiceAndMissingPartsAreRefused() {
    let parts = [Float](repeating: 0, count: NeedStanding.count + 1)
    let twice = file(
      codes: ["food", "food"], biases: [[0, 0], [0, 0]], decision: parts, weights: [:])
    let few = file(codes: ["food"], biases: [[0], [0]], decision: [0, 1], weights: [:])
    for data in [twice, few] {
      #expect(throws: LanguagePackError(file: "needs.weights", line: 1, problem: .damaged)) {
        try weights(data)
      }
    }
  }

  @Test func anyBytesAreReadOrRefused() {
    var random = SeededGenerator(seed: 11)
    for round in 0..<500 {
      var bytes = Array(small)
      for _ in 0...round % 7 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      guard let weights = try? NeedWeights(Data(bytes), file: "needs.weights") else { continue }
      _ = weights.likenesses(tokens("Tengo la nevera vacía"), of: .person)
    }
  }

  @Test func theMoreSpeaksForANeedTheMoreLikelyItIs() throws {
    let weights = try weights(small)
    var standing = NeedStanding(person: -2, technician: -1)
    let before = standing.probability(nil, weights)
    let turn = try turn("la nevera vacía", number: 3)
    let likeness = weights.likenesses(turn.tokens, of: .person)[0]
    standing.note(likeness, of: .person, in: turn)
    #expect(before == 1 / (1 + exp(2.0)) && standing.probability(nil, weights) > 0.5)
    #expect(standing.parts(nil)[1] == -2)
    #expect(standing.evidence?.segment == 3)
  }

  private func turn(_ text: String, number: Int) throws -> Turn {
    let segment = TranscriptSegment(id: number, start: 0, end: 1, text: text)
    let scalars = Substring(text).unicodeScalars
    return Turn(
      Tokenizer.tokens(segment), of: segment,
      Turn.Passage(text: scalars[...], offset: 0, total: scalars.count), number: number,
      pack: try pack())
  }

  /// Sentences that no cue has words for; none of them was learnt from.
  @Test(arguments: [
    ("ya no queda nada en la despensa y los niños piden", "food"),
    ("me han llegado tres facturas y debo también el recibo de la comunidad", "financial_aid"),
  ])
  func theLearntTableKnowsWhatIsToldInOtherWords(text: String, code: String) throws {
    let found = try extract("¿Qué necesita?", text)["needs"]
    guard case .list(let codes)? = found?.value else {
      Issue.record("nothing was found")
      return
    }
    #expect(codes.contains(code))
  }

  @Test func wordsSpelledByEarAreKnown() throws {
    let found = try extract("Lepe, probincia de Huelva. ¿y en el piso quién hay?")
    #expect(found["province"]?.value == .text("Huelva"))
  }
}
