import Foundation
import TestSupport
import Testing

/// Mistakes of the person at the keyboard are named before anything is done.
@Suite struct UsageTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  @Test(arguments: ["xx", "es,xx", "", ",", "español"]) func anUnknownLanguage(code: String) throws
  {
    try inFolder { program in
      for command in [
        ["transcribe", Program.demo], ["listen", "--from", Program.demo], ["extract"],
      ] {
        let result = try program.run(command + ["--language", code])
        #expect(result.code == 64)
        #expect(result.errors.contains("idioma"))
        #expect(result.output.isEmpty)
      }
    }
  }

  @Test(arguments: ["0", "-1", "100000"]) func anImpossibleNumberOfThreads(number: String) throws {
    try inFolder { program in
      for command in [["transcribe", Program.demo], ["listen", "--from", Program.demo]] {
        let result = try program.run(command + ["--threads=\(number)"])
        #expect(result.code == 64)
        #expect(result.errors.contains("--threads"))
      }
    }
  }

  @Test(
    arguments: [
      ("[recognition]\nlanguages = [\"es\", \"xx\"]\n", 2, "languages", "xx"),
      ("form = \"nosuch\"\n", 1, "form", "nosuch"),
      ("# a\n\n[recognition]\nmodel = \"nosuch\"\n", 4, "model", "nosuch"),
    ])
  func aConfigurationThatNamesWhatIsNotThere(
    text: String, line: Int, key: String, value: String
  ) throws {
    try inFolder { program in
      let file = program.folder + "/c.toml"
      try replace(file, with: text.utf8)
      let result = try program.run(["config", "check", "--config", file])
      #expect(result.code == 1)
      #expect(result.errors.contains("c.toml, línea \(line): «\(key)»"))
      #expect(result.errors.contains("«\(value)»"))
    }
  }

  @Test func languagesOfTheConfigurationMayBeInCapitals() throws {
    try inFolder { program in
      let file = program.folder + "/c.toml"
      try replace(file, with: "[recognition]\nlanguages = [\"ES\", \"ca\"]\n".utf8)
      #expect(try program.run(["config", "check", "--config", file]).code == 0)
      let shown = try program.run(["config", "show", "--config", file])
      #expect(shown.output.contains("languages = [\"es\", \"ca\"]"))
    }
  }

  @Test(arguments: [["erase", "aa", "--yes"], ["recover"], ["recover", "--rebuild"]])
  func aMistypedStageIsNotMade(arguments: [String]) throws {
    try inFolder { program in
      let result = try program.run(arguments + ["--stage", "typo"])
      #expect(result.code == 2)
      #expect(result.errors.contains("aún no hay datos"))
      #expect(!FileManager.default.fileExists(atPath: program.folder + "/data"))
    }
  }

  @Test func filesThatAreNotThereAreSaidSo() throws {
    try inFolder { program in
      let missing = try program.run(["extract", "nosuch.txt"])
      #expect(missing.code == 1)
      #expect(missing.errors.contains("no se puede leer «nosuch.txt»: no existe"))
      let folder = try program.run(["extract", program.folder])
      #expect(folder.code == 1)
      #expect(folder.errors.contains("es una carpeta"))
    }
  }

  /// A language that nothing here reads is not read as Spanish in silence; the first that is, is taken.
  @Test func aLanguageWithoutRulesIsNamed() throws {
    try inFolder { program in
      let words = "{\"segment\":0,\"start\":0,\"end\":2,\"text\":\"My name is Grace Miller.\"}\n"
      let french = try program.run(["extract", "-", "--language", "fr"], input: words)
      #expect(french.code == 0)
      #expect(french.errors.contains("no hay reglas para leer «fr»"))
      let mixed = try program.run(["extract", "-", "--language", "fr,en"], input: words)
      #expect(mixed.errors.isEmpty)
      #expect(mixed.output.contains("Grace Miller"))
    }
  }

  @Test func anExportIntoAMissingFolder() throws {
    try inFolder { program in
      try program.makeStage()
      let result = try program.run(["export", "--out", "/nosuch/x.csv"])
      #expect(result.code == 1)
      #expect(result.errors.contains("no se puede escribir «/nosuch/x.csv»: no existe la carpeta"))
    }
  }

  @Test func aFolderWithoutAModel() throws {
    try inFolder { program in
      let folder = program.folder + "/in"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      try replace(folder + "/readme.txt", with: "x".utf8)
      let result = try program.run(["model", "install", folder])
      #expect(result.code == 1)
      #expect(result.errors.contains("«\(folder)» no contiene un modelo"))
      #expect(result.errors.contains("model.onnx"))
      #expect(!result.errors.contains("/.in."))
    }
  }

  @Test func theDoctorListsNoConverters() throws {
    try inFolder { program in
      let output = try program.run(["doctor"]).output
      for plugin in ["lavrate", "upmix", "vdownmix", "speexrate", "samplerate", "\n  null"] {
        #expect(!output.contains(plugin))
      }
    }
  }

  /// What is wrong with `[keys]` is told with file, line and the other command.
  @Test(arguments: [
    ("[keys]\nhear = [\"e\"]", "2", ["«edit»", "e"]),
    ("stage = \"x\"\n\n[keys]\nundo = [\"u\"]\nhear = [\"F99\"]", "5", ["F99"]),
    ("[keys]\nfly = [\"F9\"]", "2", ["fly"]), ("[keys]\npause = [\"p\"]", "2", ["pause"]),
    ("[keys]\nhear = \"o\"", "2", ["hear"]), ("[keys]\naccept = []", "2", ["accept"]),
    ("[screen]\ntheme = \"pink\"", "2", ["pink"]), ("[screen]\nmouse = 1", "2", ["mouse"]),
  ])
  func mistakesOfKeysAndScreenAreNamed(toml: String, line: String, words: [String]) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let file = folder + "/config.toml"
      try Data(toml.utf8).write(to: URL(fileURLWithPath: file))
      let result = try program.run(["config", "check", "--config", file])
      #expect(result.code == 1)
      #expect(result.errors.contains(file) && result.errors.contains(line))
      #expect(words.allSatisfy { result.errors.contains($0) }, "\(result.errors)")
    }
  }

  /// The file that is shown explains itself and is read back as it is.
  @Test func theShownConfigurationIsAConfiguration() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let shown = try program.run(["config", "show"]).output
      #expect(shown.contains("[keys]") && shown.contains("pause = [\"F4\", \"ctrl-p\", \"p\"]"))
      let file = folder + "/all.toml"
      try Data(shown.utf8).write(to: URL(fileURLWithPath: file))
      #expect(try program.run(["config", "check", "--config", file]).code == 0)
      #expect(try program.run(["config", "show", "--config", file]).output == shown)
    }
  }

  @Test func theConfigurationChoosesLanguageAndKeys() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let file = folder + "/config.toml"
      let toml = "[screen]\nlanguage = \"en\"\n[keys]\nhear = [\"ctrl-o\"]\n"
      try Data(toml.utf8).write(to: URL(fileURLWithPath: file))
      let keys = try program.run(
        ["keys", "hear", "--config", file],
        environment: ["ACOGIDA_LANG": "", "LANG": "es_ES.UTF-8"])
      #expect(keys.output.hasPrefix("^O") && keys.output.contains("hear"))
    }
  }
}
