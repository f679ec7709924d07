import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

/// One interview at the desk: microphone, spool, recogniser, extraction, journal, store.
@MainActor
final class DeskSession: DeskServices {
  /// What a session needs.
  struct Setting {
    let data: StageData
    let form: FormDefinition
    let header: InterviewHeader
    let events: [StampedEvent]
    /// What is missing from the draft's journal.
    let loss: JournalLoss?
    let extractor: IntakeExtractor
    let engine: EngineConfiguration
    let catalogue: Catalogue
    let playbackDevice: String
    /// Opens the source of sound; nil means typing only.
    let source: (() throws -> any AudioSource)?
  }

  let inputs: AsyncStream<DeskInput>
  private let setting: Setting
  private let continuation: AsyncStream<DeskInput>.Continuation
  private let log: InterviewLog
  private let sound: SoundKeeper
  private let player: AudioPlayer
  private var extractor: IntakeExtractor
  private var engine: LocalEngine?
  private var source: (any AudioSource)?
  private var opening: Task<Void, Never>?
  private var capture: Task<Void, Never>?
  /// Whether the recording is to end, also one that is about to begin.
  private var isStopping = false
  private var isSubmitting = false
  private var listening: Task<Void, Never>?
  private var meter = LevelMeter()
  /// Added to a source's positions: what was recorded before it started.
  private var base: Int64 = 0
  /// Sample after the last one that came from the source.
  private var position: Int64 = 0
  private var recorded: Int64 = 0
  private var isPaused = false
  private var candidates: [FieldName: Candidate]
  private var heardSegments: Set<Int>

  init(_ setting: Setting) {
    self.setting = setting
    let (inputs, continuation) = AsyncStream<DeskInput>.makeStream()
    self.inputs = inputs
    self.continuation = continuation
    let catalogue = setting.catalogue
    log = InterviewLog(
      header: setting.header, events: setting.events, drafts: setting.data.drafts,
      report: { continuation.yield($0) },
      explain: { Failure.explain($0, catalogue) })
    sound = SoundKeeper(
      interview: setting.header.id, drafts: setting.data.drafts, catalogue: catalogue,
      report: { continuation.yield($0) })
    player = AudioPlayer(device: setting.playbackDevice)
    extractor = setting.extractor
    for segment in log.state.segments { extractor.add(segment) }
    candidates = extractor.candidates
    heardSegments = Set(log.state.segments.map(\.id))
  }

  /// Finds what a draft recorded, and loads the recogniser while the technician reads the first question.
  func prepare() {
    guard opening == nil else { return }
    opening = Task {
      if !setting.events.isEmpty { await goOn() }
      if setting.source != nil { await startEngine() }
    }
  }

  /// Takes up a draft: recording goes on behind its sound, and only when the technician asks for it.
  private func goOn() async {
    await sound.open()
    let known =
      log.state.recording.gaps.map { $0.end ?? $0.start }
      + log.state.segments.map { Int64($0.end * Double(AudioFormat.sampleRate)) }
    position = max(await sound.spool?.end ?? 0, known.max() ?? 0)
    let extents = await sound.spool?.extents ?? []
    recorded = extents.reduce(0) { $0 + Int64($1.count) }
    continuation.yield(
      .level(DeskState.Level(), seconds: Int(recorded) / AudioFormat.sampleRate))
    if log.state.recording.phase.isUnderWay { log.record(.recording(.stopped(position: position))) }
    if let loss = setting.loss {
      let missing = ["missing": loss.text(setting.catalogue)]
      tell("notice.draftDamaged", missing, .problem)
    } else {
      let records = setting.source != nil && log.state.mayCapture
      tell(records ? "notice.draftNotRecording" : "notice.draft")
    }
  }

  private func startEngine() async {
    let segments = log.state.segments
    let start = Int64((segments.map(\.end).max() ?? 0) * Double(AudioFormat.sampleRate))
    let engine = LocalEngine(
      configuration: setting.engine, history: sound.spool.map { SpoolHistory(spool: $0) },
      position: start, firstSegment: (segments.map(\.id).max() ?? -1) + 1)
    self.engine = engine
    listening = Task { await self.listen(engine.events) }
    await engine.start()
    await catchUp(engine, from: start)
  }

  /// What a draft recorded and nobody transcribed.
  private func catchUp(_ engine: LocalEngine, from start: Int64) async {
    guard let spool = sound.spool else { return }
    let end = await spool.end
    guard end > start, let sounds = try? await spool.read(start..<end) else { return }
    for sound in sounds {
      await engine.feed(AudioFrame(position: sound.position, samples: sound.samples))
    }
    await engine.flush()
  }

  // MARK: - What the desk asks for

  func perform(_ effect: DeskEffect) {
    switch effect {
    case .record(let event): log.record(event)
    case .startRecording: startRecording()
    case .pauseRecording: pause()
    case .resumeRecording: resume()
    case .stopRecording: stopRecording()
    case .play(let evidence): play(evidence)
    case .submit: Task { await submit() }
    case .repaint, .suspend, .quit: break
    }
  }

  func close() async {
    stopRecording()
    await capture?.value
    await engine?.stop()
    listening?.cancel()
    await log.close()
    await sound.close()
    player.stop()
    continuation.finish()
  }

  private func tell(_ error: any Error) {
    continuation.yield(
      .notice(DeskState.Notice(Failure.explain(error, setting.catalogue), .problem)))
  }

  private func tell(
    _ key: String, _ values: [String: String] = [:],
    _ weight: DeskState.Notice.Weight = .information
  ) {
    continuation.yield(.notice(DeskState.Notice(setting.catalogue.text(key, values), weight)))
  }

  // MARK: - Recording

  private func startRecording() {
    guard capture == nil, let open = setting.source else { return }
    isStopping = false
    capture = Task {
      // A draft's sound has to be known: what is new goes behind it.
      await opening?.value
      await sound.open()
      if !isStopping, sound.spool != nil { await record(open) }
      capture = nil
    }
  }

  private func record(_ open: () throws -> any AudioSource) async {
    do {
      let source = try open()
      self.source = source
      base = position
      isPaused = false
      log.record(.recording(.started))
      for try await event in source.start() { await take(event) }
      tell("notice.sourceEnded")
    } catch {
      tell(error)
    }
    guard source != nil else { return }
    source = nil
    log.record(.recording(.stopped(position: position)))
    await engine?.flush()
    await sound.flush()
  }

  private func take(_ event: AudioEvent) async {
    switch event {
    case .frame(let frame):
      let moved = AudioFrame(position: base + frame.position, samples: frame.samples)
      position = moved.endPosition
      // Off the record: neither the disk nor the recogniser ever sees it.
      guard !isPaused else { return }
      recorded += Int64(frame.samples.count)
      await sound.append(moved)
      await engine?.feed(moved)
      meter.add(frame.samples)
      let level = DeskState.Level(rms: meter.rms, isClipping: meter.isClipping)
      continuation.yield(.level(level, seconds: Int(recorded) / AudioFormat.sampleRate))
    case .gap(let samples):
      log.record(.recording(.gap(position: position, samples: samples)))
    case .lost:
      log.record(.recording(.deviceLost(position: position)))
      tell("notice.deviceLost")
      await engine?.flush()
    case .reopened:
      log.record(.recording(.deviceReturned(position: position)))
      tell("notice.deviceBack")
    }
  }

  private func pause() {
    guard !isPaused else { return }
    isPaused = true
    log.record(.recording(.paused(position: position)))
    continuation.yield(.revisable(nil, preview: [:]))
    Task { await engine?.flush() }
  }

  private func resume() {
    guard isPaused else { return }
    isPaused = false
    log.record(.recording(.resumed(position: position)))
  }

  private func stopRecording() {
    isStopping = true
    source?.stop()
  }

  // MARK: - Text and fields

  private func listen(_ events: AsyncStream<EngineEvent>) async {
    for await event in events {
      switch event {
      case .transcript(let transcript): take(transcript)
      case .state(let state): continuation.yield(.engine(status(state)))
      case .finished: break
      }
      if case .state(.failed(let failure)) = event { tell(failure) }
    }
  }

  private func status(_ state: EngineState) -> DeskState.EngineStatus {
    switch state {
    case .loading: .loading
    case .ready: .ready
    case .catchingUp(let milliseconds): .behind(milliseconds)
    case .restarting: .restarting
    case .failed: .failed
    }
  }

  private func take(_ event: TranscriptEvent) {
    let segment = TranscriptSegment(
      id: event.segment, start: event.start, end: event.end, text: event.text,
      speaker: event.speaker)
    guard !heardSegments.contains(segment.id) else { return }
    guard event.kind == .settled else {
      guard !isPaused else { return }
      let text = DeskState.RevisableText(
        segment: segment.id, start: segment.start, text: segment.text)
      continuation.yield(.revisable(text, preview: extractor.preview(segment)))
      return
    }
    heardSegments.insert(segment.id)
    if segment.text.isEmpty {
      continuation.yield(.revisable(nil, preview: [:]))
      return
    }
    log.record(.settled(segment))
    extractor.add(segment)
    hear()
  }

  /// Records what extraction changed its mind about.
  private func hear() {
    let now = extractor.candidates
    let changed = now.values.filter { candidates[$0.field] != $0 }
    let withdrawn = candidates.keys.filter { now[$0] == nil }
    candidates = now
    guard !changed.isEmpty || !withdrawn.isEmpty else { return }
    log.record(
      .heard(
        candidates: changed.sorted { $0.field < $1.field }, withdrawn: withdrawn.sorted()))
  }

  // MARK: - Listening again

  private func play(_ evidence: Evidence) {
    guard let spool = sound.spool else {
      tell("notice.noSound")
      return
    }
    // A little before and after: the times inside a segment are estimates.
    let rate = Double(AudioFormat.sampleRate)
    let range = Int64(max(0, evidence.start - 0.4) * rate)..<Int64((evidence.end + 0.4) * rate)
    tell("notice.playing", ["words": evidence.text])
    Task {
      do {
        let sounds = try await spool.read(range)
        try await player.play(sounds.flatMap(\.samples))
        continuation.yield(.notice(nil))
      } catch {
        tell(error)
      }
    }
  }

  // MARK: - Submitting

  /// Saves the interview; as long as the database has not taken it, everything stays editable.
  private func submit() async {
    guard !isSubmitting else { return }
    isSubmitting = true
    defer { isSubmitting = false }
    stopRecording()
    await capture?.value
    // An interview in which nothing happened, or whose beginning is damaged.
    if log.state.header == nil { log.record(.began(setting.header)) }
    // What was typed last belongs to it.
    guard await log.settle() else { return notSaved(log.trouble ?? "") }
    do {
      let submission = try Submission(state: log.state, form: setting.form, submitted: Clock.now)
      try setting.data.submissions.save(submission)
      await finish(submission)
    } catch {
      notSaved(Failure.explain(error, setting.catalogue))
    }
  }

  private func notSaved(_ reason: String) { tell("notice.notSaved", ["reason": reason], .problem) }

  /// Ends the journal of a submission that is saved, and removes what the policy does not keep.
  private func finish(_ submission: Submission) async {
    log.record(.submitted)
    await log.close()
    await sound.close()
    await engine?.stop()
    // What can't be removed now is removed at the next start.
    do { try setting.data.submit(submission) } catch { tell(error) }
    let unsent = try? setting.data.submissions.count()
    continuation.yield(.submitted(id: submission.id, unsent: unsent ?? 0))
  }
}
