import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// The desk on a real ALSA device: PulseAudio's null sink plays the demo into ALSA's pulse plugin.
@Suite struct MicrophoneTests {
  /// A private PulseAudio; nil with a printed reason where it can't run.
  private final class Pulse {
    let folder: String
    private(set) var environment: [String: String] = [:]

    init?(folder: String) throws {
      self.folder = folder
      guard try start() else { return nil }
    }

    func start() throws -> Bool {
      let (code, output) = try run(["start", folder])
      guard code == 0 else {
        print("skipped: PulseAudio can't run here (\(output.prefix(200)))")
        return false
      }
      for word in output.split(whereSeparator: \.isWhitespace) where word.contains("=") {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        environment[parts[0]] = parts[1]
      }
      return true
    }

    func stop() { _ = try? run(["stop", folder]) }

    func play(_ path: String) throws -> Process {
      let player = Process()
      player.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      player.arguments = ["paplay", "--device=mic", path]
      player.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      try player.run()
      return player
    }

    private func run(_ arguments: [String]) throws -> (Int32, String) {
      let process = Process()
      process.executableURL = URL(
        fileURLWithPath: Program.checkout + "/scripts/pulse-microphone.sh")
      process.arguments = arguments
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
  }

  @Test func speechThroughAMicrophoneFillsTheFormAlsoAfterItWasUnplugged() throws {
    try withTemporaryFolder { folder in
      guard let pulse = try Pulse(folder: folder + "/pulse") else { return }
      defer { pulse.stop() }
      let program = Program(folder: folder)
      let desk = try program.desk(["--device", "pmic"], environment: pulse.environment)
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "GRABANDO")
      let player = try pulse.play(Program.demo)
      defer { player.terminate() }
      try desk.wait(for: "Carmen López García", seconds: 90)
      try desk.wait(for: "12345678Z", seconds: 90)
      // Off the record, and on it again.
      desk.send("p")
      try desk.wait(for: "FUERA DE REGISTRO")
      desk.send("p")
      try desk.wait(for: "GRABANDO")
      pulse.stop()
      try desk.wait(for: "SIN MICRÓFONO", seconds: 30)
      #expect(try pulse.start())
      try desk.wait(for: "GRABANDO", seconds: 30)
      desk.send("\rs")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("s")
      try desk.wait(for: "Entrevista guardada", seconds: 30)
      desk.send("\r")
      #expect(desk.waitForEnd() == 0)
      let id = try program.run(["list"]).output.prefix(8)
      let submission = try program.run(["show", String(id), "--json"])
      #expect(submission.output.contains("12345678Z"))
      #expect(submission.output.contains("offTheRecord"))
      #expect(submission.output.contains("deviceLost"))
    }
  }
}
