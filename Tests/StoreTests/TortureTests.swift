import Foundation
import Testing

/// The torture of `benchmarks/torture`, a little of it.
@Suite(.serialized) struct TortureTests {
  /// The folder of the built products: the bundle of the tests stands beside them.
  private static var products: String {
    let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ".build/debug/x"
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().path
  }
  private static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/benchmarks/torture"
  private static let hasCompiler = ["/usr/bin/cc", "/usr/bin/clang"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  private static let python = "/usr/bin/python3"

  /// Runs a program; what it printed.
  private func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func killedAtAnyInstantNothingSafeIsLost() throws {
    let result = try run(Self.products + "/torture", ["--kills", "12", "--seed", "3"])
    #expect(result.code == 0 && result.text.contains("0 lost or changed"), "\(result.text)")
  }

  @Test(
    .enabled(
      if: hasCompiler && FileManager.default.isExecutableFile(atPath: python),
      "recording what a program does to its disk takes a C compiler and Python"))
  func powerCutsAndFailingDisksLoseNothingSafe() throws {
    let result = try run(
      Self.python,
      [
        Self.folder + "/powercut.py", Self.products + "/torture", "--cuts", "20", "--faults", "6",
        "--seed", "3",
      ])
    #expect(result.code == 0 && !result.text.isEmpty, "\(result.text)")
  }
}
