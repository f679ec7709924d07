import Exchange
import Foundation
import Interview
import Store

/// Works on a store as the desk does, in a random mix, and says on standard output what it begins (`> ...`) and what is safe.
struct Worker {
  let directory: DataDirectory
  var random: Seeded
  let data: StageData
  var next: Int

  /// A line that is out when this returns.
  static func say(_ line: String) {
    var bytes = Array((line + "\n").utf8)
    while !bytes.isEmpty {
      let count = write(1, bytes, bytes.count)
      guard count > 0 else { exit(3) }
      bytes.removeFirst(count)
    }
  }

  init(_ root: String, seed: UInt64) throws {
    directory = try DataDirectory(root: root, stage: "torture")
    random = Seeded(seed)
    data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
    let kept = try data.submissions.list().map(\.id) + data.drafts.list().map(\.id)
    next = (kept.compactMap(Invented.number).max() ?? 0) + Int.random(in: 1...1_000, using: &random)
    Self.say("open")
  }

  /// One step after the other for ever; an error of the disk is told and the next step tried.
  mutating func run() async {
    while true {
      do {
        try await step()
      } catch {
        Self.say("! \(type(of: error))")
      }
    }
  }

  private mutating func step() async throws {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<8: try await interview()
    case 8..<12: try submit()
    case 12..<14: try erase()
    case 14: try removeWords()
    case 15: try export()
    case 16: try rotate()
    case 17, 18: try sync()
    default: try await interview()
    }
  }

  /// A new interview or a draft that goes on: events, and sound between them.
  private mutating func interview() async throws {
    let drafts = try data.drafts.list()
    let isNew = drafts.count < 3 || Int.random(in: 0..<4, using: &random) == 0
    let number =
      isNew ? next : drafts.randomElement(using: &random).flatMap { Invented.number($0.id) }
    guard let number else { return }
    next += isNew ? 1 : 0
    let id = Invented.identifier(number)
    var sequence = try isNew ? 0 : data.drafts.events(of: id).records.count
    let journal = try data.drafts.journal(for: id, at: 1)
    let spool = try data.drafts.audio(for: id)
    var position = await spool.end
    for _ in 0..<Int.random(in: 3...12, using: &random) {
      if Bool.random(using: &random) {
        let count = Int.random(in: 1...3, using: &random)
        Self.say("> events \(number) \(sequence + count)")
        try await journal.append((sequence..<sequence + count).map { Invented.event(number, $0) })
        sequence += count
        Self.say("events \(number) \(sequence)")
      } else {
        let end = position + Int64.random(in: 1_000...20_000, using: &random)
        try await spool.append(position: position, samples: Invented.samples(position..<end))
        position = end
        Self.say("sound \(number) \(end)")
      }
    }
    if Bool.random(using: &random) {
      try await journal.close()
      try await spool.close()
    }
  }

  private mutating func submit() throws {
    let number = next
    next += 1
    Self.say("> submit \(number)")
    try data.submit(Invented.submission(number))
    Self.say("submit \(number)")
  }

  private mutating func erase() throws {
    let kept = try data.submissions.list().map(\.id) + data.drafts.list().map(\.id)
    guard kept.count > 6, let id = kept.randomElement(using: &random),
      let number = Invented.number(id)
    else { return }
    Self.say("> erase \(number)")
    try data.erase(id, at: 1)
    Self.say("erase \(number)")
  }

  private mutating func removeWords() throws {
    guard let id = try data.submissions.list().map(\.id).randomElement(using: &random),
      let number = Invented.number(id)
    else { return }
    Self.say("> words \(number)")
    try data.withdrawRecording(id, at: 1, by: Actor())
    Self.say("words \(number)")
  }

  private func export() throws {
    _ = try Export(form: Invented.form, options: ExportOptions(format: .jsonl))
      .write(data.submissions, to: .file(directory.root + "/export.jsonl"))
    Self.say("export")
  }

  /// Sends what is not there yet, at a wall clock that jumps by years.
  private mutating func sync() throws {
    let known = try data.submissions.list().compactMap { Invented.number($0.id) }
    let now = Int64.random(in: 0...4_000_000_000_000, using: &random)
    var run = SyncRun(
      data, .torture(directory.root, luck: random.next()),
      SyncSurroundings(now: { now }, pause: { _ in true }))
    let report = try run.run()
    guard report.stopped == nil, report.refused.isEmpty else { return Self.say("! sync") }
    Self.say("sync " + known.map(String.init).joined(separator: ","))
  }

  /// The key changes under an open store, so the worker ends and another one goes on.
  private func rotate() throws {
    Self.say("> rotate")
    do { _ = try data.rotateKey(passphrase: nil) } catch {
      Self.say("! rotate")
      exit(0)
    }
    Self.say("rotate")
    exit(0)
  }
}
