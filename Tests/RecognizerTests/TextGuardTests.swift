import TestSupport
import Testing

@testable import Recognizer

@Suite struct TextGuardTests {
  @Test(arguments: [
    ("  Hola,\tbuenos  días ", "Hola, buenos días"), ("[Música] Hola", "Hola"), ("(risas)", ""),
    ("* suspira * sí", "sí"), ("♪ la la ♪", "la la"), ("a\u{0}b\u{1B}[31mc", "a b [31mc"),
    ("Jose\u{301}", "José"), ("(91) 123", "(91) 123"), ("", ""), ("[", "["),
    ("\u{202E}oidua", "oidua"),
  ])
  func cleaning(text: String, clean: String) {
    #expect(TextGuard.clean(text) == clean)
  }

  @Test(arguments: [
    ("¿Y dónde vive ahora? ¿Y dónde vive ahora? ¿Y dónde vive ahora?", true),
    ("¿Y dónde vive ahora? ¿Y dónde vive ahora? ¿Y dónde", true),
    ("SIA.455445445445445445445", true), ("no no no no no no no no no", true),
    ("cero cero cero cero", false), ("seis doble cero cero cero siete", false),
    ("sí sí sí, claro que sí", false), ("jajajajajajajajajaja", true), ("", false),
    ("12, 34, 56, 78, letra Z.", false), ("muchas gracias muchas gracias", false),
    ("de la calle de la plaza de la", false),
  ])
  func loops(text: String, isLoop: Bool) {
    #expect(TextGuard.isLoop(text) == isLoop, "\(text)")
  }

  @Test func aLoopIsCutAfterItsFirstRound() {
    #expect(
      TextGuard.withoutLoop("Hola. ¿Y dónde vive ahora? ¿Y dónde vive ahora? ¿Y dónde")
        == "Hola. ¿Y dónde vive ahora?")
  }

  @Test(arguments: [
    ("una frase corta", 1.0, false), (String(repeating: "palabra ", count: 20), 1, true),
  ])
  func moreThanCanBeSaid(text: String, seconds: Double, isTooMuch: Bool) {
    #expect(TextGuard.isTooMuch(text, seconds: seconds) == isTooMuch)
  }

  @Test(arguments: 0..<300) func noTextCrashes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = random.text(of: "ab [](*)♪ é\u{301}\u{200D}\u{0}1,.", length: 0...80)
    let clean = TextGuard.clean(text)
    #expect(TextGuard.clean(clean).count <= clean.count)
    #expect(TextGuard.withoutLoop(clean).count <= clean.count)
  }
}
