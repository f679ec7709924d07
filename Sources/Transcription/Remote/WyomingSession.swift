import Audio
import Foundation

/// One connection of the server, and its engine process.
///
/// Two threads: one reads from the desk, one from the engine. Sendable without a check because every access to the
/// variables below `condition` is inside its lock; the rest is constant or used by the reading thread alone.
final class WyomingSession: @unchecked Sendable {
  private let stream: SocketStream
  private let settings: WyomingServer.Settings

  private let condition = NSCondition()
  private var child: ChildProcess?
  private var isOver = false
  private var settled: Int64 = 0
  /// What was said in the utterance of a client that knows nothing of the extension.
  private var words: [String] = []
  private var language: String?

  // The reading thread's own.
  private var opening = WyomingEvent(type: "transcribe")
  private var isExtended = false
  private var opened: EngineConfiguration?
  private var received: Int64 = 0
  private var utteranceStart: Int64 = 0

  /// How long a connection may be open without asking for anything, and a desk not take its answers, seconds.
  private static let patience = 30
  /// Sound that may wait for the engine: ten minutes.
  private static let room = Int64(600 * AudioFormat.sampleRate)
  /// Latest position that makes sense: a year.
  private static let latest = Int64(365 * 86_400 * AudioFormat.sampleRate)

  init(_ stream: SocketStream, _ settings: WyomingServer.Settings) {
    self.stream = stream
    self.settings = settings
    stream.limitWriting(to: WyomingSession.patience)
  }

  /// An `error` event.
  static func error(_ problem: RemoteProblem) -> WyomingEvent {
    WyomingEvent(
      type: "error",
      data: ["code": .string(problem.rawValue), "text": .string(problem.rawValue)])
  }

  /// Ends the connection from outside.
  func end() {
    condition.lock()
    isOver = true
    let child = child
    condition.broadcast()
    condition.unlock()
    child?.terminate()
    stream.end()
  }

  /// Serves until the desk leaves.
  func run() {
    var parser = WyomingParser(limits: .network)
    do throws(RemoteProblem) {
      while true {
        while let event = try WyomingSession.next(&parser) { try take(event) }
        try waitForRoom()
        let patience = opened == nil ? Double(WyomingSession.patience) : nil
        guard let bytes = try stream.read(within: patience) else { break }
        parser.append(bytes)
      }
    } catch {
      try? send(WyomingSession.error(error))
    }
    end()
  }

  private static func next(_ parser: inout WyomingParser) throws(RemoteProblem) -> WyomingEvent? {
    do throws(WyomingError) { return try parser.next() } catch { throw .nonsense }
  }

  private func send(_ event: WyomingEvent) throws(RemoteProblem) {
    guard let bytes = try? event.encoded() else { throw .nonsense }
    try stream.write(bytes)
  }

  // MARK: - What the desk says

  private func take(_ event: WyomingEvent) throws(RemoteProblem) {
    switch event.type {
    case "describe":
      try send(
        WyomingInfo.event(
          model: settings.model, languages: settings.languages.sorted(),
          version: settings.version))
    case "ping": try send(WyomingEvent(type: "pong", data: event.data))
    case "transcribe":
      opening = event
      isExtended = RemoteSession.isExtended(event)
      if isExtended { try start() }
    default:
      if isExtended { try takeExtended(event) } else { try takePlain(event) }
    }
  }

  private func takeExtended(_ event: WyomingEvent) throws(RemoteProblem) {
    guard let request = EngineRequest(event) else { return }
    if case .audio(let frame) = request {
      guard frame.position >= received, frame.position < WyomingSession.latest else {
        throw .nonsense
      }
      received = frame.endPosition
    }
    try forward(request)
  }

  private func takePlain(_ event: WyomingEvent) throws(RemoteProblem) {
    switch event.type {
    case "audio-start":
      try checkFormat(event)
      try start()
      // A second missing between utterances keeps the end of one from being heard with the next.
      if received > 0 { received += Int64(AudioFormat.sampleRate) }
      utteranceStart = received
    case "audio-chunk":
      try checkFormat(event)
      if opened == nil { try start() }
      let frame = AudioFrame(position: received, samples: PCM.samples(event.payload))
      guard !frame.samples.isEmpty else { return }
      received = frame.endPosition
      try forward(.audio(frame))
    case "audio-stop": try answer()
    default: break
    }
  }

  private func checkFormat(_ event: WyomingEvent) throws(RemoteProblem) {
    let wanted: [String: Int64] = [
      "rate": Int64(AudioFormat.sampleRate), "width": 2, "channels": 1,
    ]
    for (name, value) in wanted where event.data[name]?.integer ?? value != value {
      throw .refused
    }
  }

  /// Waits for all that was said in the utterance, and tells it in one text.
  private func answer() throws(RemoteProblem) {
    if received > utteranceStart {
      try forward(.flush)
      try wait { $0.settled >= $0.received }
    }
    condition.lock()
    let text = words.joined(separator: " ")
    let language = language
    words = []
    condition.unlock()
    try send(
      WyomingEvent(
        type: "transcript",
        data: [
          "text": .string(text), "language": language.map { .string($0) } ?? .null,
        ]))
  }

  private func waitForRoom() throws(RemoteProblem) {
    try wait { $0.received - $0.settled < WyomingSession.room }
  }

  private func wait(until isEnough: (WyomingSession) -> Bool) throws(RemoteProblem) {
    condition.lock()
    defer { condition.unlock() }
    while !isOver, !isEnough(self) { condition.wait() }
    if isOver { throw .serverFailed }
  }

  // MARK: - The engine

  private func start() throws(RemoteProblem) {
    let (configuration, firstSegment) = try RemoteSession.configuration(
      opening, base: settings.engine, known: settings.languages)
    // The same client's next utterance needs no other engine.
    guard configuration != opened else { return }
    guard opened == nil else { throw .refused }
    opened = configuration
    let process: ChildProcess
    do throws(EngineFailure) {
      process = try ChildProcess(settings.launcher)
    } catch {
      throw .serverFailed
    }
    condition.lock()
    child = process
    condition.unlock()
    let isExtended = isExtended
    let thread = Thread { [self] in
      read(from: process, isExtended: isExtended)
      end()
    }
    thread.name = "acogida.server.engine"
    thread.start()
    try forward(.configure(configuration, firstSegment: firstSegment))
  }

  private func forward(_ request: EngineRequest) throws(RemoteProblem) {
    condition.lock()
    let child = child
    condition.unlock()
    guard let child, let bytes = try? request.event().encoded() else { throw .nonsense }
    child.write(bytes) {}
  }

  private func read(from process: ChildProcess, isExtended: Bool) {
    var parser = WyomingParser()
    process.readAll { bytes in
      parser.append(bytes)
      do {
        while let event = try parser.next() {
          if let reply = EngineReply(event) { try pass(reply, isExtended: isExtended) }
        }
      } catch {
        process.terminate()
      }
    }
  }

  private func pass(_ reply: EngineReply, isExtended: Bool) throws {
    // Why it failed would name paths of this machine.
    if case .failed = reply {
      try send(WyomingSession.error(.serverFailed))
      throw RemoteProblem.serverFailed
    }
    if isExtended { try send(reply.event()) }
    condition.lock()
    defer { condition.unlock() }
    switch reply {
    case .progress(let position, _): settled = max(settled, position)
    case .transcript(let event) where !isExtended && event.kind == .settled:
      if !event.text.isEmpty { words.append(event.text) }
      language = event.language ?? language
    default: break
    }
    condition.broadcast()
  }
}
