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

    /// Plays a recording into the microphone, at most so many seconds of it.
    func play(_ path: String, seconds: Int = 600) throws -> Process {
      let player = Process()
      player.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      player.arguments = ["timeout", "\(seconds)", "paplay", "--device=mic", path]
      player.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      try player.run()
      return player
    }

    /// Writes what the loudspeaker plays into a file.
    func record(to path: String) throws -> Process {
      try Data().write(to: URL(fileURLWithPath: path))
      let recorder = Process()
      recorder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      recorder.arguments = ["parec", "--device=mic.monitor", "--latency-msec=20"]
      recorder.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      recorder.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try recorder.run()
      return recorder
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
      let desk = try recording(program, pulse)
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
      // The talk ends; what was heard is walked through before it is saved.
      desk.send("\rs")
      try desk.wait(for: "GRABACIÓN TERMINADA")
      desk.send("s")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("s")
      try desk.wait(for: "Entrevista guardada", seconds: 30)
      desk.send("\rq")
      #expect(desk.waitForEnd() == 0)
      let id = try program.run(["list"]).output.prefix(8)
      let submission = try program.run(["show", String(id), "--json"])
      #expect(submission.output.contains("12345678Z"))
      #expect(submission.output.contains("offTheRecord"))
      #expect(submission.output.contains("deviceLost"))
    }
  }

  /// Nothing that is said off the record touches the disk or the screen; it goes on cleanly.
  @Test func offTheRecordLeavesNothing() throws {
    try withTemporaryFolder { folder in
      guard let pulse = try Pulse(folder: folder + "/pulse") else { return }
      defer { pulse.stop() }
      let program = Program(folder: folder)
      let desk = try recording(program, pulse)
      try desk.waitForRecording(seconds: 2)
      desk.send("p")
      try desk.wait(for: "FUERA DE REGISTRO")
      try desk.wait(for: "── fuera de registro ──")
      let before = try soundBytes(program)
      #expect(before > 0)
      // While it is played, the desk keeps reading the microphone.
      try pulse.play(Program.demo, seconds: 7).waitUntilExit()
      #expect(try soundBytes(program) == before)
      desk.send("?")
      try desk.wait(for: "Teclas")
      try desk.escape(from: "Teclas")
      try desk.wait(for: "Identidad")
      desk.send("p")
      try desk.wait(for: "GRABANDO")
      let player = try pulse.play(Program.demo, seconds: 9)
      try desk.wait(for: "rellenar", seconds: 40)
      player.terminate()
      // Once only: what was said off the record was neither kept nor heard.
      desk.send("\u{1B}[15~")
      try desk.wait(for: "GRABACIÓN TERMINADA", seconds: 30)
      desk.send("s")
      try desk.wait(for: "¿Guardar la entrevista?", seconds: 30)
      desk.send("s")
      try desk.wait(for: "Entrevista guardada", seconds: 30)
      desk.send("\rq")
      #expect(desk.waitForEnd() == 0)
      let id = try program.run(["list"]).output.prefix(8)
      let shown = try program.run(["show", String(id), "--json"]).output
      #expect(shown.components(separatedBy: "rellenar").count == 2)
      let gap = try #require(shown.range(of: #""reason":"offTheRecord""#))
      #expect(gap.lowerBound < shown.endIndex)
    }
  }

  /// Hearing a field again plays its words through ALSA and lights them; the microphone is off the record meanwhile.
  @Test func aFieldIsHeardAgain() throws {
    try withTemporaryFolder { folder in
      guard let pulse = try Pulse(folder: folder + "/pulse") else { return }
      defer { pulse.stop() }
      let program = Program(folder: folder)
      try program.configure("[audio]\nplayback_device = \"psink\"\n")
      let desk = try program.desk(
        ["--from", Program.demo, "--pace", "fast"], environment: pulse.environment)
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "GRABACIÓN TERMINADA", seconds: 60)
      try desk.wait(for: "Carmen López García", seconds: 90)
      for key in ["h", "H", "l"] {
        let heard = try pulse.record(to: folder + "/heard-\(key).raw")
        desk.send(key)
        try desk.wait(for: "▶", seconds: 20)
        try desk.wait(until: "it has sounded", seconds: 40) { !$0.text.contains("▶") }
        // A recorder that is asked politely first waits for more sound.
        kill(heard.processIdentifier, SIGKILL)
        let sound = try Data(contentsOf: URL(fileURLWithPath: folder + "/heard-\(key).raw"))
        #expect(sound.contains { $0 > 8 && $0 < 248 }, "\(key) is silent")
      }
    }
  }

  /// The same in line mode: asked for by its word, in a terminal that can't move its cursor.
  @Test func aFieldIsHeardAgainInLineMode() throws {
    try withTemporaryFolder { folder in
      guard let pulse = try Pulse(folder: folder + "/pulse") else { return }
      defer { pulse.stop() }
      let program = Program(folder: folder)
      try program.configure("[audio]\nplayback_device = \"psink\"\n")
      let environment = pulse.environment.merging(["TERM": "dumb"]) { $1 }
      let desk = try program.desk(
        ["--plain", "--from", Program.demo, "--pace", "fast"], environment: environment)
      try desk.wait(for: "Para leer en voz alta")
      desk.send("sí\r")
      try desk.wait(for: "grabación terminada", seconds: 60)
      try desk.wait(for: "12345678Z", seconds: 90)
      desk.send("campo nombre\r")
      try desk.wait(for: "«")
      let path = folder + "/heard.raw"
      let heard = try pulse.record(to: path)
      defer { kill(heard.processIdentifier, SIGKILL) }
      desk.send("oír\r")
      try desk.wait(until: "it sounds", seconds: 40) { _ in
        (try? Data(contentsOf: URL(fileURLWithPath: path)))?.contains { $0 > 8 && $0 < 248 }
          ?? false
      }
      // The line is there again, and what was said can be looked for.
      desk.send("buscar carmen\r")
      try desk.wait(for: "«carmen»: ")
    }
  }

  /// A new interview at the microphone, with consent given.
  private func recording(_ program: Program, _ pulse: Pulse) throws -> PseudoTerminal {
    let desk = try program.desk(["--device", "pmic"], environment: pulse.environment)
    try desk.wait(for: "n empieza una")
    desk.send("n")
    try desk.wait(for: "Antes de empezar")
    desk.send("\r")
    return desk
  }

  /// Bytes of sound on the disk.
  private func soundBytes(_ program: Program) throws -> Int {
    let folder = program.data
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return try names.filter { $0.hasPrefix("audio/") }.reduce(0) { sum, name in
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return sum + ((attributes[.size] as? Int) ?? 0)
    }
  }
}
