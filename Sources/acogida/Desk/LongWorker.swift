import Desk
import Exchange
import Forms
import Foundation
import Messages
import Store

/// Exports and synchronises beside the desk; one at a time, and each can be cancelled.
@MainActor
final class LongWorker {
  private let interviews: InterviewFactory
  private let report: @Sendable (DeskInput) -> Void
  private var task: Task<Void, Never>?
  private var stop: SyncStop?

  init(_ interviews: InterviewFactory, report: @escaping @Sendable (DeskInput) -> Void) {
    self.interviews = interviews
    self.report = report
  }

  /// Writes all submissions of the form, with the list of columns beside them.
  ///
  /// - Parameter then: runs when it is over.
  func export(_ request: DeskState.ExportRequest, then: @escaping @MainActor () -> Void) {
    let job = ExportJob(interviews, request, report)
    begin(then) { try job.run() }
  }

  /// Sends to all targets of the stage.
  ///
  /// - Parameter then: runs when it is over.
  func sync(then: @escaping @MainActor () -> Void) {
    let stop = SyncStop()
    self.stop = stop
    let job = SyncJob(interviews, stop, report)
    begin(then) { try job.run() }
  }

  func cancel() {
    stop?.ask()
    task?.cancel()
  }

  /// Ends what is under way; returns when nothing half done is left.
  func close() async {
    cancel()
    await task?.value
  }

  private func begin(
    _ then: @escaping @MainActor () -> Void, _ work: @escaping @Sendable () throws -> DeskInput
  ) {
    let before = task
    let catalogue = interviews.catalogue
    task = Task {
      await before?.value
      let job = Task.detached { try work() }
      do {
        report(
          try await withTaskCancellationHandler {
            try await job.value
          } onCancel: {
            job.cancel()
          })
      } catch is CancellationError {
        report(.worked(DeskState.Notice(catalogue.text("work.cancelled"))))
      } catch {
        report(.worked(DeskState.Notice(Failure.explain(error, catalogue), .problem)))
      }
      stop = nil
      then()
    }
  }
}

/// An export to a file, from the desk.
private struct ExportJob: Sendable {
  let interviews: InterviewFactory
  let request: DeskState.ExportRequest
  let report: @Sendable (DeskInput) -> Void

  init(
    _ interviews: InterviewFactory, _ request: DeskState.ExportRequest,
    _ report: @escaping @Sendable (DeskInput) -> Void
  ) {
    self.interviews = interviews
    self.request = request
    self.report = report
  }

  func run() throws -> DeskInput {
    let home = interviews.locations.environment["HOME"] ?? ""
    let path = request.path.hasPrefix("~/") ? home + request.path.dropFirst() : request.path
    if !request.replaces, FileManager.default.fileExists(atPath: path) {
      return .exportIsTaken(request)
    }
    // What `acogida export` reads: the form as its file has it.
    let form = interviews.form.withoutBuiltInVocabularies
    let options = ExportOptions(format: ExportFormat(rawValue: request.format.rawValue) ?? .csv)
    do throws(ExportError) {
      let done = try write(form, options, to: path)
      options.noteComplete(done, form: form, in: interviews.data)
      return .worked(DeskState.Notice(text(done)))
    } catch .cancelled {
      throw CancellationError()
    } catch {
      throw Failure(error, path: request.path)
    }
  }

  private func write(
    _ form: FormDefinition, _ options: ExportOptions, to path: String
  ) throws(ExportError) -> ExportReport {
    var filter = SubmissionFilter()
    filter.form = form.id
    let total: Int
    do { total = try interviews.data.submissions.count(filter) } catch { throw .store(error) }
    let report = report
    report(.working(DeskState.LongWork(.export, total: total)))
    let done = try Export(form: form, options: options).write(
      interviews.data.submissions, to: .file(path)
    ) { report(.working(DeskState.LongWork(.export, done: $0, total: total))) }
    let dictionary = ColumnDictionary(
      form: form, options: options, stage: interviews.configuration.stage)
    _ = try dictionary.write(beside: path, at: Clock.universal)
    return done
  }

  private func text(_ done: ExportReport) -> String {
    let catalogue = interviews.catalogue
    var parts = [catalogue.plural("export.done", done.submissions, ["path": request.path])]
    if done.unconfirmed > 0 {
      parts.append(catalogue.plural("export.unconfirmed", done.unconfirmed))
    }
    return parts.joined(separator: " · ")
  }
}

/// A synchronisation, from the desk.
private struct SyncJob: Sendable {
  let interviews: InterviewFactory
  let stop: SyncStop
  let report: @Sendable (DeskInput) -> Void

  init(
    _ interviews: InterviewFactory, _ stop: SyncStop,
    _ report: @escaping @Sendable (DeskInput) -> Void
  ) {
    self.interviews = interviews
    self.stop = stop
    self.report = report
  }

  func run() throws -> DeskInput {
    let targets = try SyncChannels(
      interviews.configuration, interviews.locations, target: nil, isOffline: false)
    let data = try interviews.data.forSending()
    let total = try targets.entries.flatMap(\.channels).reduce(0) { sum, channel in
      sum + (try data.outbox.counts(channel.id).unsent)
    }
    report(.working(DeskState.LongWork(.sync, total: total)))
    stop.whenAsked { targets.cancel() }
    var sent = 0
    var problems: [SyncProblem] = []
    for entry in targets.entries {
      for channel in entry.channels where !stop.wasAsked {
        let (report, before) = (report, sent)
        var run = SyncRun(
          data, channel,
          SyncSurroundings(
            now: { Clock.now }, pause: { [stop] in stop.wait($0) },
            progress: {
              report(.working(DeskState.LongWork(.sync, done: before + $0, total: total)))
            }
          ))
        let done = try run.run()
        sent += done.sent
        problems += done.refused + (done.stopped.map { [$0] } ?? [])
        // The next format of the same target would meet the same.
        if done.stopped != nil { break }
      }
    }
    return .worked(result(sent, problems))
  }

  private func result(_ sent: Int, _ problems: [SyncProblem]) -> DeskState.Notice {
    let catalogue = interviews.catalogue
    let text = catalogue.plural("work.sent", sent)
    if stop.wasAsked { return DeskState.Notice(catalogue.text("work.cancelled") + " · " + text) }
    guard let problem = problems.first else { return DeskState.Notice(text) }
    return DeskState.Notice(text + " · " + problem.text(catalogue), .problem)
  }
}
