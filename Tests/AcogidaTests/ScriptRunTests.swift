import Foundation
import TestSupport
import Testing

/// Whole sessions written down: keys in, screens out, through the real program and without a terminal.
@Suite struct ScriptRunTests {
  private func run(
    _ script: String, _ arguments: [String], in program: Program
  ) throws -> Program.Result {
    let path = program.folder + "/script"
    try script.write(toFile: path, atomically: true, encoding: .utf8)
    return try program.run(["desk"] + arguments, environment: ["ACOGIDA_SCRIPT": path])
  }

  @Test func anIntakeIsTypedSavedAndRead() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let script = """
        :wait guardado ninguna
        :save-screen \(folder)/home.txt
        n
        :wait Antes de empezar
        :save-screen \(folder)/consent.txt
        # Data yes, no recording.
        t
        :wait Identidad
        e
        :paste Ana Núñez 作者
        Enter
        :wait ✎ a Nombre
        :size 40x12
        :save-screen \(folder)/narrow.txt
        :size 80x24
        s
        :wait ¿Guardar la entrevista?
        s
        :wait Entrevista guardada
        Enter
        :wait Hoy (1)
        :save-screen \(folder)/after.txt
        q
        """
      let result = try run(script, ["--device", "no_such_microphone"], in: program)
      #expect(result.code == 0 && result.output.isEmpty, "\(result.errors)")
      let screen = { (name: String) in
        try String(contentsOfFile: folder + "/\(name).txt", encoding: .utf8)
      }
      #expect(try screen("home").contains("n nueva"))
      #expect(try screen("consent").contains("Para leer en voz alta"))
      #expect(try screen("narrow").components(separatedBy: "\n").allSatisfy { $0.count <= 40 })
      #expect(try screen("narrow").contains("Ana Núñez 作者"))
      #expect(try screen("after").contains("✓ "))
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/after.txt")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try program.run(["export"]).output.contains("Ana Núñez 作者"))
    }
  }

  /// The demo, heard by the real recogniser and done by keyboard alone.
  @Test func theDemoIsDoneByKeys() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let script = """
        :limit 120
        :size 140x40
        :wait Antes de empezar
        Enter
        :wait GRABACIÓN TERMINADA
        :wait 12345678Z
        :wait Muchas gracias
        :gone retraso
        :save-screen \(folder)/review.txt
        \(String(repeating: "Enter ", count: 3))
        s
        :wait ¿Guardar la entrevista?
        s
        :wait Entrevista guardada
        """
      let result = try run(script, ["--from", Program.demo, "--pace", "fast"], in: program)
      #expect(result.code == 0, "\(result.errors)")
      #expect(try program.run(["list"]).output.split(separator: "\n").count == 1)
    }
  }

  @Test func whatGoesWrongIsSaid() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let unclear = try run("n\n:jump\n", ["--typing"], in: program)
      #expect(unclear.code == 64 && unclear.errors.contains("línea 2"))
      let never = try run(":limit 1\n:wait marciano\n", ["--typing"], in: program)
      #expect(never.code == 1 && never.errors.contains("línea 2"))
      let missing = try program.run(
        ["desk"], environment: ["ACOGIDA_SCRIPT": folder + "/nothing"])
      #expect(missing.code == 1)
    }
  }
}
