import Foundation
import Messages
import Recognizer
import Speakers
import Tone
import Transcription

/// What a run of many recordings is to do.
struct BatchSettings: Sendable {
  let engine: EngineConfiguration
  let formats: [TranscriptFormat]
  let force: Bool
  /// Whether speakers are told apart, and how many there are where that is known.
  let speakers: SpeakerCount?
  /// Whether the JSON says how segments sound.
  let keepsTone: Bool
  /// Whether it is noted how high the voices lie.
  let keepsPitch: Bool
  /// The enrolled voice.
  let technician: VoicePrint?

  /// How many speakers there are.
  enum SpeakerCount: Hashable, Sendable {
    case unknown
    case known(Int)

    var number: Int? { if case .known(let number) = self { number } else { nil } }
  }

  /// Everything that changes what is written; another text means that a recording is done anew.
  var key: String {
    let speech =
      "\((engine.modelFolder as NSString).lastPathComponent) "
      + engine.languages.joined(separator: ",")
    let tone = keepsTone ? " tone" : ""
    guard let speakers else { return speech + tone }
    let count = speakers.number.map(String.init) ?? "auto"
    return
      "\(speech) speakers=\(count)\(technician == nil ? "" : " enrolled")\(keepsPitch ? " pitch" : "")\(tone)"
  }
}

/// Transcribes many recordings with a few engines.
struct BatchRun: Sendable {
  let settings: BatchSettings
  let ledger: BatchLedger?
  let progress: BatchProgress
  let locations: Locations
  let catalogue: Catalogue
  /// Makes drafts of what has words; nil makes none.
  let importer: BatchImport?

  /// Works through the list with that many engines.
  ///
  /// - Throws: when standard output can't be written; the other failures are said and counted.
  func run(_ items: [RecordingItem], jobs: Int) async throws -> BatchSummary {
    let queue = ItemQueue(items)
    return try await withThrowingTaskGroup(of: BatchSummary.self) { group in
      for _ in 0..<min(jobs, max(1, items.count)) { group.addTask { try await work(queue) } }
      return try await group.reduce(into: BatchSummary()) { $0.add($1) }
    }
  }

  /// Takes recordings from the queue until it is empty; the model is loaded once.
  private func work(_ queue: ItemQueue) async throws -> BatchSummary {
    var summary = BatchSummary()
    var worker = BatchWorker(settings.engine)
    let voices = settings.speakers == nil ? nil : try VoicesProcess(locations)
    while Signals.exitCode == nil, let item = await queue.next() {
      do {
        try await one(item, worker, voices, &summary)
      } catch {
        // Without an output the rest is for nothing.
        if error is Output.ReaderGone || (error as? Failure)?.key == "error.standardOutput" {
          await worker.stop()
          throw error
        }
        summary.failed.append(item.path)
        await progress.failed(item)
        await progress.say(
          catalogue.text("error.prefix") + Failure.explain(error, catalogue))
        // An engine that failed is done for; the next recording gets a new one.
        if error is EngineFailure {
          await worker.stop()
          worker = BatchWorker(settings.engine)
        }
      }
    }
    await worker.stop()
    await voices?.stop()
    return summary
  }

  private func one(
    _ item: RecordingItem, _ worker: BatchWorker, _ voices: VoicesProcess?,
    _ summary: inout BatchSummary
  ) async throws {
    let sum = item.target == nil ? nil : ModelIntegrity.digest(item.path)
    if await isDone(item, sum) {
      summary.skipped += 1
      await progress.skipped(item)
      await progress.say(
        catalogue.text("transcribe.skipped", ["path": files(item).first ?? item.path]))
      return
    }
    let began = ContinuousClock.now
    let voices = try await heard(item, voices)
    let spans = voices?.spans ?? []
    let heard = try await worker.transcribe(item.path, spans: spans)
    if heard.isCutShort {
      for format in settings.formats {
        try BatchRun.write(format.text(heard.segments), to: item.incomplete(format))
      }
      throw Failure(key: "error.cutShort", ["path": item.path])
    }
    try write(heard, spans, of: item)
    if !heard.segments.isEmpty { try await importer?.add(item, heard) }
    try await note(item, sum, heard, voices?.pitch)
    await progress.done(item, seconds: heard.seconds)
    guard !heard.segments.isEmpty else {
      summary.silent.append(item.path)
      await progress.say(catalogue.text("transcribe.silent", ["path": item.path]))
      return
    }
    summary.transcribed += 1
    guard item.target != nil else { return }
    let wall = (ContinuousClock.now - began) / .seconds(1)
    await progress.say(
      catalogue.text(
        "transcribe.done",
        [
          "path": item.path, "minutes": String(Int(heard.seconds / 60 + 0.5)),
          "speed": String(Int(heard.seconds / max(0.01, wall))),
        ]))
  }

  /// Files of a recording, in the order of the formats.
  private func files(_ item: RecordingItem) -> [String] {
    settings.formats.compactMap { item.file($0.rawValue) }
  }

  /// Whether everything of a recording is there, made of the same sound with the same settings.
  ///
  /// Files that no ledger knows of are somebody's: they are left alone too.
  private func isDone(_ item: RecordingItem, _ sum: String?) async -> Bool {
    let files = files(item)
    let exist = !files.isEmpty && files.allSatisfy { FileManager.default.fileExists(atPath: $0) }
    guard !settings.force, exist, let ledger, let name = name(item) else { return false }
    guard let entry = await ledger.entry(name) else { return true }
    return entry.sha256 == sum && entry.settings == settings.key
  }

  private func name(_ item: RecordingItem) -> String? {
    item.target.map { target in
      ledger.map { String(target.dropFirst($0.folder.count + 1)) } ?? target
    }
  }

  /// Who speaks when, where that was asked for; a recording in which that fails gets its text without.
  private func heard(
    _ item: RecordingItem, _ voices: VoicesProcess?
  ) async throws -> VoicesAnswer? {
    guard let voices else { return nil }
    let request = VoicesRequest(
      path: item.path, count: settings.speakers?.number, technician: settings.technician,
      pitch: settings.keepsPitch)
    guard let answer = await voices.ask(request), answer.spans != nil else {
      await progress.say(catalogue.text("speakers.failed", ["path": item.path]))
      return nil
    }
    return answer
  }

  private func write(
    _ heard: BatchWorker.Heard, _ spans: [SpeakerSpan], of item: RecordingItem
  ) throws {
    let readers = settings.keepsTone ? tones(heard.segments) : nil
    for format in settings.formats {
      let text = format.text(heard.segments) { event in
        (event.language ?? settings.engine.languages.first).flatMap { readers?[$0] }?.read(
          event.text)
      }
      try BatchRun.write(text, to: item.file(format.rawValue))
      if let incomplete = item.incomplete(format) { unlink(incomplete) }
    }
    guard settings.speakers != nil, let file = item.file("rttm") else { return }
    let name = (item.path as NSString).lastPathComponent
    try BatchRun.write(RTTM.text(spans, name: name), to: file)
  }

  /// Readers of the languages that were heard.
  private func tones(_ segments: [TranscriptEvent]) -> [String: ToneReader] {
    let languages = Set(segments.compactMap(\.language) + settings.engine.languages.prefix(1))
    return languages.reduce(into: [:]) { $0[$1] = try? locations.tone($1) }
  }

  private func note(
    _ item: RecordingItem, _ sum: String?, _ heard: BatchWorker.Heard,
    _ pitch: [String: PitchClass]?
  ) async throws {
    guard let ledger, let sum, let name = name(item) else { return }
    let changed = RecordingList.state(item.path)?.seconds ?? 0
    try await ledger.note(
      BatchLedger.Entry(
        recording: name, sha256: sum, settings: settings.key,
        seconds: (heard.seconds * 100).rounded() / 100, segments: heard.segments.count,
        recorded: Clock.stamp(changed * 1000), analysed: Clock.stamp(Clock.now),
        pitch: settings.keepsPitch ? pitch : nil))
  }

  /// Writes a file whole or not at all; nil is standard output.
  static func write(_ text: String, to target: String?) throws {
    guard let target else {
      try Output.write(text)
      return
    }
    let folder = (target as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: folder.isEmpty ? "." : folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic)
      chmod(target, 0o600)
    } catch {
      throw Failure(key: "error.output", ["path": target, "reason": Failure.reason(error)])
    }
  }
}

/// How a run went.
struct BatchSummary: Hashable, Sendable {
  var transcribed = 0
  var skipped = 0
  /// Recordings that could not be transcribed.
  var failed: [String] = []
  /// Recordings in which no word was heard.
  var silent: [String] = []

  mutating func add(_ other: BatchSummary) {
    transcribed += other.transcribed
    skipped += other.skipped
    failed += other.failed
    silent += other.silent
  }

  /// Says it on standard error.
  func show(_ catalogue: Catalogue) {
    let counts = [
      "transcribed": transcribed, "silent": silent.count, "skipped": skipped,
      "failed": failed.count,
    ]
    StandardError.write(catalogue.text("transcribe.summary", counts.mapValues(String.init)) + "\n")
    for (key, paths) in [("transcribe.allSilent", silent), ("transcribe.allFailed", failed)]
    where !paths.isEmpty {
      let paths = paths.sorted().joined(separator: ", ")
      StandardError.write(catalogue.text(key, ["paths": paths]) + "\n")
    }
  }
}

/// The recordings that wait.
private actor ItemQueue {
  private var rest: ArraySlice<RecordingItem>

  init(_ items: [RecordingItem]) { rest = items[...] }

  func next() -> RecordingItem? { rest.popFirst() }
}
