import ArgumentParser
import Audio
import Foundation
import Messages
import Transcription

/// `acogida transcribe`: recordings and folders to text.
struct TranscribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transcribe", abstract: "Transcribe recordings and folders of recordings.",
    discussion: """
      With --out the tree of the folders is kept and a file that is there already is passed over, so
      that an interrupted run goes on where it was. Exit code 1 when a file failed.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var recognition: RecognitionOptions
  @Argument(help: "Recordings or folders.") var paths: [String]
  @Option(help: "json, txt, srt or vtt.") var format: TranscriptFormat = .txt
  @Option(
    help: ArgumentHelp("Write a file for each recording below this folder.", valueName: "folder"))
  var out: String?
  @Option(help: ArgumentHelp("Recordings at a time.", valueName: "n")) var jobs = 1
  @Flag(help: "Transcribe again what is there already.") var force = false

  func validate() throws {
    if !(1...64).contains(jobs) { throw ValidationError("--jobs must be within 1...64.") }
    if paths.isEmpty { throw ValidationError("Name at least one recording or folder.") }
  }

  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    var engine = recognition.engine(configuration, locations)
    // Nobody waits for a single segment: longer ones are faster and have more context.
    engine.maximumSegment = 24
    let catalogue = Catalogue(environment: locations.environment)
    let items = try RecordingList.items(paths, out: out, format: format)
    let batch = BatchRun(engine: engine, format: format, force: force, catalogue: catalogue)
    let failures = await batch.run(items, jobs: jobs)
    if failures > 0 { throw ExitCode(1) }
  }
}

extension TranscriptFormat: ExpressibleByArgument {}

/// A recording and where its transcript goes; nil is standard output.
struct RecordingItem: Hashable, Sendable {
  let path: String
  let target: String?
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
        if kinds.contains((name as NSString).pathExtension.lowercased()) { names.append(name) }
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

  /// Two minutes of sound may wait for an engine; more would only fill the memory.
  private static let room = Int64(120 * AudioFormat.sampleRate)

  /// Works through the list; returns the number of failures.
  func run(_ items: [RecordingItem], jobs: Int) async -> Int {
    await withTaskGroup(of: Bool.self) { group in
      var failures = 0
      var rest = items[...]
      for _ in 0..<jobs {
        if let item = rest.popFirst() { group.addTask { await one(item) } }
      }
      while let succeeded = await group.next() {
        if !succeeded { failures += 1 }
        if let item = rest.popFirst() { group.addTask { await one(item) } }
      }
      return failures
    }
  }

  private func one(_ item: RecordingItem) async -> Bool {
    if let target = item.target, !force, FileManager.default.fileExists(atPath: target) {
      StandardError.write(catalogue.text("transcribe.skipped", ["path": target]) + "\n")
      return true
    }
    do {
      let began = ContinuousClock.now
      let (segments, seconds) = try await transcribe(item.path)
      guard !segments.isEmpty else {
        throw Failure(key: "error.nothingTranscribed", ["path": item.path])
      }
      try write(format.text(segments), to: item.target)
      let elapsed = ContinuousClock.now - began
      if item.target != nil {
        let speed = seconds / max(0.001, Double(elapsed.components.seconds) + 0.001)
        StandardError.write(
          catalogue.text(
            "transcribe.done",
            [
              "path": item.path, "minutes": String(Int(seconds / 60 + 0.5)),
              "speed": String(Int(speed)),
            ]) + "\n")
      }
      return true
    } catch {
      StandardError.write(
        catalogue.text("error.prefix") + Failure.explain(error, catalogue) + "\n")
      return false
    }
  }

  private func transcribe(_ path: String) async throws -> ([TranscriptEvent], Double) {
    let source = try FileSource(path: path, pace: .fast)
    let local = LocalEngine(configuration: engine)
    await local.start()
    let collecting = Task { () throws -> [TranscriptEvent] in
      var settled: [TranscriptEvent] = []
      for await event in local.events {
        switch event {
        case .transcript(let text) where text.kind == .settled && !text.text.isEmpty:
          settled.append(text)
        case .state(.failed(let failure)): throw failure
        case .finished: return settled
        default: break
        }
      }
      return settled
    }
    var seconds = 0.0
    do {
      for try await event in source.start() {
        guard case .frame(let frame) = event else { continue }
        await local.feed(frame)
        await local.waitForRoom(below: BatchRun.room)
        seconds = frame.end
      }
      await local.finish()
      let settled = try await collecting.value
      await local.stop()
      return (settled, seconds)
    } catch {
      await local.stop()
      throw error
    }
  }

  private func write(_ text: String, to target: String?) throws {
    guard let target else {
      Output.write(text)
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
      throw Failure(
        key: "error.output", ["path": target, "reason": Failure.reason(error)])
    }
  }
}
