import Audio

/// How an engine fares; shown in the status line.
public enum EngineState: Hashable, Sendable {
  /// Loading its model; sound is kept meanwhile.
  case loading
  /// Ready and keeping up.
  case ready
  /// Working through sound it has not heard yet, after a restart or under load; milliseconds behind.
  case catchingUp(lagMilliseconds: Int)
  /// Restarting after it died; the number of restarts so far.
  case restarting(attempt: Int)
  /// The server that recognises can't be reached; sound is kept and caught up when it is back.
  case away(RemoteProblem)
  /// Not coming back without help; the interview goes on by typing and the spool is kept.
  case failed(EngineFailure)
}

/// Why an engine can't work. No personal data.
public enum EngineFailure: Error, Hashable, Sendable {
  /// A model file is missing; the path.
  case modelMissing(path: String)
  /// A model file differs from its checksum; the path.
  case modelCorrupt(path: String)
  /// The engine died again and again.
  case keepsDying
  /// The engine could not be started or reached; the system's text.
  case unreachable(reason: String)
  /// The server that recognises does not.
  case remote(RemoteProblem)
}

/// What an engine reports.
public enum EngineEvent: Hashable, Sendable {
  /// Text.
  case transcript(TranscriptEvent)
  /// Settled segments of which another is known to have spoken by now, with their labels.
  case speakers([Int: String])
  /// A change of state.
  case state(EngineState)
  /// All sound up to this sample is transcribed; sent after ``TranscriptionEngine/finish()`` has been worked off.
  case finished(position: Int64)
}

/// Turns sound into text. Feeding never blocks; decoding is elsewhere.
public protocol TranscriptionEngine: Sendable {
  /// Everything the engine reports, in order. One consumer.
  var events: AsyncStream<EngineEvent> { get }

  /// Starts loading; returns at once.
  func start() async

  /// Takes sound in order of position. Never waits for decoding.
  func feed(_ frame: AudioFrame) async

  /// Closes the open segment now (off the record, end of the talk); more sound may follow.
  func flush() async

  /// No more sound: settle everything, then report ``EngineEvent/finished(position:)``.
  func finish() async

  /// Ends at once.
  func stop() async
}

/// Sound already recorded, readable again by position: what a restarted engine catches up from.
public protocol AudioHistory: Sendable {
  /// Samples of the range that are still kept, in order; shorter where the range was off the record.
  func read(_ range: Range<Int64>) async throws -> [AudioFrame]
}
