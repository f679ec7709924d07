import Audio
import Foundation
import Synchronization
import Transcription

/// Sends all sound to a server that speaks this program's own protocol, and passes its replies on.
final class RemoteHearing: Hearing {
  private let link: WyomingLink
  private let check: SharedCheck
  private let abandon: @Sendable (RemoteProblem) -> Never
  private let finished = DispatchSemaphore(value: 0)

  /// Opens the session; a thread passes the replies on, and ends the process with the session.
  init(
    _ link: WyomingLink, opening: WyomingEvent, firstSegment: Int,
    emit: @escaping @Sendable (EngineReply) -> Void,
    abandon: @escaping @Sendable (RemoteProblem) -> Never
  ) {
    self.link = link
    self.abandon = abandon
    let check = SharedCheck(firstSegment)
    self.check = check
    let finished = finished
    let reader = Thread {
      do throws(RemoteProblem) {
        while true {
          guard let reply = try RemoteHearing.reply(try link.next(), check) else { continue }
          emit(reply)
          if case .finished = reply { finished.signal() }
        }
      } catch {
        abandon(error)
      }
    }
    reader.name = "acogida.engine.replies"
    reader.start()
    send(opening)
  }

  private static func reply(
    _ event: WyomingEvent, _ check: SharedCheck
  ) throws(RemoteProblem) -> EngineReply? {
    if event.type == "error" { throw WyomingLink.problem(event) }
    guard let reply = EngineReply(event) else { return nil }
    return try check.take(reply)
  }

  /// Blocks until the server has settled everything; call ``finish()`` first.
  func waitForEnd() { finished.wait() }

  func append(_ frame: AudioFrame) {
    check.note(sent: frame.endPosition)
    send(.audio(frame))
  }

  func work(more: Int64) {}

  func flush() { send(.flush) }

  func finish() { send(.finish) }

  private func send(_ request: EngineRequest) {
    guard let event = try? request.event() else { return }
    send(event)
  }

  private func send(_ event: WyomingEvent) {
    do throws(RemoteProblem) { try link.send(event) } catch { abandon(error) }
  }
}

/// The check of the replies, which two threads use.
private final class SharedCheck: Sendable {
  private let state: Mutex<ReplyCheck>

  init(_ firstSegment: Int) { state = Mutex(ReplyCheck(firstSegment: firstSegment)) }

  func note(sent position: Int64) { state.withLock { $0.note(sent: position) } }

  func take(_ reply: EngineReply) throws(RemoteProblem) -> EngineReply {
    let result: Result<EngineReply, RemoteProblem> = state.withLock { check in
      do throws(RemoteProblem) { return .success(try check.take(reply)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
