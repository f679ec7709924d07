import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// A checkout in which the model of voices was not set up: everything else works.
@Suite(.serialized) struct MissingVoicesTests {
  private static let said = "falta el modelo de voces"

  /// The built program in a checkout of its own that has every file but `campplus.onnx`.
  private func withoutVoices(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let files = FileManager.default
      let checkout = folder + "/checkout"
      for path in ["/.build/test/debug", "/.deps/model"] {
        try files.createDirectory(atPath: checkout + path, withIntermediateDirectories: true)
      }
      let binary = checkout + "/.build/test/debug/acogida"
      // A link would do where both are on one disk; the program looks for its files from where it lies.
      do { try files.linkItem(atPath: Program.path, toPath: binary) } catch {
        try files.copyItem(atPath: Program.path, toPath: binary)
      }
      for name in ["/assets", "/.deps/lib"] {
        try files.createSymbolicLink(
          atPath: checkout + name, withDestinationPath: Program.checkout + name)
      }
      for name in try files.contentsOfDirectory(atPath: Program.model) where name != "campplus.onnx"
      {
        try files.createSymbolicLink(
          atPath: checkout + "/.deps/model/" + name, withDestinationPath: Program.model + "/" + name
        )
      }
      try body(Program(folder: folder, binary: binary))
    }
  }

  @Test(arguments: [
    ["speakers", Program.demo], ["speakers", "--format", "json", Program.demo],
    ["transcribe", Program.demo, "--speakers", "auto"],
    ["listen", "--speakers", "--from", Program.demo],
    ["voice", "enrol", Program.demo],
  ])
  func theCommandNamesTheFileAndWhatToDo(_ command: [String]) throws {
    try withoutVoices { program in
      if command[0] == "voice" { try program.makeStage() }
      let result = try program.run(command)
      #expect(result.code == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains(MissingVoicesTests.said))
      #expect(result.errors.contains("/.deps/model/campplus.onnx"))
      #expect(result.errors.contains("make build"))
    }
  }

  @Test func wordsAreWrittenDownAllTheSame() throws {
    try withoutVoices { program in
      let result = try program.run(["transcribe", Program.demo, "--language", "es"])
      #expect(result.code == 0)
      #expect(result.output.contains("Zaragoza"))
      #expect(!result.errors.contains(MissingVoicesTests.said))
    }
  }

  @Test func theDeskSaysWhatIsMissingAndGoesOn() throws {
    try withoutVoices { program in
      try program.configure("[recognition]\nspeakers = true\n")
      let desk = try program.desk(["--from", Program.demo, "--pace", "fast"])
      try desk.wait(for: MissingVoicesTests.said)
      desk.send("\r")
      for text in ["Carmen López García", "Zaragoza"] { try desk.wait(for: text, seconds: 120) }
      try desk.wait(for: "Muchas gracias", seconds: 120)
      desk.send("\r")
      try desk.save()
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
    }
  }

  @Test func theDeskIsSilentAboutWhatIsSwitchedOff() throws {
    try withoutVoices { program in
      let desk = try program.desk(["--typing"])
      try desk.wait(for: "Antes de empezar")
      #expect(!desk.screen.text.contains(MissingVoicesTests.said))
    }
  }
}
