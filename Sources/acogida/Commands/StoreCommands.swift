import ArgumentParser
import Exchange
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Tone

/// What every command about kept data begins with.
struct StoreContext {
  let locations: Locations
  let configuration: Configuration
  let catalogue: Catalogue

  init(_ common: CommonOptions) throws {
    locations = Locations()
    configuration = try Configuration.load(common, locations)
    catalogue = Catalogue.current(locations)
  }

  /// The stage's data, to be changed; a stage that has none is not made.
  func openExisting() throws -> StageData {
    try existingDirectory()
    return try open(.working)
  }

  /// The stage's folder, which must hold something.
  @discardableResult
  func existingDirectory() throws -> DataDirectory {
    let directory = try directory()
    let names = try? FileManager.default.contentsOfDirectory(atPath: directory.path)
    guard let names, !names.isEmpty else { throw StoreError.noData(path: directory.path) }
    return directory
  }

  /// The stage's folder.
  func directory() throws -> DataDirectory {
    try DataDirectory(root: locations.data.path, stage: configuration.stage)
  }

  /// The stage's data; where a passphrase wraps the key it is asked for, three times at most.
  func open(_ access: StageData.Access) throws -> StageData {
    try Self.asking(catalogue) {
      try StageData.open(
        directory(), access: access, policy: AfterSubmit(keepsAudio: configuration.keepAudio),
        unlock: PassphrasePrompt.unlock(catalogue))
    }
  }

  /// The stage's data for the desk: what the rules say is to go, goes first.
  func openForDesk() throws -> StageData {
    let data = try open(.working)
    do throws(StoreError) {
      if try data.applyAtStart(configuration.retention, at: Clock.now) == nil {
        StandardError.write(catalogue.text("retention.clock") + "\n")
      }
    } catch {
      // Nobody is turned away because something can't be removed now.
      StandardError.write(Failure.explain(error, catalogue) + "\n")
    }
    return data
  }

  /// Tries again where somebody at a terminal mistyped the passphrase.
  static func asking<Result>(_ catalogue: Catalogue, _ work: () throws -> Result) throws -> Result {
    let isFile = ProcessInfo.processInfo.environment[PassphrasePrompt.variable]?.isEmpty == false
    for _ in 0..<2 where !isFile {
      do { return try work() } catch StoreError.wrongPassphrase {
        StandardError.write(catalogue.text("passphrase.wrong") + "\n")
      }
    }
    return try work()
  }

  /// Names the submissions that could not be read and were left out.
  ///
  /// - Returns: whether there were any.
  @discardableResult
  func nameUnreadable(in data: StageData) -> Bool {
    let skipped = data.submissions.unreadable
    for one in skipped {
      StandardError.write(
        catalogue.text("skipped.\(one.reason.rawValue)", ["id": one.id]) + "\n")
    }
    return !skipped.isEmpty
  }

  /// Names the submissions that were left out; a result that is not whole is no success.
  ///
  /// - Throws: an exit code of 1.
  func requireAllRead(in data: StageData) throws {
    if nameUnreadable(in: data) { throw ExitCode(1) }
  }

  /// Who does something, for the audit trail.
  func actor(_ reason: String = "") -> Actor {
    Actor(technician: configuration.technician, reason: reason)
  }

  func form(_ name: String?) throws -> FormDefinition {
    try FormFile.load(locations.form(name ?? configuration.form))
  }
}

/// `acogida list`: submissions, newest last.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: Help.text("help.list"),
    discussion: Help.text("help.list.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var period: PeriodOptions
  @Flag(help: Help.of("help.jsonLines")) var json = false

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    for summary in try data.submissions.list(period.filter(context.configuration)) {
      if json {
        try Output.json(summary)
      } else {
        try Output.line(
          "\(summary.id)  \(Clock.minute(summary.submitted))  \(summary.form)  \(summary.stage)")
      }
    }
  }
}

/// Options that choose submissions by time, office and whether they were sent.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: Help.of("help.periodOptions.since", "yyyy-mm-dd"))
  var since: Day?

  @Option(help: Help.of("help.periodOptions.before", "yyyy-mm-dd"))
  var before: Day?

  @Option(help: Help.of("help.periodOptions.office", "code"))
  var office: String?

  @Option(help: Help.of("help.periodOptions.state"))
  var state: SubmissionFilter.Delivery?

  func filter(_ configuration: Configuration) -> SubmissionFilter {
    SubmissionFilter(
      office: office, since: since?.start, before: before?.start, delivery: state,
      channels: configuration.channelNames)
  }
}

extension SubmissionFilter.Delivery: ExpressibleByArgument {}

/// A day on the command line.
struct Day: ExpressibleByArgument, Sendable {
  /// Local midnight at which it begins, milliseconds since 1970-01-01 UTC.
  let start: Int64

  init?(argument: String) {
    let parts = argument.split(separator: "-").compactMap { Int32($0) }
    guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
      return nil
    }
    var day = tm()
    day.tm_year = parts[0] - 1900
    day.tm_mon = parts[1] - 1
    day.tm_mday = parts[2]
    day.tm_isdst = -1
    start = Int64(mktime(&day)) * 1000
  }
}

/// `acogida show ID`: one submission with values, states and evidence.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: Help.text("help.show"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.show.id")) var id: String
  @Flag(help: Help.of("help.json")) var json = false

  func run() throws {
    let context = try StoreContext(common)
    let submission = try context.open(.reading).submissions.get(id)
    if json {
      try Output.json(submission)
      return
    }
    let form = try? context.form(submission.form)
    try Output.line("\(submission.id)  \(Clock.minute(submission.submitted))  \(submission.stage)")
    for field in submission.fields where field.status != .empty {
      let label = form?.field(field.name)?.label.text(context.catalogue.language)
      let value = field.value.map { show($0, context.catalogue) } ?? "—"
      let state = context.catalogue.text("state.\(field.status.rawValue)")
      try Output.line("\(label ?? field.name.rawValue): \(value)  (\(state))")
      if let words = field.heard?.evidence.last {
        try Output.line("    «\(words.text)» \(Int(words.start)) s")
      }
    }
    try Output.line("")
    if let tones = submission.tones {
      let overall = ToneReader.overall(Talk(submission, by: nil).turns.compactMap(\.tone))
      try Output.line(
        context.catalogue.text(
          "show.tone",
          [
            "tone": context.catalogue.text("tone.\(overall.rawValue)"),
            "turns": String(tones.count), "all": String(submission.segments.count),
          ]))
    }
    for segment in submission.segments {
      let tone = submission.tones?.first { $0.segment == segment.id }.map {
        "  [\(context.catalogue.text("tone.\($0.reading.tone.rawValue)")): \($0.reading.phrases.joined(separator: "; "))]"
      }
      try Output.line("\(Int(segment.start)) s\t\(segment.text)\(tone ?? "")")
    }
  }

  private func show(_ value: FieldValue, _ catalogue: Catalogue) -> String {
    if case .boolean(let flag) = value { return catalogue.text(flag ? "value.yes" : "value.no") }
    return value.displayText
  }
}

/// `acogida erase ID`: removes a submission or a draft, its journal and its sound.
struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: Help.text("help.erase"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.erase.id")) var id: String
  @Flag(help: Help.of("help.erase.yes")) var yes = false
  @Option(help: Help.of("help.erase.reason", "text")) var reason = ""

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.openExisting()
    // Opening the data cleared away what a backup had of one that was erased before.
    if let cleared = data.clearedAway.first(where: { $0 == id.lowercased() }) {
      StandardError.write(context.catalogue.text("erase.cleared", ["id": cleared]) + "\n")
      return
    }
    let kept = try data.findToErase(id.lowercased())
    let kind = kept.isDraft ? "draft" : "submission"
    if !yes {
      guard isatty(0) == 1 else { throw Failure(key: "error.needsYes", exitCode: 2) }
      StandardError.write(context.catalogue.text("erase.question.\(kind)", ["id": kept.id]) + " ")
      let answer = (readLine() ?? "").lowercased()
      guard answer == "s" || answer == "y" else { throw ExitCode(2) }
    }
    try data.erase(kept.id, at: Clock.now, by: context.actor(reason))
    StandardError.write(context.catalogue.text("erase.done.\(kind)", ["id": kept.id]) + "\n")
    for receipt in try data.outbox.receipts(kept.id) where receipt.state == .sent {
      StandardError.write(context.catalogue.text("erase.sent", ["place": receipt.place]) + "\n")
    }
    if !kept.isDraft { StandardError.write(context.catalogue.text("erase.copies") + "\n") }
  }
}

/// `acogida recover`: drafts, and repair of a damaged database from what is whole.
struct RecoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover", abstract: Help.text("help.recover"),
    discussion: Help.text("help.recover.about"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.recover.rebuild")) var rebuild = false

  func run() throws {
    let context = try StoreContext(common)
    if rebuild {
      try repair(context)
      return
    }
    for draft in try context.openExisting().drafts.list() {
      let time = Clock.minute(draft.lastChange)
      try Output.line(
        context.catalogue.text(
          "recover.draft",
          ["id": draft.id, "time": time, "answered": String(draft.answered)])
          + (draft.loss.map { "  (\($0.text(context.catalogue)))" } ?? ""))
    }
  }

  private func repair(_ context: StoreContext) throws {
    let report = try StageData.recover(
      try context.existingDirectory(), at: Clock.now,
      policy: AfterSubmit(keepsAudio: context.configuration.keepAudio),
      unlock: PassphrasePrompt.unlock(context.catalogue)
    ) { id, _ in try? context.form(id) }
    try Output.line(
      context.catalogue.text(
        "recover.done",
        [
          "database": String(report.fromDatabase), "journals": String(report.fromJournals),
          "lost": String(report.unrecovered.count), "aside": report.damagedDatabase ?? "—",
        ]))
  }
}

/// `acogida status`: how much is kept and in which stage.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: Help.text("help.status"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.json")) var json = false

  private struct Report: Encodable {
    let schema = "acogida.status/1"
    let stage: String
    let submissions: Int
    let drafts: Int
    /// How much is where, by the stage's channels.
    let channels: [String: ChannelCounts]
  }

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    let names = context.configuration.channelNames
    let counts = try names.map { ($0, try data.outbox.counts($0)) }
    let report = Report(
      stage: context.configuration.stage, submissions: try data.submissions.count(),
      drafts: try data.drafts.list().count,
      channels: Dictionary(counts, uniquingKeysWith: { first, _ in first }))
    if json {
      try Output.json(report)
    } else {
      try Output.line(
        context.catalogue.text(
          "status.report",
          [
            "stage": report.stage, "submissions": String(report.submissions),
            "drafts": String(report.drafts),
          ]))
      for (name, counts) in counts {
        try Output.line(
          context.catalogue.text(
            "status.unsentTo",
            [
              "channel": name, "sent": String(counts.sent), "unsent": String(counts.unsent),
              "refused": String(counts.refused),
            ]))
      }
    }
  }
}
