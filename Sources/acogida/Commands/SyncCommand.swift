import ArgumentParser
import Exchange
import Foundation
import Messages
import Store
import Synchronization
import Terminal

/// `acogida sync`: sends what is not at its targets yet.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: Help.text("help.sync"),
    discussion: Help.text("help.sync.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.sync.target", "name")) var target: String?
  @Flag(help: Help.of("help.sync.dryRun")) var dryRun = false
  @Flag(help: Help.of("help.sync.retryRefused")) var retryRefused = false
  @Flag(help: Help.of("help.sync.json")) var json = false

  func run() throws {
    let context = try StoreContext(common)
    let channels = try SyncChannels(
      context.configuration, context.locations, target: target, isOffline: dryRun)
    try context.existingDirectory()
    let data = try context.open(dryRun ? .reading : .sending)
    if dryRun { return try plan(data, channels, context) }
    try send(data, channels, context)
  }

  private func plan(
    _ data: StageData, _ channels: SyncChannels, _ context: StoreContext
  ) throws {
    for channel in channels.entries.flatMap(\.channels) {
      let plan = try SyncRun(data, channel, surroundings(SyncStop(), nil)).plan()
      if json {
        try Output.json(SyncPlanReport(plan, stage: context.configuration.stage))
      } else {
        try Output.line(
          context.catalogue.plural(
            "sync.plan", plan.submissions,
            ["channel": plan.channel, "parcels": String(plan.parcels)]))
        for (partition, count) in plan.partitions {
          let office = partition.office.isEmpty ? "—" : partition.office
          try Output.line("  \(partition.day)  \(office)  \(partition.form)  \(count)")
        }
      }
    }
  }

  private func send(
    _ data: StageData, _ channels: SyncChannels, _ context: StoreContext
  ) throws {
    let stop = SyncStop()
    stop.whenAsked { channels.cancel() }
    Signals.onEnd { stop.ask() }
    var isComplete = true
    var numbers = ["submissions": 0, "files": 0, "refused": 0]
    for entry in channels.entries {
      for channel in entry.channels {
        if retryRefused { try data.outbox.retryRefused(channel.id, at: Clock.now) }
        let total = try data.outbox.counts(channel.id).unsent
        let progress = Progress(total: total, label: channel.id, context.catalogue)
        var run = SyncRun(data, channel, surroundings(stop, progress))
        let report = try run.run()
        progress.clear()
        try tell(report, data, context)
        // Every dataset and format has the same submissions.
        numbers["submissions"] = max(numbers["submissions"] ?? 0, report.sent)
        numbers["files", default: 0] += report.parcels
        numbers["refused", default: 0] += report.refused.count
        isComplete = isComplete && report.stopped == nil && report.refused.isEmpty
        // The next format of the same target would meet the same.
        if report.stopped != nil { break }
      }
      if stop.wasAsked { break }
    }
    // Nothing of them is sent, and the others are not kept back.
    context.nameUnreadable(in: data)
    Notice(
      event: .sync, stage: context.configuration.stage, succeeded: isComplete, numbers: numbers
    ).send(context.configuration.notify, context.catalogue)
    if !isComplete, Signals.exitCode == nil { throw ExitCode(1) }
  }

  private func tell(_ report: SyncReport, _ data: StageData, _ context: StoreContext) throws {
    let counts = try data.outbox.counts(report.channel)
    let catalogue = context.catalogue
    if json {
      try Output.json(SyncRunReport(report, counts, stage: context.configuration.stage))
    } else {
      try Output.line(
        catalogue.plural(
          "sync.done", report.sent,
          [
            "channel": report.channel, "parcels": String(report.parcels),
            "bytes": String(report.bytes), "unsent": String(counts.unsent),
          ]))
    }
    for problem in Set(report.refused).sorted(by: { $0.kind.rawValue < $1.kind.rawValue }) {
      StandardError.write(catalogue.text("sync.refused") + problem.text(catalogue) + "\n")
    }
    for form in report.unknownForms.sorted() {
      StandardError.write(catalogue.text("sync.unknownForm", ["form": form]) + "\n")
    }
    if let problem = report.stopped {
      StandardError.write(catalogue.text("error.prefix") + problem.text(catalogue) + "\n")
    }
  }

  private func surroundings(_ stop: SyncStop, _ progress: Progress?) -> SyncSurroundings {
    SyncSurroundings(
      now: { Clock.now }, pause: { stop.wait($0) }, progress: { progress?.show($0) })
  }
}

/// Lets a person stop a run, also while it waits.
final class SyncStop: Sendable {
  private let asked = DispatchSemaphore(value: 0)
  private let action = Mutex<(@Sendable () -> Void)?>(nil)

  /// Asks for the end.
  func ask() {
    asked.signal()
    action.withLock { $0 }?()
  }

  /// Whether the end was asked for.
  var wasAsked: Bool { !wait(.zero) }

  /// Runs the action when the end is asked for, at once where it was already.
  func whenAsked(_ action: @escaping @Sendable () -> Void) {
    self.action.withLock { $0 = action }
    if wasAsked { action() }
  }

  /// Waits; false when the end was asked for.
  func wait(_ duration: Duration) -> Bool {
    let milliseconds = Int(duration / .milliseconds(1))
    guard asked.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
      return true
    }
    asked.signal()
    return false
  }
}

extension SyncProblem {
  /// The problem in words.
  func text(_ catalogue: Catalogue) -> String {
    let hint = [status.map { "HTTP \($0)" }, detail.isEmpty ? nil : detail].compactMap(\.self)
      .joined(separator: " ")
    let reason = catalogue.text("syncProblem.\(kind.rawValue)")
    return Visible.text(hint.isEmpty ? reason : "\(reason) (\(hint))")
  }
}
