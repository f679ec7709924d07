import Foundation
import TestSupport
import Testing

@testable import Tone

private let assets = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appendingPathComponent("assets/languages")

private func reader(_ language: String) throws -> ToneReader {
  let file = assets.appendingPathComponent("\(language)/tone.txt")
  return ToneReader(ToneLexicon(try String(contentsOf: file, encoding: .utf8)))
}

@Suite struct ToneTests {
  @Test(arguments: [
    ("es", "Estoy muy contenta con el piso.", Tone.positive),
    ("es", "No estoy contenta con el piso.", .negative),
    ("es", "Tengo mucho miedo por mis hijos.", .negative),
    ("es", "Tengo miedo, pero estoy muy agradecida.", .mixed),
    ("es", "Mi DNI es el 12345678Z y vivo en la calle Alegría, número 3.", .neutral),
    ("es", "Se llama Dolores y su hermana Soledad.", .neutral),
    ("es", "¿Está usted preocupada por algo?", .neutral),
    ("es", "No, gracias.", .neutral), ("es", "", .neutral),
    ("en", "I am so happy here, thank you for everything.", .positive),
    ("en", "I am not happy.", .negative), ("en", "My number is 612 345 678.", .neutral),
    ("en", "I am scared, but I feel safe here and very grateful.", .mixed),
    // A denial that reassures, one that says nothing, one that is said behind.
    ("es", "Ya no tengo miedo.", .positive), ("es", "No ha habido violencia.", .neutral),
    ("es", "Contenta no estoy.", .negative), ("es", "No puedo más.", .negative),
    // What is over, whichever way.
    ("es", "Antes lloraba cada noche, ahora duermo tranquila.", .positive),
    ("es", "Antes vivía feliz, ahora no duermo.", .negative),
    ("en", "At first I was scared, now I feel safe.", .positive),
    // A death with its year is a date.
    ("es", "Mi padre murió en dos mil doce.", .neutral), ("es", "Se me murió ayer.", .negative),
    ("en", "My mother died in 1998.", .neutral), ("en", "My brother died last week.", .negative),
    // Names.
    ("es", "vivo en la calle de la alegría número tres", .neutral),
    ("es", "Voy al colegio de la Esperanza.", .neutral),
    ("es", "El barrio es precioso.", .positive),
    ("es", "Guerra, Guerra Bueno.", .neutral),
    // A question nobody marked, and a tag that is none.
    ("es", "tiene usted miedo de volver", .neutral), ("en", "are you afraid of him", .neutral),
    ("es", "Pues agridulce, ¿no?", .mixed),
    // A phrase ends where its clause does.
    ("es", "Hace frío, en casa no hay nadie.", .neutral),
  ])
  func aTurnHasItsTone(_ language: String, _ text: String, _ tone: Tone) throws {
    #expect(try reader(language).read(text).tone == tone)
  }

  @Test func theWordsThatLedToItAreGiven() throws {
    let reading = try reader("es").read("Llevo dos meses sin dormir y no estoy bien, tengo miedo.")
    #expect(reading.words.map(\.text).contains("miedo"))
    #expect(reading.tone == .negative && reading.negative > 0 && reading.positive == 0)
  }

  @Test func intensifiersAddAndDiminishersTake() throws {
    let reader = ToneReader(ToneLexicon("more muy\nless algo\nnot no\nbut pero\n+2 content*"))
    let strength = { (text: String) in reader.read(text).positive - reader.read(text).negative }
    #expect(strength("muy contenta") > strength("contenta"))
    #expect(strength("algo contenta") < strength("contenta"))
    #expect(strength("no contenta") < 0)
    #expect(strength("pero contenta") > strength("contenta"))
    // A comma ends what a negation reaches.
    #expect(strength("no, contenta") == strength("contenta"))
  }

  @Test func lexiconLinesThatMeanNothingArePassedOver() {
    let lexicon = ToneLexicon("# a\n\nnone x\n+9 x\nharm x\nharm-2\nboth1 so_so\n-2 mal peor")
    #expect(lexicon.count == 3)
    #expect(ToneReader(lexicon).read("so so").tone == .mixed)
  }

  @Test func theWholeFollowsItsTurns() {
    let reader = ToneReader(ToneLexicon("+2 bien\n-2 mal"))
    let overall = { (turns: [String]) in ToneReader.overall(turns.map(reader.read)) }
    #expect(overall([]) == .neutral)
    #expect(overall(["bien", "bien", "mal", "bien", "bien"]) == .positive)
    #expect(overall(["bien", "mal"]) == .mixed)
    #expect(overall(["mal"] + [String](repeating: "uno", count: 30)) == .neutral)
  }

  @Test func anyTextIsRead() throws {
    let reader = try reader("es")
    var random = SeededGenerator(seed: 8)
    let pieces = ["no", "muy", "miedo", "¿", "?", ",", "\n", "ñ", "👍", "\u{202E}", "gracias", "'"]
    for _ in 0..<500 {
      let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      let reading = reader.read(text)
      #expect(reading.positive >= 0 && reading.negative >= 0)
      #expect(reading.tone == .neutral || !reading.words.isEmpty)
    }
  }
}
