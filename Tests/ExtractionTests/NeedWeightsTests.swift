import Forms
import Foundation
import TestSupport
import Testing

@testable import Extraction

/// What all words of a turn tell of needs.
@Suite struct NeedWeightsTests {
  private func weights(_ text: String) throws -> NeedWeights {
    try NeedWeights(Data(text.utf8), file: "needs.weights")
  }

  private let table = """
    # a comment
    code\tfood\t-200
    code\tclothing\t-300
    word\tnevera\t0:350 1:-50
    word\tnevera vacia\t0:100
    word\tabrigo\t1:500
    """

  @Test func wordsAndPairsAddUp() throws {
    let found = try weights(table).likenesses(tokens("Tengo la nevera, vacía"))
    let food = try #require(found.first { $0.code == "food" })
    #expect(found.count == 1)
    // -2 + 3.5 + 1 = 2.5
    #expect(abs(food.probability - 1 / (1 + exp(-2.5))) < 1e-6)
    #expect(food.tokens == 2..<5)
  }

  @Test func aWordSaidTwiceCountsOnce() throws {
    let once = try weights(table).likenesses(tokens("un abrigo"))
    let twice = try weights(table).likenesses(tokens("un abrigo, abrigo"))
    #expect(once.first?.probability == twice.first?.probability)
  }

  @Test(arguments: [
    ("code\tfood", 1), ("code\tfood\tmany", 1), ("nothing\tfood\t3", 1),
    ("code\tfood\t1\nword\tpan\t1:3", 2), ("code\tfood\t1\n\n# so\nword\tpan\t0:3 0", 4),
    ("code\tfood\t1\nword\tpan\t0:99999999", 2),
  ])
  func mistakesAreNamedByLine(text: String, line: Int) {
    let error = #expect(throws: LanguagePackError.self) { try weights(text) }
    #expect(error?.line == line && error?.file == "needs.weights")
  }

  @Test func anyBytesAreReadOrRefused() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
        Array("codewrd\t\n:0-9 \u{0}ñ".utf8).randomElement(using: &random) ?? 0
      }
      _ = try? NeedWeights(Data(bytes), file: "needs.weights")
    }
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
