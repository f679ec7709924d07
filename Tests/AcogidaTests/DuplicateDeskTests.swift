import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// The same person twice, with the real program: warned of, decided, kept as a link.
@Suite struct DuplicateDeskTests {
  /// An interview with that document, saved; its identifier.
  private func saved(_ program: Program, _ document: String) throws -> String {
    let before = Set(try identifiers(program))
    let lines = "sí\nnombre = Ana Núñez\nnúmero de documento = \(document)\nguardar\nsí\n\n"
    let result = try program.run(["desk", "--plain", "--typing"], input: lines)
    #expect(result.code == 0 && result.output.contains("Entrevista guardada"))
    return try #require(Set(try identifiers(program)).subtracting(before).first)
  }

  private func identifiers(_ program: Program) throws -> [String] {
    try program.run(["list"]).output.split(separator: "\n").map { String($0.prefix(36)) }
  }

  @Test func theSamePersonIsLinkedOnTheScreen() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.typedInterview().signal(9)
      let first = try saved(program, "12345678Z")
      let second = try saved(program, "X1234567L")
      let desk = try program.typedInterview()
      desk.send("jj")
      try desk.wait(for: "▸· c")
      desk.send("e12345678-z\r")
      try desk.wait(for: "Quizá ya estuvo aquí: mismo documento")
      // Saving is not possible without a decision.
      desk.send("s")
      try desk.wait(for: "¿Qué es?")
      try desk.wait(for: "Ana Núñez · 20")
      desk.send("v")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("n")
      try desk.wait(for: "✎ c")
      // Another number: the first is no longer the same, the second one is, and gets a reason.
      desk.send("ke\u{15}X1234567L\r")
      try desk.wait(until: "the other warning") { screen in
        screen.text.contains("Quizá ya estuvo aquí") && !screen.text.contains("Motivo")
      }
      desk.send("D")
      try desk.wait(for: "2. (sin nombre)")
      try desk.wait(for: "ya no coincide · vinculada")
      desk.send("mpide otra ayuda\r")
      try desk.wait(until: "the question is gone") { !$0.text.contains("Motivo:") }
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\rq")
      #expect(desk.waitForEnd() == 0)

      let id = try #require(
        Set(try identifiers(program)).subtracting([first, second]).first)
      let audit = try program.run(["audit", id]).output
      #expect(audit.contains("linked \(first)"))
      #expect(audit.contains("overridden \(second)") && audit.contains("(pide otra ayuda)"))
      #expect(try program.run(["audit", id, "--verify"]).code == 0)
      #expect(try program.run(["show", id, "--json"]).output.contains(second))
      let csv = try program.run(["export"]).output
      #expect(csv.contains(",\(first); \(second),"))
      let values = try program.run(["export", "--format", "jsonl", "--redact"]).output
      #expect(values.contains("\"linked_to\":[\"\(first)\",\"\(second)\"]"))
    }
  }

  @Test func lineByLine() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.typedInterview().signal(9)
      let first = try saved(program, "12345678Z")
      let desk = try program.desk(
        ["--plain", "--typing"], environment: ["TERM": "dumb"])
      try desk.wait(for: "Para leer en voz alta")
      desk.send("sí\nnúmero de documento = 12345678Z\n")
      try desk.wait(for: "problema: Quizá ya estuvo aquí")
      desk.send("guardar\n")
      try desk.wait(for: "1. Ana Núñez")
      desk.send("vincular\n")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("sí\n")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\nsalir\n")
      #expect(desk.waitForEnd() == 0)
      let json = try program.run(["export", "--format", "jsonl", "--redact"]).output
      #expect(json.contains("\"linked_to\":[\"\(first)\"]"))
    }
  }

  /// Who does not agree to the data is not looked for, and no link says who it is.
  @Test func withoutConsentNobodyIsLookedFor() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.typedInterview().signal(9)
      let first = try saved(program, "12345678Z")
      let lines =
        "sí\nnúmero de documento = 12345678Z\nrepetida\nvincular\nconsentimiento\nno\nguardar\nsí\n\n"
      let result = try program.run(["desk", "--plain", "--typing"], input: lines)
      #expect(result.output.contains("Entrevista guardada"))
      let json = try program.run(["export", "--format", "jsonl", "--redact"]).output
      #expect(json.contains("\"linked_to\":[]") && !json.contains("\"linked_to\":[\"\(first)"))
    }
  }
}
