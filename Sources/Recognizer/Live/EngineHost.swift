import Audio
import Foundation
import Speakers
import Transcription

/// The engine process: reads requests, decodes, writes replies. What `acogida engine` runs.
public enum EngineHost {
  /// Serves one desk until the input ends.
  ///
  /// Reading and decoding have a thread each, so that the desk never waits for a decoding.
  /// - Parameters:
  ///   - input: file descriptor of the requests.
  ///   - output: file descriptor of the replies.
  public static func run(input: Int32, output: Int32) {
    signal(SIGPIPE, SIG_IGN)
    // Whatever a library prints must not get between the replies.
    let replies = dup(output)
    let nowhere = open("/dev/null", O_WRONLY)
    if output == 1, nowhere >= 0 { dup2(nowhere, 1) }
    let inbox = Inbox()
    let reader = Thread { read(from: input, into: inbox) }
    reader.name = "acogida.engine.requests"
    reader.start()
    serve(inbox) { reply in
      guard let bytes = try? reply.event().encoded() else { return }
      write(bytes, to: replies)
    }
  }

  private static func read(from input: Int32, into inbox: Inbox) {
    var parser = WyomingParser()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(input, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      parser.append(buffer[..<count])
      do {
        while let event = try parser.next() {
          if let request = EngineRequest(event) { inbox.put(request) }
        }
      } catch {
        break
      }
    }
    // The desk is gone or talks nonsense: nobody wants what is being decoded.
    if !inbox.isFinishing { _exit(0) }
    inbox.close()
  }

  private static func serve(_ inbox: Inbox, emit: @escaping @Sendable (EngineReply) -> Void) {
    var hearing: (any Hearing)?
    while let requests = inbox.take() {
      for (index, request) in requests.enumerated() {
        switch request {
        case .configure(let configuration, let firstSegment):
          do throws(EngineFailure) {
            hearing = try make(configuration, firstSegment, position: inbox.first, emit: emit)
            if hearing is LiveDecoder { emit(.ready) }
          } catch {
            emit(.failed(error))
            return
          }
        case .audio(let frame):
          hearing?.append(frame)
          if index == requests.count - 1 { hearing?.work(more: inbox.waiting) }
        case .voices(let spans): (hearing as? LiveDecoder)?.tell(voices: spans)
        case .flush: hearing?.flush()
        case .finish: hearing?.finish()
        }
      }
    }
    // What a server still has to say comes from another thread.
    (hearing as? RemoteHearing)?.waitForEnd()
  }

  private static func make(
    _ configuration: EngineConfiguration, _ firstSegment: Int, position: Int64,
    emit: @escaping @Sendable (EngineReply) -> Void
  ) throws(EngineFailure) -> any Hearing {
    let settings = Segmenter.Settings(configuration)
    let now = { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }
    if let remote = configuration.remote {
      // Nothing that a server did not hear may pass for heard: the desk sends it again to the next process.
      let abandon: @Sendable (RemoteProblem) -> Never = { problem in
        emit(.failed(.remote(problem)))
        _exit(0)
      }
      switch try connect(remote, configuration.languages) {
      case .session(let link):
        let opening = RemoteSession.opening(configuration, firstSegment: firstSegment)
        return RemoteHearing(
          link, opening: opening, firstSegment: firstSegment, emit: emit, abandon: abandon)
      case .segments(let recognizer):
        let decoder = LiveDecoder(
          model: RemoteModel(recognizer, abandon: abandon),
          activity: try VoiceActivity(modelFolder: configuration.modelFolder), settings: settings,
          position: position, firstSegment: firstSegment,
          isLive: configuration.isLive && remote.isRevisable, now: now, emit: emit)
        listenForVoices(configuration, decoder)
        return decoder
      }
    }
    let loaded = try LoadedModel(configuration)
    let decoder = LiveDecoder(
      loaded, settings: settings, position: position, firstSegment: firstSegment,
      isLive: configuration.isLive, now: now, emit: emit)
    listenForVoices(configuration, decoder)
    return decoder
  }

  /// Tells voices apart where that was asked for; without its model the talk goes on without names of speakers.
  private static func listenForVoices(
    _ configuration: EngineConfiguration, _ decoder: LiveDecoder
  ) {
    guard let path = configuration.voiceModel, let printer = try? VoicePrinter(model: path) else {
      return
    }
    let technician = configuration.technicianVoice.map { VoicePrint($0) }
    decoder.voices = .heard(LiveVoices(printer, technician: technician))
  }

  private static func connect(
    _ remote: RemoteEngine, _ languages: [String]
  ) throws(EngineFailure) -> RemoteConnection {
    do throws(RemoteProblem) {
      return try RemoteConnection.open(remote, languages: languages)
    } catch {
      throw .remote(error)
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return }
      sent += count
    }
  }
}

/// What takes the sound: the decoder here, or a server.
protocol Hearing: AnyObject {
  /// Takes more sound without decoding it.
  func append(_ frame: AudioFrame)
  /// Works through the sound that waits; `more` tells whether further sound is waiting outside.
  func work(more: Int64)
  /// Ends the open segment where it is.
  func flush()
  /// Settles everything and says so.
  func finish()
}

extension LiveDecoder: Hearing {}

/// The requests that wait for the decoding thread.
///
/// `@unchecked`: every access to the state is inside the condition's lock.
private final class Inbox: @unchecked Sendable {
  private let condition = NSCondition()
  private var requests: [EngineRequest] = []
  private var samples: Int64 = 0
  private var isClosed = false
  private var sawFinish = false
  private var firstPosition: Int64?

  func put(_ request: EngineRequest) {
    condition.lock()
    requests.append(request)
    if case .audio(let frame) = request {
      samples += Int64(frame.samples.count)
      if firstPosition == nil { firstPosition = frame.position }
    }
    if request == .finish { sawFinish = true }
    condition.signal()
    condition.unlock()
  }

  func close() {
    condition.lock()
    isClosed = true
    condition.signal()
    condition.unlock()
  }

  /// All requests that wait; blocks while there are none; nil when no more will come.
  func take() -> [EngineRequest]? {
    condition.lock()
    defer { condition.unlock() }
    while requests.isEmpty && !isClosed { condition.wait() }
    guard !requests.isEmpty else { return nil }
    defer {
      requests.removeAll()
      samples = 0
    }
    return requests
  }

  var waiting: Int64 {
    condition.lock()
    defer { condition.unlock() }
    return samples
  }

  var isFinishing: Bool {
    condition.lock()
    defer { condition.unlock() }
    return sawFinish
  }

  /// Position of the first sound that came; 0 before any.
  var first: Int64 {
    condition.lock()
    defer { condition.unlock() }
    return firstPosition ?? 0
  }
}
