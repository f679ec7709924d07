import Foundation
import Interview
import Store

/// What a store must hold after a worker's last word, and whether it does.
struct Expectation {
  private var submitted: Set<Int> = []
  private var erased: Set<Int> = []
  private var wordless: Set<Int> = []
  private var events: [Int: Int] = [:]
  private var sound: [Int: Int64] = [:]
  /// What was told to be at the server.
  private var sent: Set<Int> = []
  /// What was begun and not told to be safe.
  private var open: String?
  /// Things acknowledged in all, for the figures.
  private(set) var acknowledged = 0
  private(set) var refused = 0

  /// The outbox of an older schema knows of nothing that was sent.
  mutating func forgetSent() { sent = [] }

  /// Takes a worker's line.
  mutating func take(_ line: Substring) {
    if line.hasPrefix("! ") {
      refused += 1
      return
    }
    if line.hasPrefix("> ") {
      settle()
      open = String(line.dropFirst(2))
      return
    }
    let words = line.split(separator: " ")
    guard let verb = words.first else { return }
    acknowledged += 1
    let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
    switch verb {
    case "sync":
      if words.count > 1 { sent.formUnion(words[1].split(separator: ",").compactMap { Int($0) }) }
    case "submit": submitted.insert(number)
    case "erase": noteErased(number)
    case "words": wordless.insert(number)
    case "events": events[number] = Int(words[2]) ?? 0
    case "sound": sound[number] = Int64(words[2]) ?? 0
    default: break
    }
    if verb != "sound" { open = nil }
  }

  /// An operation that failed or was cut short may have happened or not; what is found in the store is what counts from then on.
  private var unsure: [(verb: Substring, number: Int)] = []

  private mutating func settle() {
    guard let open else { return }
    let words = open.split(separator: " ")
    unsure.append((words[0], words.count > 1 ? Int(words[1]) ?? 0 : 0))
    self.open = nil
  }

  private mutating func noteErased(_ number: Int) {
    erased.insert(number)
    submitted.remove(number)
    wordless.remove(number)
    events[number] = nil
    sound[number] = nil
  }

  /// Opens the store as the next start would, and compares.
  ///
  /// - Returns: what does not fit; empty when all does.
  mutating func verify(_ root: String) async throws -> [String] {
    settle()
    let directory = try DataDirectory(root: root, stage: "torture")
    let before = try Self.files(directory)
    let data = try StageData.open(directory, policy: AfterSubmit(keepsAudio: true))
    try data.check()
    try adopt(data)
    var problems = try verifySubmissions(data)
    problems += try await verifyDrafts(data)
    for number in erased where (try? data.find(Invented.identifier(number))) != nil {
      problems.append("\(number) was erased and is there")
    }
    problems += try Self.rewritten(before, directory)
    problems += try verifyExport(root)
    problems += try verifyLake(root)
    if let removal = data.removalFailure { problems.append("removal: \(removal)") }
    return problems
  }

  /// What an unfinished operation did, if it did anything, becomes what is expected.
  private mutating func adopt(_ data: StageData) throws {
    let kept = Set(try data.submissions.list().compactMap { Invented.number($0.id) })
    for (verb, number) in unsure {
      switch verb {
      case "submit": if kept.contains(number) { submitted.insert(number) }
      case "erase":
        if !((try? data.find(Invented.identifier(number))) != nil) { noteErased(number) }
      case "words":
        if kept.contains(number), try !data.submissions.get(Invented.identifier(number)).hasWords {
          wordless.insert(number)
        }
      default: break
      }
    }
    unsure = []
  }

  private func verifySubmissions(_ data: StageData) throws -> [String] {
    let kept = Set(try data.submissions.list().compactMap { Invented.number($0.id) })
    var problems = submitted.subtracting(kept).map { "submission \($0) is lost" }
    problems += kept.subtracting(submitted).map { "submission \($0) is there and nobody sent it" }
    for number in submitted.intersection(kept) {
      var expected = try Invented.submission(number)
      if wordless.contains(number) {
        expected.leaveOutWords()
        expected.withdrawRecording()
      }
      if try data.submissions.get(Invented.identifier(number)) != expected {
        problems.append("submission \(number) differs")
      }
    }
    var rows = 0
    try data.submissions.forEachRow { _ in rows += 1 }
    if rows != kept.count { problems.append("\(rows) rows of \(kept.count)") }
    if let number = kept.first {
      let findings = try data.audit(Invented.identifier(number)).findings
      if !findings.isEmpty { problems.append("audit: \(findings)") }
    }
    return problems
  }

  private mutating func verifyDrafts(_ data: StageData) async throws -> [String] {
    var problems: [String] = []
    for (number, count) in events {
      let id = Invented.identifier(number)
      let reading = try data.drafts.events(of: id)
      if reading.records.count < count {
        problems.append("draft \(number): \(reading.records.count) of \(count) events")
      }
      let all = reading.records.indices.allSatisfy {
        reading.records[$0] == Invented.event(number, $0)
      }
      if !all { problems.append("draft \(number): events differ") }
      if reading.isDamaged { problems.append("draft \(number): damage \(reading.damage)") }
      if !reading.chain.isWhole {
        problems.append("draft \(number): chain \(reading.chain.breaks)")
      }
      events[number] = reading.records.count
    }
    for (number, end) in sound {
      let spool = try data.drafts.audio(for: Invented.identifier(number))
      let found = await spool.end
      if found < end - Int64(AudioSpool.chunkLength) {
        problems.append("draft \(number): sound to \(found) of \(end)")
      }
      for run in try await spool.read(0..<found)
      where run.samples != Invented.samples(run.position..<run.end) {
        problems.append("draft \(number): sound differs")
      }
      if await spool.isDamaged { problems.append("draft \(number): sound damaged") }
      sound[number] = found
    }
    return problems
  }

  /// Journals and sound as they are before anybody opens the store.
  private static func files(_ directory: DataDirectory) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for folder in [directory.journals, directory.audio] {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        let path = folder + "/" + name
        files[path] = try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    return files
  }

  /// Files that recovery changed: it may only remove those of erased interviews.
  private static func rewritten(
    _ before: [String: Data], _ directory: DataDirectory
  ) throws -> [String] {
    try before.compactMap { path, contents in
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return try Data(contentsOf: URL(fileURLWithPath: path)) == contents
        ? nil : "recovery changed \(path)"
    }
  }

  /// Every submission that was told to be sent is at the server, none of them twice.
  private func verifyLake(_ root: String) throws -> [String] {
    let objects = try FolderTarget.contents(root + "/lake")
    var counts: [Int: Int] = [:]
    for id in objects.values.joined() {
      if let number = Invented.number(id) { counts[number, default: 0] += 1 }
    }
    var problems = sent.filter { counts[$0] == nil }.map { "\($0) was sent and is not there" }
    problems += counts.filter { $0.value > 1 }.map { "\($0.key) is there \($0.value) times" }
    return problems
  }

  /// An export is there whole or not at all.
  private func verifyExport(_ root: String) throws -> [String] {
    let path = root + "/export.jsonl"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 10)
    let isWhole = lines.allSatisfy { (try? JSONSerialization.jsonObject(with: Data($0))) != nil }
    return isWhole ? [] : ["the export is cut"]
  }
}
