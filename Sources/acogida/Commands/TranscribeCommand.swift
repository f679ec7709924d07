import ArgumentParser
import Audio
import Foundation
import Messages
import Transcription

/// `acogida transcribe`: recordings and folders to text.
struct TranscribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe", abstract: Help.text("help.transcribe"),
    discussion: Help.text("help.transcribe.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var recognition: RecognitionOptions
  @Argument(help: Help.of("help.transcribe.paths")) var paths: [String]
  @Option(help: Help.of("help.transcribe.format")) var format: TranscriptFormat = .txt
  @Option(
    help: Help.of("help.transcribe.out", "folder"))
  var out: String?
  @Option(help: Help.of("help.transcribe.jobs", "n")) var jobs = 1
  @Flag(help: Help.of("help.transcribe.force")) var force = false

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError(Help.text("help.transcribe.jobsRange")) }
    if paths.isEmpty { throw ValidationError(Help.text("help.transcribe.noPaths")) }
  }

  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    var engine = try recognition.engine(configuration, locations)
    // Nobody waits for a single segment: longer ones are faster and have more context.
    engine.maximumSegment = 24
    engine.endSilence = 1.2
    engine.margin = 1
    engine.isLive = false
    let catalogue = Catalogue.current(locations)
    let items = try RecordingList.items(paths, out: out, format: format)
    let batch = BatchRun(engine: engine, format: format, force: force, catalogue: catalogue)
    let summary = try await batch.run(items, jobs: jobs)
    if items.count > 1 { summary.show(catalogue) }
    Notice(
      event: .batch, stage: configuration.stage, succeeded: summary.failed == 0,
      numbers: [
        "transcribed": summary.transcribed, "silent": summary.silent.count,
        "skipped": summary.skipped, "failed": summary.failed,
      ]
    ).send(configuration.notify, catalogue)
    if summary.failed > 0 { throw ExitCode(1) }
  }
}

extension TranscriptFormat: ExpressibleByArgument {}

/// A recording and where its transcript goes; nil is standard output.
struct RecordingItem: Hashable, Sendable {
  let path: String
  let target: String?

  /// Where the text of a recording without its end goes: not the name by which the next run sees that it is done.
  func incompleteTarget(_ format: TranscriptFormat) -> String? {
    target.map { "\($0.dropLast(format.rawValue.count))incomplete.\(format.rawValue)" }
  }
}

/// Finds recordings.
enum RecordingList {
  private static let kinds: Set<String> = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "m4a", "aac", "wma", "aiff", "aif", "au", "caf",
    "mp4", "m4v", "mkv", "webm", "mov", "avi", "3gp", "amr",
  ]

  /// The recordings that the paths name; a file is taken whatever its name, folders by the kinds above.
  static func items(
    _ paths: [String], out: String?, format: TranscriptFormat
  ) throws -> [RecordingItem] {
    var items: [RecordingItem] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure(key: "error.file", ["path": path, "reason": "ENOENT"])
      }
      guard isFolder.boolValue else {
        items.append(item(path, name: (path as NSString).lastPathComponent, out, format))
        continue
      }
      let walk = FileManager.default.enumerator(atPath: path)
      var names: [String] = []
      while let name = walk?.nextObject() as? String {
        if name.split(separator: "/").last?.hasPrefix(".") == true {
          // Hidden, as macOS' `._` files and the wastebaskets of drives are: not meant.
          walk?.skipDescendants()
        } else if kinds.contains((name as NSString).pathExtension.lowercased()) {
          names.append(name)
        }
      }
      items += names.sorted().map { item("\(path)/\($0)", name: $0, out, format) }
    }
    return items
  }

  private static func item(
    _ path: String, name: String, _ out: String?, _ format: TranscriptFormat
  ) -> RecordingItem {
    // The whole name stays in front: a.wav and a.mp3 must not share a transcript.
    RecordingItem(path: path, target: out.map { "\($0)/\(name).\(format.rawValue)" })
  }
}

/// Transcribes many recordings with a few engines.
struct BatchRun: Sendable {
  let engine: EngineConfiguration
  let format: TranscriptFormat
  let force: Bool
  let catalogue: Catalogue

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
    var worker = BatchWorker(engine)
    while let item = await queue.next() {
      do {
        try await one(item, worker, &summary)
      } catch {
        // Without an output the rest is for nothing.
        if error is Output.ReaderGone || (error as? Failure)?.key == "error.standardOutput" {
          await worker.stop()
          throw error
        }
        summary.failed += 1
        StandardError.write(
          catalogue.text("error.prefix") + Failure.explain(error, catalogue) + "\n")
        // An engine that failed is done for; the next recording gets a new one.
        if error is EngineFailure {
          await worker.stop()
          worker = BatchWorker(engine)
        }
      }
    }
    await worker.stop()
    return summary
  }

  private func one(
    _ item: RecordingItem, _ worker: BatchWorker, _ summary: inout BatchSummary
  ) async throws {
    if let target = item.target, !force, FileManager.default.fileExists(atPath: target) {
      summary.skipped += 1
      StandardError.write(catalogue.text("transcribe.skipped", ["path": target]) + "\n")
      return
    }
    let began = ContinuousClock.now
    let heard = try await worker.transcribe(item.path)
    let text = format.text(heard.segments)
    if heard.isCutShort {
      try write(text, to: item.incompleteTarget(format))
      throw Failure(key: "error.cutShort", ["path": item.path])
    }
    try write(text, to: item.target)
    if let incomplete = item.incompleteTarget(format) { unlink(incomplete) }
    guard !heard.segments.isEmpty else {
      summary.silent.append(item.path)
      StandardError.write(catalogue.text("transcribe.silent", ["path": item.path]) + "\n")
      return
    }
    summary.transcribed += 1
    guard item.target != nil else { return }
    let elapsed = ContinuousClock.now - began
    let wall = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    StandardError.write(
      catalogue.text(
        "transcribe.done",
        [
          "path": item.path, "minutes": String(Int(heard.seconds / 60 + 0.5)),
          "speed": String(Int(heard.seconds / max(0.01, wall))),
        ]) + "\n")
  }

  private func write(_ text: String, to target: String?) throws {
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
  var failed = 0
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
      "transcribed": transcribed, "silent": silent.count, "skipped": skipped, "failed": failed,
    ]
    StandardError.write(catalogue.text("transcribe.summary", counts.mapValues(String.init)) + "\n")
    guard !silent.isEmpty else { return }
    let paths = silent.sorted().joined(separator: ", ")
    StandardError.write(catalogue.text("transcribe.allSilent", ["paths": paths]) + "\n")
  }
}

/// The recordings that wait.
private actor ItemQueue {
  private var rest: ArraySlice<RecordingItem>

  init(_ items: [RecordingItem]) { rest = items[...] }

  func next() -> RecordingItem? { rest.popFirst() }
}

/// One engine that hears recording after recording, as stretches of one long talk.
private actor BatchWorker {
  private let engine: LocalEngine
  private var heard: [TranscriptEvent] = []
  private var failure: EngineFailure?
  private var end: Int64 = 0
  private var isStarted = false

  /// Two minutes of sound may wait for an engine; more would only fill the memory.
  private static let room = Int64(120 * AudioFormat.sampleRate)

  init(_ configuration: EngineConfiguration) {
    engine = LocalEngine(configuration: configuration)
  }

  func stop() async { await engine.stop() }

  /// What was heard in a recording.
  struct Heard: Sendable {
    let segments: [TranscriptEvent]
    /// The recording's length.
    let seconds: Double
    /// Whether the recording's end is missing.
    let isCutShort: Bool
  }

  /// Hears a recording to its end.
  func transcribe(_ path: String) async throws -> Heard {
    let source = try FileSource(path: path, pace: .fast)
    await start()
    heard = []
    // A second missing between recordings keeps the end of one from being heard with the next.
    let base = end + Int64(AudioFormat.sampleRate)
    var length: Int64 = 0
    for try await event in source.start() {
      guard case .frame(let frame) = event else { continue }
      await engine.feed(AudioFrame(position: base + frame.position, samples: frame.samples))
      await engine.waitForRoom(below: BatchWorker.room)
      length = frame.endPosition
      end = base + length
    }
    await engine.flush()
    await engine.waitUntilSettled()
    // Everything before the mark has been reported; the stream is read in order.
    await drained()
    if let failure { throw failure }
    let offset = Double(base) / Double(AudioFormat.sampleRate)
    let segments = heard.enumerated().map { index, event in
      TranscriptEvent(
        kind: .settled, segment: index, start: max(0, event.start - offset),
        end: max(0, event.end - offset), text: event.text, language: event.language)
    }
    return Heard(
      segments: segments, seconds: Double(length) / Double(AudioFormat.sampleRate),
      isCutShort: await source.isCutShort)
  }

  private func start() async {
    guard !isStarted else { return }
    isStarted = true
    Task { for await event in engine.events { take(event) } }
    await engine.start()
  }

  private var marks: [CheckedContinuation<Void, Never>] = []

  /// Waits until every event that was reported so far has been taken.
  private func drained() async {
    guard failure == nil else { return }
    await withCheckedContinuation { continuation in
      marks.append(continuation)
      Task { await engine.mark() }
    }
  }

  private func take(_ event: EngineEvent) {
    switch event {
    case .transcript(let text) where text.kind == .settled && !text.text.isEmpty:
      heard.append(text)
    case .state(.failed(let reason)):
      failure = reason
      wake()
    case .finished: wake()
    default: break
    }
  }

  private func wake() {
    marks.forEach { $0.resume() }
    marks = []
  }
}
