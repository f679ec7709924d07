import Foundation
import Terminal
import TerminalTestSupport

/// The built program with a home folder of the test's own.
struct Program {
  /// What a run gave.
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  let folder: String
  /// The program that is run: the built one, unless a test puts another in its place.
  var binary = path

  static let path = PseudoTerminal.products + "/acogida"
  static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  static let demo = checkout + "/assets/demo/interview.flac"
  static let model = checkout + "/.deps/model"

  /// Where the program keeps the data of the stage `test`.
  var data: String { folder + "/data/acogida/test" }

  var environment: [String: String] {
    var settings = ["HOME": folder, "ACOGIDA_LANG": "es", "TZ": "UTC", "ACOGIDA_STAGE": "test"]
    for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
      settings["XDG_\(name)_HOME"] = folder + "/" + name.lowercased()
    }
    return settings
  }

  /// Runs a command to its end.
  func run(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:]
  ) throws -> Result {
    let (process, output, errors) = try start(arguments, input: input, environment: more)
    // Both pipes are read at once: a full one would stop the program.
    let errorText = DispatchQueue(label: "errors")
    nonisolated(unsafe) var collected = Data()
    errorText.async { collected = errors.fileHandleForReading.readDataToEndOfFile() }
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    errorText.sync {}
    let code =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return Result(
      code: code, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: collected, as: UTF8.self))
  }

  /// Makes the stage's data, with nothing in them.
  func makeStage() throws {
    let desk = try desk(["--typing"])
    try desk.wait(for: "Antes de empezar")
  }

  /// Writes the configuration.
  func configure(_ toml: String) throws {
    let folder = folder + "/config/acogida"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    try toml.write(toFile: folder + "/config.toml", atomically: true, encoding: .utf8)
  }

  /// Makes a recording of silence, a second at 16 kHz.
  func makeSilence(_ name: String) throws -> String {
    let path = folder + "/" + name
    var wav = Array("RIFF".utf8) + [0x24, 0x7D, 0, 0] + Array("WAVEfmt ".utf8)
    wav += [16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0x3E, 0, 0, 0, 0x7D, 0, 0, 2, 0, 16, 0]
    wav += Array("data".utf8) + [0, 0x7D, 0, 0] + [UInt8](repeating: 0, count: 32_000)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(wav).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Runs a command whose standard output goes to that file or pipe; gives exit code and errors.
  func run(_ arguments: [String], input: String = "", into output: FileHandle) throws -> Result {
    let (process, _, errors) = try start(arguments, input: input, into: output)
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      code: process.terminationStatus, output: "", errors: String(decoding: text, as: UTF8.self))
  }

  /// Starts a command and leaves it running.
  func start(
    _ arguments: [String], input: String = "", environment more: [String: String] = [:],
    into target: FileHandle? = nil
  ) throws -> (process: Process, output: Pipe, errors: Pipe) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: binary)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .merging(more) { $1 }
    let (stdin, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = target ?? output
    process.standardError = errors
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    return (process, output, errors)
  }

  /// Opens the desk for an interview that is typed, with consent given.
  func typedInterview() throws -> PseudoTerminal {
    let desk = try desk(["--typing"])
    try desk.wait(for: "Antes de empezar")
    desk.send("\r")
    try desk.wait(for: "Identidad")
    return desk
  }

  /// Opens the desk in a terminal of its own.
  func desk(
    _ arguments: [String], size: Size = Size(rows: 30, columns: 100),
    environment more: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try PseudoTerminal(
      [binary, "desk"] + arguments, size: size,
      environment: environment.merging(more) { $1 })
  }
}
