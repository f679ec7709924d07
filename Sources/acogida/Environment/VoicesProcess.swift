import Foundation
import Recognizer
import Speakers
import Transcription

/// A process that tells speakers apart, asked one recording at a time.
actor VoicesProcess {
  private let model: String
  private let detector: String
  private var process: Process?
  private var input: FileHandle?
  private var output: FileHandle?
  private var rest = Data()

  /// - Throws: ``EngineFailure/modelMissing(path:)`` where the speaker model is not there.
  init(_ locations: Locations) throws(EngineFailure) {
    // The speaker model belongs to the program, whatever recognises the words.
    let folder = locations.bundledModel.path
    model = "\(folder)/\(VoicePrinter.fileName)"
    detector = "\(folder)/silero_vad.onnx"
    for path in [model, detector] where !FileManager.default.fileExists(atPath: path) {
      throw .modelMissing(path: path)
    }
  }

  /// Asks; nil when the process died over it. The next question starts another one.
  func ask(_ request: VoicesRequest) async -> VoicesAnswer? {
    do {
      if process?.isRunning != true { try start() }
      let line = try Output.encode(request) + "\n"
      try input?.write(contentsOf: Data(line.utf8))
      guard let answer = try readLine() else {
        stop()
        return nil
      }
      return try JSONDecoder().decode(VoicesAnswer.self, from: answer)
    } catch {
      stop()
      return nil
    }
  }

  /// Ends the process.
  func stop() {
    try? input?.close()
    process?.terminate()
    process = nil
    rest = Data()
  }

  private func start() throws {
    signal(SIGPIPE, SIG_IGN)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["engine", "voices", "--model", model, "--detector", detector]
    let (toChild, fromChild) = (Pipe(), Pipe())
    process.standardInput = toChild
    process.standardOutput = fromChild
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    input = toChild.fileHandleForWriting
    output = fromChild.fileHandleForReading
  }

  private func readLine() throws -> Data? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest = Data(rest[(end + 1)...]) }
        return Data(rest[..<end])
      }
      guard let more = output?.availableData, !more.isEmpty else { return nil }
      rest += more
    }
  }
}
