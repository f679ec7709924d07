import Foundation
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// A day at the desk with the real program: keys in, screens out, one interview after another.
@Suite(.serialized) struct DeskFlowTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  /// The first screen, in a terminal of its own.
  private func home(_ program: Program, _ arguments: [String] = []) throws -> PseudoTerminal {
    let desk = try program.desk(arguments + ["--device", "no_such_microphone"])
    try desk.wait(for: "q salir")
    return desk
  }

  private func type(_ name: String, _ desk: PseudoTerminal) throws {
    desk.send("n")
    try desk.wait(for: "Antes de empezar")
    // Data yes, no recording.
    desk.send("t")
    try desk.wait(for: "Identidad")
    desk.send("e\u{1B}[200~\(name)\u{1B}[201~\r")
    try desk.wait(for: "✎ a Nombre")
  }

  @Test func severalInterviewsInOneRun() throws {
    try inFolder { program in
      let desk = try home(program)
      try desk.wait(for: "Hoy no se ha guardado ninguna")
      for (number, name) in ["Ana Núñez", "Fatima Zahra", "作者"].enumerated() {
        try type(name, desk)
        desk.send("s")
        try desk.wait(for: "¿Guardar la entrevista?")
        desk.send("s")
        try desk.wait(for: "Entrevista guardada")
        desk.send("\r")
        try desk.wait(for: "Hoy (\(number + 1))")
      }
      // Read again, and back.
      desk.send("\r")
      try desk.wait(for: "Guardada 20")
      try desk.wait(for: "作者")
      try desk.escape(from: "Guardada 20")
      try desk.wait(for: "Hoy (3)")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["list"]).output.split(separator: "\n").count == 3)
      let csv = try program.run(["export"]).output
      #expect(csv.contains("Ana Núñez") && csv.contains("作者"))
    }
  }

  /// Who only types is asked for no recording, in the second interview neither.
  @Test func typingStaysTyping() throws {
    try inFolder { program in
      let desk = try program.desk(["--typing"])
      let isWhole = { (screen: VirtualTerminal) in
        screen.text.contains("Antes de empezar") && screen.text.contains("»")
          && screen.text.contains("n no")
      }
      try desk.wait(until: "the whole question", isWhole)
      let questions = { desk.screen.text.split(separator: "\n").filter { $0.contains("¿") } }
      let first = questions()
      desk.send("t")
      try desk.wait(for: "Identidad")
      desk.send("qs")
      try desk.wait(for: "q salir")
      desk.send("n")
      try desk.wait(until: "the whole question", isWhole)
      #expect(!first.isEmpty && questions() == first)
      desk.send("t")
      try desk.wait(for: "Identidad")
      desk.send("qs")
      try desk.wait(for: "q salir")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
    }
  }

  @Test func aDraftIsLeftResumedAndDiscarded() throws {
    try inFolder { program in
      let desk = try home(program)
      try type("Ana Núñez", desk)
      desk.send("q")
      try desk.wait(for: "¿Salir?")
      desk.send("s")
      try desk.wait(for: "Por terminar (1)")
      try desk.wait(for: "Ana Núñez")
      desk.send("\r")
      try desk.wait(for: "✎ a Nombre")
      desk.send("qs")
      // The first screen from before may still stand under an interview that is being drawn.
      try desk.wait(until: "the first screen again") {
        $0.text.contains("Por terminar (1)") && !$0.text.contains("Identidad")
      }
      desk.send("x")
      try desk.wait(for: "¿Descartar el borrador?")
      desk.send("n")
      try desk.wait(until: "the question is gone") { !$0.text.contains("¿Descartar") }
      desk.send("xs")
      try desk.wait(for: "borrador descartado")
      try desk.wait(for: "No queda ninguna a medias")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["recover"]).output.isEmpty)
    }
  }

  @Test func theSearchLooksIntoDraftsAndSubmissions() throws {
    try inFolder { program in
      let desk = try home(program)
      try type("Ana Núñez", desk)
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\r")
      try desk.wait(for: "Hoy (1)")
      try type("Eva Nuñez", desk)
      desk.send("qs")
      try desk.wait(for: "Por terminar (1)")
      desk.send("/nunez")
      try desk.wait(for: "«nunez»: 2 entrevistas")
      desk.send(" ana")
      try desk.wait(for: "«nunez ana»: 1 entrevista")
      try desk.wait(until: "only Ana") { $0.text.contains("Ana Núñez") && !$0.text.contains("Eva") }
      try desk.escape(from: "«nunez ana»")
      try desk.wait(for: "Por terminar (1)")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
    }
  }

  /// Who says no to the data is not written down: neither in the database nor in an export.
  @Test func whoSaysNoIsNotKept() throws {
    try inFolder { program in
      let desk = try home(program)
      try type("Ana Núñez", desk)
      desk.send("c")
      try desk.wait(for: "respuesta de ahora: datos sí")
      desk.send("n")
      try desk.wait(for: "Identidad")
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\rq")
      #expect(desk.waitForEnd() == 0)
      let csv = try program.run(["export", "--unconfirmed"])
      #expect(csv.code == 0 && !csv.output.contains("Ana"))
      let id = try program.run(["list"]).output.prefix(8)
      #expect(!(try program.run(["show", String(id), "--json"]).output.contains("Ana")))
    }
  }
}
