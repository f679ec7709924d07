import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// Servers that recognise: our own, and others that misbehave, each in a process of its own.
@Suite(.serialized) struct RemoteEngineTests {
  /// A settled segment of `transcribe --format json`.
  private struct Segment: Decodable {
    let start: Double
    let end: Double
    let text: String

    static func list(_ output: String) throws -> [Segment] {
      try output.split(separator: "\n").map {
        try JSONDecoder().decode(Segment.self, from: Data($0.utf8))
      }
    }
  }

  private struct Ready: Decodable { let port: Int }

  private struct Tally: Decodable {
    let answered: Int
    let faults: Int
    let milliseconds: [Int]
  }

  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  private static let speech = ["transcribe", Program.demo, "--format", "json"]

  // MARK: - Our own server

  @Test func whatAServerHearsIsWhatIsHeardHere() throws {
    try inFolder { program in
      let server = try EngineServer(program)
      defer { server.kill() }
      let here = try program.run(Self.speech)
      let there = try program.run(Self.speech + ["--engine", server.address])
      #expect(there.code == 0)
      #expect(there.output == here.output)
      #expect(try Segment.list(here.output).count > 3)
    }
  }

  @Test func aServerThatIsKilledInTheMiddleLosesNothing() throws {
    try inFolder { program in
      let listen = ["listen", "--from", Program.demo, "--pace", "fast"]
      let whole = try program.run(listen).output
      var server = try EngineServer(program)
      defer { server.kill() }
      let (process, output, _) = try program.start(listen + ["--engine", server.address])
      var text = try output.fileHandleForReading.read(untilLine: 2)
      for line in [5, 8] {
        server.kill()
        server = try EngineServer(program, port: server.port)
        text += try output.fileHandleForReading.read(untilLine: line - text.lines)
      }
      text += output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let (heard, expected) = (words(String(decoding: text, as: UTF8.self)), words(whole))
      // A segment that was cut anew may be heard a little differently at its edges.
      let same = common(heard, expected)
      #expect(same * 100 >= expected.count * 96, "\(same) of \(expected.count)")
      #expect(heard.count * 100 <= expected.count * 104, "\(heard.count) of \(expected.count)")
    }
  }

  @Test func noMoreDesksThanThereIsRoomFor() throws {
    try inFolder { program in
      let server = try EngineServer(program, ["--connections", "1"])
      defer { server.kill() }
      let guest = try TCPClient(port: server.port)
      try guest.send("{\"type\":\"describe\"}\n")
      #expect(try guest.receive(until: "\"info\"").contains("asr"))
      try program.configure("[engine]\nwait_seconds = 1\n")
      let late = try program.run(Self.speech + ["--engine", server.address])
      #expect(late.code == 1 && late.output.isEmpty)
      #expect(late.errors.contains("no tiene sitio para otro escritorio"))
    }
  }

  @Test func nonsenseEndsOneConnectionAndNotTheServer() throws {
    try inFolder { program in
      // Room for all of them: a slow server may not have ended the first when the last comes.
      let server = try EngineServer(program, ["--connections", "32"])
      defer { server.kill() }
      for seed in 0..<24 as Range<UInt64> {
        var random = SeededGenerator(seed: seed)
        let client = try TCPClient(port: server.port)
        let start = ["", "{\"type\":\"audio-chunk\",\"payload_length\":99999999}\n", "{\"type\":"]
        // The server may have ended the connection before all of it is sent.
        try? client.send(start[Int(seed) % 3])
        try? client.send(random.bytes(3_000) + [10])
      }
      let client = try TCPClient(port: server.port)
      try client.send("{\"type\":\"ping\",\"data\":{\"text\":\"x\"}}\n")
      #expect(try client.receive(until: "pong").contains("pong"))
    }
  }

  @Test(arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.1:10300"])
  func speechIsNotOfferedInClearBeyondThisMachine(place: String) throws {
    try inFolder { program in
      let result = try program.run(["engine", "serve", "--listen", place])
      #expect(result.code == 64 && result.output.isEmpty)
      #expect(result.errors.contains("sin cifrar"))
    }
  }

  // MARK: - Other servers

  @Test(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"))
  func aWyomingServerThatMisbehavesLosesNothing() throws {
    try misbehaving("wyoming", scheme: "tcp")
  }

  @Test(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"))
  func anEndpointThatMisbehavesLosesNothing() throws {
    try misbehaving("endpoint", scheme: "http")
  }

  /// The same segments as without faults, each once.
  private func misbehaving(_ kind: String, scheme: String) throws {
    try inFolder { program in
      try program.configure("[engine]\nanswer_seconds = 1\n")
      let quiet = try transcribe(program, kind, "", scheme)
      let loud = try transcribe(program, kind, "ok,drop,cut,garbage,hang,close,error,slow", scheme)
      #expect(loud.tally.faults == 5)
      #expect(loud.segments.map(\.text) == quiet.segments.map(\.text))
      #expect(loud.segments.count == loud.tally.answered)
      for (one, other) in zip(loud.segments, quiet.segments) {
        #expect(abs(one.start - other.start) < 0.5 && abs(one.end - other.end) < 0.5)
      }
    }
  }

  private func transcribe(
    _ program: Program, _ kind: String, _ faults: String, _ scheme: String
  ) throws -> (segments: [Segment], tally: Tally) {
    let server = try HelperProcess("recogniser.py", [kind, faults])
    let port = try server.line(Ready.self).port
    let result = try program.run(
      Self.speech + ["--engine", "\(scheme)://127.0.0.1:\(port)"],
      environment: ["ACOGIDA_ENGINE_KEY": "right"])
    #expect(result.code == 0)
    server.end()
    return (try Segment.list(result.output), try server.line())
  }

  @Test(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"))
  func onlyATrustedServerHearsAnything() throws {
    try inFolder { program in
      let authority = program.folder + "/server.pem"
      let server = try HelperProcess("recogniser.py", ["endpoint", "", authority])
      let port = try server.line(Ready.self).port
      let key = program.folder + "/key"
      try "right\n".write(toFile: key, atomically: true, encoding: .utf8)
      chmod(key, 0o600)
      let engine = "[engine]\nurl = \"https://127.0.0.1:\(port)\"\nkey_file = \"\(key)\"\n"
      try program.configure(engine)
      let stranger = try program.run(Self.speech)
      #expect(stranger.code == 1 && stranger.errors.contains("certificado"))
      try program.configure(engine + "ca_file = \"\(authority)\"\n")
      #expect(try Segment.list(try program.run(Self.speech).output).count > 3)
      let doctor = try program.run(["doctor", "--json"]).output
      #expect(doctor.contains(#""check":"engine","needed":true,"ok":true"#))
      #expect(doctor.contains("whisper-1") && !doctor.contains("right"))
      try "wrong\n".write(toFile: key, atomically: false, encoding: .utf8)
      let refused = try program.run(Self.speech)
      #expect(refused.code == 1 && refused.errors.contains("no acepta la clave"))
      server.end()
    }
  }

  @Test func whatIsNotConfiguredRightIsRefused() throws {
    try inFolder { program in
      for (engine, word) in [
        ("tcp://192.0.2.1", "sin cifrar"), ("http://192.0.2.1/v1", "sin cifrar"),
        ("https://user:secret@192.0.2.1", "La clave no va en la dirección"),
      ] {
        let result = try program.run(Self.speech + ["--engine", engine])
        #expect(result.code != 0 && result.output.isEmpty && result.errors.contains(word))
        #expect(!result.errors.contains("secret"))
      }
      try program.configure("[engine]\nurl = \"https://user:secret@192.0.2.1\"\n")
      let checked = try program.run(["config", "check"])
      #expect(checked.code != 0 && !checked.errors.contains("secret"))
      #expect(checked.errors.contains("sin clave ni usuario"))
    }
  }

  // MARK: - The desk

  @Test func theDeskSaysThatTheServerIsAwayAndCatchesUp() throws {
    try inFolder { program in
      let first = try EngineServer(program)
      first.kill()
      let desk = try program.desk([
        "--from", Program.demo, "--pace", "fast", "--engine", first.address,
      ])
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "servidor: sin respuesta")
      let server = try EngineServer(program, port: first.port)
      defer { server.kill() }
      try desk.wait(until: "the end of the absence", seconds: 60) {
        !$0.text.contains("sin respuesta")
      }
      try desk.wait(for: "12345678Z", seconds: 90)
    }
  }
}

/// The words of a transcript, without case and signs.
private func words(_ text: String) -> [String] {
  text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
}

/// How many words two transcripts have in common, in order.
private func common(_ one: [String], _ other: [String]) -> Int {
  var row = [Int](repeating: 0, count: other.count + 1)
  for word in one {
    var diagonal = 0
    for (index, candidate) in other.enumerated() {
      let above = row[index + 1]
      row[index + 1] = word == candidate ? diagonal + 1 : max(above, row[index])
      diagonal = above
    }
  }
  return row[other.count]
}
