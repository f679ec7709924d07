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
  @Option(help: Help.of("help.transcribe.format", "formats")) var format = "txt"
  @Option(
    help: Help.of("help.transcribe.out", "folder"))
  var out: String?
  @Option(help: Help.of("help.transcribe.jobs", "n")) var jobs = 1
  @Option(help: Help.of("help.transcribe.speakers", "n")) var speakers: String?
  @Flag(help: Help.of("help.transcribe.tone")) var tone = false
  @Flag(help: Help.of("help.transcribe.force")) var force = false
  @Flag(help: Help.of("help.transcribe.watch")) var watch = false
  @Flag(name: .customLong("import"), help: Help.of("help.transcribe.import")) var imports = false

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError(Help.text("help.transcribe.jobsRange")) }
    if paths.isEmpty { throw ValidationError(Help.text("help.transcribe.noPaths")) }
    guard let formats = TranscriptFormats(format) else {
      throw ValidationError(Help.text("help.transcribe.noFormat", ["format": format]))
    }
    if out == nil, formats.list.count > 1 || watch {
      throw ValidationError(Help.text("help.transcribe.needsOut"))
    }
    if let speakers, speakers != "auto", !(1...8).contains(Int(speakers) ?? 0) {
      throw ValidationError(Help.text("help.speakers.countRange"))
    }
  }

  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let catalogue = Catalogue.current(locations)
    let progress = BatchProgress(catalogue)
    let settings = try settings(configuration, locations)
    let importer =
      imports ? try BatchImport(StoreContext(common), languages: settings.engine.languages) : nil
    let batch = BatchRun(
      settings: settings,
      ledger: out.map { BatchLedger(folder: $0) }, progress: progress, locations: locations,
      catalogue: catalogue, importer: importer)
    var items = try RecordingList.items(paths, out: out)
    Signals.onEnd {}
    await progress.expect(items)
    var summary = try await batch.run(items, jobs: allowedJobs)
    if watch {
      await progress.say(catalogue.text("transcribe.watching"))
      var watcher = RecordingWatch(known: items)
      while Signals.exitCode == nil {
        try? await Task.sleep(for: RecordingWatch.interval)
        items = watcher.news(try RecordingList.items(paths, out: out))
        guard !items.isEmpty else { continue }
        await progress.expect(items)
        summary.add(try await batch.run(items, jobs: allowedJobs))
      }
    }
    await progress.clear()
    if await progress.expected > 1 { summary.show(catalogue) }
    Notice(
      event: .batch, stage: configuration.stage, succeeded: summary.failed.isEmpty,
      numbers: [
        "transcribed": summary.transcribed, "silent": summary.silent.count,
        "skipped": summary.skipped, "failed": summary.failed.count,
      ]
    ).send(configuration.notify, catalogue)
    if let code = Signals.exitCode, !watch { throw ExitCode(code) }
    if !summary.failed.isEmpty { throw ExitCode(1) }
  }

  /// Engines that work side by side: more than there are cores would only wait for each other.
  private var allowedJobs: Int {
    min(jobs, max(1, ProcessInfo.processInfo.activeProcessorCount))
  }

  private func settings(
    _ configuration: Configuration, _ locations: Locations
  ) throws -> BatchSettings {
    var engine = try recognition.engine(configuration, locations)
    // Nobody waits for a single segment: longer ones are faster and have more context.
    engine.maximumSegment = 24
    engine.endSilence = 1.2
    engine.margin = 1
    engine.isLive = false
    let count: BatchSettings.SpeakerCount? =
      speakers.map { Int($0).map { .known($0) } ?? .unknown }
    return BatchSettings(
      engine: engine, formats: TranscriptFormats(format)?.list ?? [.txt], force: force,
      speakers: count, keepsTone: tone,
      keepsPitch: configuration.keepsPitch && count != nil,
      technician: count == nil ? nil : try EnrolledVoice.read(StoreContext(common))
    )
  }
}

/// Which recordings in folders are new: a file counts when it has not changed between two looks.
struct RecordingWatch {
  static let interval = Duration.seconds(2)
  private var taken: [String: RecordingList.FileState] = [:]
  private var seen: [String: RecordingList.FileState] = [:]

  /// - Parameter known: recordings that were taken already.
  init(known: [RecordingItem]) {
    for item in known { taken[item.path] = RecordingList.state(item.path) }
  }

  /// Recordings that are complete and were not taken in this state before.
  mutating func news(
    _ items: [RecordingItem],
    state: (String) -> RecordingList.FileState? = RecordingList.state
  ) -> [RecordingItem] {
    var news: [RecordingItem] = []
    for item in items {
      guard let now = state(item.path), now.size > 0, taken[item.path] != now else { continue }
      if seen[item.path] == now {
        taken[item.path] = now
        news.append(item)
      }
      seen[item.path] = now
    }
    return news
  }
}
