import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Tone
import Transcription

/// One interview at the desk: microphone, spool, recogniser, extraction, journal, store.
@MainActor
final class DeskSession {
  /// What a session needs.
  struct Setting {
    let data: StageData
    let form: FormDefinition
    let header: InterviewHeader
    let events: [StampedEvent]
    /// What is missing from the draft's journal.
    let loss: JournalLoss?
    let extractor: IntakeExtractor
    /// Reads how the talk sounds; nil where that is not to be kept.
    let tone: ToneReader?
    let engine: EngineConfiguration
    let catalogue: Catalogue
    let playbackDevice: String
    /// Opens the source of sound; nil means typing only.
    let source: (() throws -> any AudioSource)?
    /// How many submissions wait to be sent.
    let unsent: () -> Int
    /// Whether that source hears what the loudspeaker plays.
    let isMicrophone: Bool
    /// Who is at the desk, as the configuration says.
    let technician: String
    /// The language of the talk when no pack reads it; see ``PackChoice``.
    let missingPack: String?
    /// Arguments of the notice that tables of names and places are missing; nil when all are there.
    let missingData: [String: String]?
  }

  let setting: Setting
  /// Takes what the desk has to know.
  let report: (DeskInput) -> Void
  let log: InterviewLog
  let sound: SoundKeeper
  let player: AudioPlayer
  private let watch: DuplicateWatch
  var extractor: IntakeExtractor
  var engine: LocalEngine?
  var source: (any AudioSource)?
  var opening: Task<Void, Never>?
  var capture: Task<Void, Never>?
  /// Whether the recording is to end, also one that is about to begin.
  var isStopping = false
  var isSubmitting = false
  var listening: Task<Void, Never>?
  /// Counts the seconds while the recogniser loads.
  var loading: Task<Void, Never>?
  var meter = LevelMeter()
  /// Added to a source's positions: what was recorded before it started.
  var base: Int64 = 0
  /// Sample after the last one that came from the source.
  var position: Int64 = 0
  var recorded: Int64 = 0
  var isPaused = false
  /// Whether that is so because the loudspeaker is playing.
  var isMutedByPlayback = false
  /// Number of what is being played.
  var playNumber = 0
  /// Waits for the end of the transcript before saving.
  var settling: Task<Void, Never>?
  /// Who waits until everything heard so far was taken.
  var marks: [CheckedContinuation<Void, Never>] = []
  var candidates: [FieldName: Candidate]
  var heardSegments: Set<Int>
  /// What was heard, with the labels it was heard with.
  var transcript: [TranscriptSegment] = []
  var speakers: SpeakerNames

  init(_ setting: Setting, report: @escaping (DeskInput) -> Void) {
    self.setting = setting
    self.report = report
    let catalogue = setting.catalogue
    let watch = DuplicateWatch(setting.events, data: setting.data, report: report)
    self.watch = watch
    log = InterviewLog(
      header: setting.header, events: setting.events, drafts: setting.data.drafts,
      report: { input in
        report(input)
        if case .happened(let event) = input { watch.take(event) }
      }, explain: { Failure.explain($0, catalogue) })
    sound = SoundKeeper(
      interview: setting.header.id, drafts: setting.data.drafts, catalogue: catalogue,
      report: report)
    player = AudioPlayer(device: setting.playbackDevice)
    extractor = setting.extractor
    for segment in log.state.segments { extractor.add(segment) }
    candidates = extractor.candidates
    transcript = log.state.segments
    speakers = log.state.speakers
    heardSegments = Set(log.state.segments.map(\.id))
  }

  /// Finds what a draft recorded, and loads the recogniser while the technician reads the first question.
  func prepare() {
    guard opening == nil else { return }
    watch.look()
    opening = Task {
      if !setting.events.isEmpty { await goOn() }
      if let missing = setting.missingPack {
        tell("notice.noPack", ["language": missing], .problem)
      }
      if let missing = setting.missingData { tell("notice.missingData", missing, .problem) }
      if setting.source != nil {
        report(.asked(extractor.asked))
        await startEngine()
      }
    }
  }

  /// Takes up a draft: recording goes on behind its sound, and only when the technician asks for it.
  func goOn() async {
    await sound.open()
    let known =
      log.state.recording.gaps.map { $0.end ?? $0.start }
      + log.state.segments.map { Int64($0.end * Double(AudioFormat.sampleRate)) }
    position = max(await sound.spool?.end ?? 0, known.max() ?? 0)
    let extents = await sound.spool?.extents ?? []
    recorded = extents.reduce(0) { $0 + Int64($1.count) }
    report(
      .level(DeskState.Level(), seconds: Int(recorded) / AudioFormat.sampleRate))
    if setting.technician != log.state.technician, log.state.header != nil {
      log.record(.resumed(technician: setting.technician))
    }
    if log.state.recording.phase.isUnderWay { log.record(.recording(.stopped(position: position))) }
    if let loss = setting.loss {
      let missing = ["missing": loss.text(setting.catalogue)]
      tell("notice.draftDamaged", missing, .problem)
    } else {
      let records = setting.source != nil && log.state.mayCapture
      tell(records ? "notice.draftNotRecording" : "notice.draft")
    }
  }

  func startEngine() async {
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
  func catchUp(_ engine: LocalEngine, from start: Int64) async {
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
    case .record(let event):
      log.record(event)
      name(event)
    case .startRecording: startRecording()
    case .pauseRecording: pause()
    case .resumeRecording: resume()
    case .stopRecording: stopRecording()
    case .cancelLoading: Task { await cancelLoading() }
    case .eraseSound: Task { await eraseSound() }
    case .play(let playback): play(playback)
    case .stopPlaying: stopPlaying()
    case .submit: Task { await submit() }
    default: break
    }
  }

  func close() async {
    stopRecording()
    await capture?.value
    await engine?.stop()
    listening?.cancel()
    loading?.cancel()
    await log.close()
    await sound.close()
    player.stop()
  }

  func tell(_ error: any Error) {
    report(
      .notice(DeskState.Notice(Failure.explain(error, setting.catalogue), .problem)))
  }

  func tell(
    _ key: String, _ values: [String: String] = [:],
    _ weight: DeskState.Notice.Weight = .information
  ) {
    report(.notice(DeskState.Notice(setting.catalogue.text(key, values), weight)))
  }
}
