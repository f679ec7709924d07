import Foundation
import TestSupport
import Testing

/// The command line speaks the language of the person at the keyboard.
@Suite struct HelpTests {
  private static let commands = [
    [], ["desk"], ["listen"], ["transcribe"], ["extract"], ["list"], ["show"], ["export"],
    ["erase"],
    ["recover"], ["status"], ["model"], ["model", "install"], ["form"], ["form", "keys"],
    ["config"],
    ["config", "keys"], ["paths"], ["keys"], ["doctor"],
  ]

  @Test(arguments: commands)
  func helpIsSpanish(command: [String]) throws {
    try withTemporaryFolder { folder in
      let help = try Program(folder: folder).run(command + ["--help"])
      #expect(help.code == 0)
      #expect(help.output.contains("RESUMEN: ") && help.output.contains("Mostrar esta ayuda."))
      for word in ["OVERVIEW", "USAGE", "OPTIONS", "SUBCOMMANDS", "Print ", "help.", "parser."] {
        #expect(!help.output.contains(word), "\(word)")
      }
    }
  }

  @Test func helpIsEnglishWhereItIsAskedFor() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let help = try program.run(["desk", "--help"], environment: ["ACOGIDA_LANG": "en"])
      #expect(help.output.contains("OVERVIEW: Open the intake desk"))
      #expect(help.output.contains("Show help information."))
    }
  }

  @Test func mistakesAreSpanish() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let stranger = try program.run(["desk", "--foo"])
      #expect(stranger.code == 64 && stranger.errors.contains("Opción desconocida '--foo'"))
      let missing = try program.run(["show"])
      #expect(missing.code == 64 && missing.errors.contains("Falta '<id>'"))
    }
  }

  /// Completions know the tables: themes and commands of the desk.
  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsComeFromTheTables(shell: String) throws {
    try withTemporaryFolder { folder in
      let script = try Program(folder: folder).run(["--generate-completion-script", shell]).output
      #expect(script.contains("high-contrast") && script.contains("consentYes"))
      #expect(script.contains("plain"))
    }
  }
}
