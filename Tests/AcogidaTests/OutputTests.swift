import Foundation
import TestSupport
import Testing

/// What can't be written is said, and what is said can't harm a terminal.
@Suite struct OutputTests {
  @Test(
    arguments: [
      ["--help"], ["--version"], ["keys"], ["keys", "--json"], ["paths"], ["paths", "--json"],
      ["form", "list"], ["form", "show", "--json"], ["config", "show"], ["model", "list"],
      ["extract", "-", "--json"], ["extract", "-"],
    ])
  func aFullDiskIsAFailure(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
      let result = try program.run(arguments, input: "mi DNI es 12345678Z\n", into: full)
      #expect(result.code == 1)
      #expect(result.errors.contains("no se puede escribir en la salida: no queda espacio"))
    }
  }

  @Test(arguments: [
    ["--help"], ["keys"], ["extract", "-", "--json"], ["transcribe", Program.demo],
  ])
  func aReaderThatHasGoneIsNoReasonToComplain(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      let result = try program.run(arguments, into: pipe.fileHandleForWriting)
      #expect(result.code == 0)
      #expect(result.errors.isEmpty)
    }
  }

  @Test(arguments: [["transcribe", Program.demo], ["listen", "--from", Program.demo]])
  func aFullDiskEndsTheRecogniserToo(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
      let result = try program.run(arguments, into: full)
      #expect(result.code == 1)
      #expect(result.errors.contains("no queda espacio"))
    }
  }

  @Test(arguments: ["\u{1B}[31m", "\u{9B}31m", "\u{7}", "\u{202E}", "\n", "\r"])
  func whatATypistWroteCannotSteerTheTerminal(sequence: String) throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      for arguments in [["extract"], ["list", "--stage"], ["nonsense"]] {
        // The library that reads the command line writes of several lines itself.
        if sequence == "\n", arguments == ["nonsense"] { continue }
        let result = try program.run(arguments + ["nosuch\(sequence)x"])
        #expect(result.code != 0)
        #expect(!result.errors.contains("nosuch\(sequence)x"))
        #expect(result.errors.contains("nosuch"))
      }
    }
  }
}
