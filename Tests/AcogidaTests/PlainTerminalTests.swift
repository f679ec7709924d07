import Foundation
import Glibc
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// `acogida desk --plain` on a terminal that can do nothing but print lines.
@Suite struct PlainTerminalTests {
  private static let size = Size(rows: 200, columns: 200)

  private func text(_ desk: PseudoTerminal) -> String {
    String(decoding: desk.output, as: UTF8.self)
  }

  private func plain(
    _ program: Program, _ arguments: [String] = ["--typing"], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try program.desk(
      ["--plain"] + arguments, size: PlainTerminalTests.size,
      environment: ["TERM": "dumb"].merging(environment) { $1 })
  }

  /// A whole intake on the demo recording: consent, live text, fields, review, hearing, off the record, saved.
  @Test(.timeLimit(.minutes(20)))
  func aWholeIntake() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let desk = try plain(program, ["--from", Program.demo, "--pace", "fast"])
      try desk.wait(for: "Para leer en voz alta")
      desk.send("sí\n")
      try desk.wait(for: "grabando")
      try desk.wait(until: "the name, heard", seconds: 120) {
        $0.text.contains("campo Nombre y apellidos = ") && $0.text.contains("(sugerido")
      }
      try desk.wait(until: "the end of the recording", seconds: 120) {
        $0.text.contains("grabación terminada")
      }
      try desk.wait(until: "the last words", seconds: 120) { $0.text.contains("Muchas gracias") }
      desk.send("nombre\n")
      try desk.wait(for: "«")
      desk.send("aceptar\n")
      try desk.wait(for: "(confirmado)")
      desk.send("notas = habla con la mediadora\n")
      try desk.wait(for: "campo Notas = habla con la mediadora (escrito)")
      desk.send("estado\n")
      try desk.wait(for: " de 19 campos; ")
      desk.send("guardar\n")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("sí\n")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\n")
      try desk.wait(for: "1. Carmen López García")
      desk.send("salir\n")
      #expect(desk.waitForEnd() == 0)
      #expect(desk.isCooked)
      // Not one escape sequence, not one box.
      #expect(!desk.output.contains(0x1B))
      #expect(!text(desk).contains { "│─┌●○✓⚠".contains($0) })
      let export = try program.run(["export", "--format", "jsonl"]).output
      #expect(export.contains("habla con la mediadora"))
    }
  }

  @Test func offTheRecordAndBack() throws {
    try withTemporaryFolder { folder in
      let desk = try plain(Program(folder: folder), ["--from", Program.demo])
      try desk.wait(for: "Para leer en voz alta")
      desk.send("s\n")
      try desk.wait(for: "grabando")
      // In the middle of a line.
      desk.send("est\u{10}")
      try desk.wait(for: "fuera de registro")
      desk.send("ado\n")
      try desk.wait(for: "fuera de registro 00:")
      desk.send("pausa\n")
      try desk.wait(until: "recording again") {
        $0.text.components(separatedBy: "grabando").count > 2
      }
      desk.send("salir\n")
      try desk.wait(for: "¿Salir?")
      desk.send("cerrar\n")
      #expect(desk.waitForEnd() == 0)
    }
  }

  @Test func suspendingAndSignals() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let script =
        "set -m; '\(Program.path)' desk --plain --typing; echo PARADO; fg >/dev/null; echo \"FIN $?\""
      let desk = try PseudoTerminal(
        ["/bin/bash", "-c", script], size: PlainTerminalTests.size,
        environment: program.environment.merging(["TERM": "dumb"]) { $1 })
      try desk.wait(for: "Para leer en voz alta")
      desk.send("s\n")
      try desk.wait(for: "(escrito)")
      desk.send("\u{1A}")
      try desk.wait(for: "PARADO")
      desk.send("nombre = Ana\n")
      try desk.wait(for: "campo Nombre y apellidos = Ana (escrito)")
      desk.send("\u{3}")
      try desk.wait(for: "¿Salir?")
      desk.send("cerrar\n")
      try desk.wait(for: "FIN 0")
      #expect(desk.isCooked)
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func signalsKeepTheDraft(number: Int32) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let desk = try plain(program)
      try desk.wait(for: "Para leer en voz alta")
      desk.send("s\nnombre = Ana\n")
      try desk.wait(for: "= Ana (escrito)")
      desk.signal(number)
      #expect(desk.waitForEnd() == 128 + number)
      #expect(desk.isCooked)
      #expect(try program.run(["recover"]).output.contains("2 campos"))
    }
  }

  /// A pipe has no person behind it: no echo, everything in order, and its end is no failure.
  @Test func linesFromAPipe() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let lines = "sí\nnombre = Jose\u{301} \u{1B}[31mRuiz\nguardar\nsí\n\n"
      let result = try program.run(["desk", "--plain", "--typing"], input: lines)
      #expect(result.code == 0)
      #expect(result.output.contains("Entrevista guardada"))
      #expect(!result.output.contains("\u{1B}"))
      let unfinished = try program.run(
        ["desk", "--plain", "--typing"], input: "sí\nnombre = Eva\n")
      #expect(unfinished.code == 0)
      #expect(unfinished.output.contains("campo Nombre y apellidos = Eva (escrito)"))
      #expect(try program.run(["recover"]).output.contains("2 campos"))
    }
  }

  @Test func asciiLocaleAndEnglish() throws {
    try withTemporaryFolder { folder in
      let desk = try plain(
        Program(folder: folder), environment: ["LC_ALL": "C", "ACOGIDA_LANG": "en"])
      try desk.wait(for: "To read aloud")
      desk.send("yes\n")
      try desk.wait(for: "field ")
      #expect(desk.output.allSatisfy { $0 < 0x80 })
    }
  }
}
