import Audio
import Foundation

/// The engine on this machine: a supervised process that is started again when it dies, and catches up.
///
/// Sound that is not settled is kept, so a restart loses nothing; settled segments are never sent
/// again, so nothing is heard twice. Where a server recognises, the process is what talks to it: it ends when the
/// server is away, and is started again, later and later, for as long as the configuration says.
public actor LocalEngine: TranscriptionEngine {
  /// Everything the engine reports.
  public nonisolated let events: AsyncStream<EngineEvent>
  private let report: AsyncStream<EngineEvent>.Continuation
  private let configuration: EngineConfiguration
  private let launcher: EngineLauncher
  private let history: (any AudioHistory)?

  private var audio: UnsettledAudio
  private var nextSegment: Int
  private var child: ChildProcess?
  /// Number of the running process; replies of an earlier one are passed over.
  private var generation = 0
  private var isReady = false
  private var deathsWithoutProgress = 0
  private var restarts = 0
  private var isFinishing = false
  private var finishSent = false
  private var isStopped = false
  private var isPumping = false
  private var lastReply = ContinuousClock.now
  private var lastState: EngineState?
  private var hasFailed = false
  /// What the process said of the server before it ended.
  private var problem: RemoteProblem?
  /// Since when the server has settled nothing because it was away.
  private var awaySince: ContinuousClock.Instant?
  private var voices: [VoiceSpan] = []
  private var waiters: [(limit: Int64, continuation: CheckedContinuation<Void, Never>)] = []

  /// Deaths in a row, without anything settled between them, after which the engine is given up.
  static let maximumDeaths = 5
  /// Bytes on their way to the process; more waits, so that a slow engine doesn't fill the memory twice.
  static let window = 1 << 18
  /// An engine that has sound and says nothing for so long has hung; loading a large model takes its time.
  static let patience = Duration.seconds(60)
  /// Longest pause between two attempts to reach a server, seconds.
  static let longestPause = 15.0
  /// Ten minutes of sound, 19 MB, are kept in memory; older unsettled sound is read from the spool.
  static let memoryLimit = 600 * AudioFormat.sampleRate

  /// Makes an engine; nothing runs before ``start()``.
  ///
  /// - Parameters:
  ///   - configuration: model and languages.
  ///   - launcher: how to start the process.
  ///   - history: where recorded sound can be read again; without it all unsettled sound stays in memory.
  ///   - position: first sample it will be fed, for an interview that goes on.
  ///   - firstSegment: number of the next segment.
  public init(
    configuration: EngineConfiguration, launcher: EngineLauncher = .sameBinary,
    history: (any AudioHistory)? = nil, position: Int64 = 0, firstSegment: Int = 0
  ) {
    (events, report) = AsyncStream.makeStream()
    self.configuration = configuration
    self.launcher = launcher
    self.history = history
    audio = UnsettledAudio(
      position: position, limit: history == nil ? .max : LocalEngine.memoryLimit)
    nextSegment = firstSegment
  }

  /// Starts the process; it loads while sound is kept.
  public func start() async {
    guard child == nil, !isStopped else { return }
    launch()
    Task { [weak self] in await self?.watch() }
  }

  /// Takes sound.
  public func feed(_ frame: AudioFrame) async {
    audio.append(frame)
    await pump()
  }

  /// Tells who speaks in the sound that will be fed next; segments are cut where the speaker changes.
  public func tell(voices: [VoiceSpan]) {
    self.voices = voices
    guard let child else { return }
    try? send(.voices(voices), to: child)
  }

  /// Closes the open segment after the sound captured so far.
  public func flush() async {
    audio.flush()
    await pump()
  }

  /// Settles everything, then reports the end.
  public func finish() async {
    isFinishing = true
    // Whoever waits for the end must not wait for an engine that is gone.
    if hasFailed { report.yield(.finished(position: audio.settled)) }
    await pump()
  }

  /// Ends the process and the events.
  public func stop() async {
    isStopped = true
    child?.terminate()
    child = nil
    wakeWaiters()
    report.finish()
  }

  /// Waits until less sound than this is unsettled: for a source that is faster than the engine.
  ///
  /// Returns at once when the engine has failed or was stopped.
  /// - Parameter limit: samples.
  public func waitForRoom(below limit: Int64) async {
    guard audio.captured - audio.settled >= limit, !isStopped, !hasFailed else { return }
    await withCheckedContinuation { waiters.append((limit, $0)) }
  }

  /// Reports ``EngineEvent/finished(position:)`` behind everything that was reported so far, and goes on.
  public func mark() async { report.yield(.finished(position: audio.settled)) }

  /// Waits until everything it was fed is settled; call ``flush()`` first.
  public func waitUntilSettled() async { await waitForRoom(below: 1) }

  /// Whether nothing that it was fed waits to be settled, or nothing more will be.
  public var isSettled: Bool { audio.captured <= audio.settled || isStopped || hasFailed }

  private func wakeWaiters() {
    let backlog = audio.captured - audio.settled
    let isOver = isStopped || hasFailed
    for waiter in waiters where isOver || backlog < waiter.limit { waiter.continuation.resume() }
    waiters.removeAll { isOver || backlog < $0.limit }
  }

  /// Process number of the running engine, for supervision from outside and for tests.
  public var processID: Int32? { child?.processID }

  // MARK: - The process

  private func launch() {
    generation += 1
    isReady = false
    finishSent = false
    audio.rewind()
    lastReply = .now
    if problem == nil { tell(restarts == 0 ? .loading : .restarting(attempt: restarts)) }
    do {
      let started = try ChildProcess(launcher)
      child = started
      listen(to: started)
      try send(.configure(configuration, firstSegment: nextSegment), to: started)
      if !voices.isEmpty { try send(.voices(voices), to: started) }
    } catch let failure as EngineFailure {
      giveUp(failure)
    } catch {
      giveUp(.unreachable(reason: "configuration"))
    }
  }

  private func listen(to process: ChildProcess) {
    let number = generation
    let (replies, continuation) = AsyncStream<EngineReply>.makeStream()
    let thread = Thread {
      var parser = WyomingParser()
      process.readAll { bytes in
        parser.append(bytes)
        do {
          while let event = try parser.next() {
            if let reply = EngineReply(event) { continuation.yield(reply) }
          }
        } catch {
          // What it writes makes no sense any more: as good as dead.
          process.terminate()
        }
      }
      continuation.finish()
    }
    thread.name = "acogida.engine.read"
    thread.start()
    Task { [weak self] in
      for await reply in replies { await self?.take(reply, from: number) }
      await self?.childEnded(number)
    }
  }

  private func childEnded(_ number: Int) async {
    guard number == generation, !isStopped, child != nil else { return }
    child = nil
    deathsWithoutProgress += 1
    restarts += 1
    if let problem { return await waitForServer(problem) }
    if deathsWithoutProgress >= LocalEngine.maximumDeaths {
      giveUp(isReady ? .keepsDying : .modelCorrupt(path: configuration.modelFolder))
      return
    }
    // The first restart is immediate; a process that dies at once must not be restarted in a tight loop.
    let pause = deathsWithoutProgress == 1 ? 0 : 250 << (deathsWithoutProgress - 2)
    await launchAgain(after: .milliseconds(pause))
  }

  private func launchAgain(after pause: Duration) async {
    let number = generation
    try? await Task.sleep(for: pause)
    guard !isStopped, number == generation else { return }
    launch()
    await pump()
  }

  /// Tries the server again after a while that doubles up to ``longestPause``; many desks don't all come at once.
  private func waitForServer(_ problem: RemoteProblem) async {
    let since = awaySince ?? .now
    awaySince = since
    let limit = configuration.remote?.waitSeconds ?? 0
    if limit > 0, ContinuousClock.now - since > .seconds(limit) { return giveUp(.remote(problem)) }
    let pause = min(LocalEngine.longestPause, 0.25 * Double(1 << min(deathsWithoutProgress, 10)))
    await launchAgain(after: .seconds(pause * Double.random(in: 0.75...1.25)))
  }

  private func giveUp(_ failure: EngineFailure) {
    child?.terminate()
    child = nil
    generation += 1
    hasFailed = true
    wakeWaiters()
    tell(.failed(failure))
    if isFinishing { report.yield(.finished(position: audio.settled)) }
  }

  /// Ends a process that has sound and says nothing.
  private func watch() async {
    while !isStopped {
      try? await Task.sleep(for: .seconds(5))
      guard let child, audio.sent > audio.settled else {
        lastReply = .now
        continue
      }
      if ContinuousClock.now - lastReply > LocalEngine.patience {
        lastReply = .now
        child.terminate()
      }
    }
  }

  // MARK: - Sound

  /// Sends what the process has room for.
  private func pump() async {
    guard !isPumping else { return }
    // What is sent to a server that is away would only be held a second time.
    guard configuration.remote == nil || isReady else { return }
    isPumping = true
    defer { isPumping = false }
    while let child, child.pendingBytes < LocalEngine.window, let item = audio.next() {
      switch item {
      case .frame(let frame): try? send(.audio(frame), to: child)
      case .flush: try? send(.flush, to: child)
      case .missing(let range):
        let number = generation
        let frames = (try? await history?.read(range)) ?? []
        guard number == generation else { break }
        for frame in frames { try? send(.audio(frame), to: child) }
      }
    }
    if isFinishing, !finishSent, let child, audio.sent == audio.captured {
      finishSent = true
      try? send(.finish, to: child)
    }
  }

  private func send(_ request: EngineRequest, to process: ChildProcess) throws {
    process.write(try request.event().encoded()) { [weak self] in
      guard process.pendingBytes < LocalEngine.window / 2 else { return }
      Task { await self?.pump() }
    }
  }

  // MARK: - Replies

  private func take(_ reply: EngineReply, from number: Int) async {
    guard number == generation, !isStopped else { return }
    lastReply = .now
    switch reply {
    case .ready:
      isReady = true
      problem = nil
      tell(.ready)
      await pump()
    case .transcript(let transcript):
      if transcript.kind == .settled { keep(transcript) }
      report.yield(.transcript(withLag(transcript)))
    case .speakers(let labels): report.yield(.speakers(labels))
    case .progress(let position, let next):
      if position > audio.settled { noteProgress() }
      audio.settle(position)
      nextSegment = max(nextSegment, next)
      wakeWaiters()
      await pump()
    case .finished(let position):
      report.yield(.finished(position: position))
    case .failed(.remote(let problem)) where problem.isTransient:
      // The process ends now; what it was sent and has not settled is sent again.
      self.problem = problem
      tell(.away(problem))
    case .failed(let failure): giveUp(failure)
    }
  }

  private func noteProgress() {
    deathsWithoutProgress = 0
    awaySince = nil
  }

  /// A settled segment stays settled, also when the engine dies before it tells how far it came.
  private func keep(_ transcript: TranscriptEvent) {
    noteProgress()
    nextSegment = max(nextSegment, transcript.segment + 1)
    audio.settle(Int64((transcript.end * Double(AudioFormat.sampleRate)).rounded()))
  }

  /// Adds what has not reached the process yet to the lag it knows of, and tells when it falls behind.
  private func withLag(_ event: TranscriptEvent) -> TranscriptEvent {
    let waiting = Int((audio.captured - audio.sent) * 1000) / AudioFormat.sampleRate
    let lag = event.lagMilliseconds + max(0, waiting)
    tell(lag > 3000 ? .catchingUp(lagMilliseconds: lag) : .ready)
    return TranscriptEvent(
      kind: event.kind, segment: event.segment, start: event.start, end: event.end,
      text: event.text, lagMilliseconds: lag, language: event.language, speaker: event.speaker)
  }

  private func tell(_ state: EngineState) {
    guard state != lastState else { return }
    lastState = state
    report.yield(.state(state))
  }
}
