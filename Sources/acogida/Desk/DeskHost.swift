import Desk
import Extraction
import Forms
import Interview
import Messages
import Store

/// What stands behind the desk for one run of the program: the first screen, and one interview after another.
@MainActor
final class DeskHost: DeskServices {
  let inputs: AsyncStream<DeskInput>
  private let continuation: AsyncStream<DeskInput>.Continuation
  private let interviews: InterviewFactory
  private let home: HomeReader
  private let worker: LongWorker
  private var session: DeskSession?
  /// Number of the interview on the desk: what one that was put away still tells reaches nobody.
  private var number = 0
  private var leaving: Task<Void, Never>?
  private var search: Task<Void, Never>?

  init(_ interviews: InterviewFactory) {
    self.interviews = interviews
    home = HomeReader(
      data: interviews.data, form: interviews.form, configuration: interviews.configuration)
    let (inputs, continuation) = AsyncStream<DeskInput>.makeStream()
    self.inputs = inputs
    self.continuation = continuation
    worker = LongWorker(interviews) { continuation.yield($0) }
  }

  /// Puts an interview on the desk and loads what it needs.
  func begin(_ setting: DeskSession.Setting) {
    number += 1
    let mine = number
    let session = DeskSession(setting) { [weak self] input in
      guard let self, mine == number else { return }
      continuation.yield(input)
    }
    self.session = session
    session.prepare()
  }

  func perform(_ effect: DeskEffect) {
    switch effect {
    case .readLists: readLists()
    case .find(let words): find(words)
    case .read(let id): read(id)
    case .openNew: open { [interviews] in try interviews.new() }
    case .openDraft(let id): open { [interviews] in try await interviews.draft(id) }
    case .discard(let id): discard(id)
    case .export(let request): worker.export(request) { [weak self] in self?.readLists() }
    case .sync: worker.sync { [weak self] in self?.readLists() }
    case .cancelWork: worker.cancel()
    case .leaveInterview: leave()
    default: session?.perform(effect)
    }
  }

  func close() async {
    search?.cancel()
    leave()
    await worker.close()
    await leaving?.value
    continuation.finish()
  }

  // MARK: - Interviews

  /// Puts the interview away; the next one begins when everything of this one is on disk.
  private func leave() {
    guard let session else { return }
    self.session = nil
    number += 1
    let before = leaving
    leaving = Task {
      await before?.value
      await session.close()
      self.readLists()
    }
  }

  private func open(_ make: @escaping () async throws -> DeskSession.Setting) {
    Task {
      await leaving?.value
      do {
        let setting = try await make()
        continuation.yield(.opened(interviews.opened(setting)))
        begin(setting)
      } catch {
        continuation.yield(.notOpened(problem(error)))
      }
    }
  }

  private func discard(_ id: String) {
    Task {
      await leaving?.value
      let data = interviews.data
      await attempt {
        try data.drafts.discard(id, at: Clock.now)
        return .notice(DeskState.Notice(self.interviews.catalogue.text("notice.discarded")))
      }
      readLists()
    }
  }

  // MARK: - What is kept

  private func readLists() {
    let home = home
    Task { await attempt { .lists(try home.lists()) } }
  }

  private func read(_ id: String) {
    let home = home
    let interviews = interviews
    Task {
      await attempt {
        let submission = try home.data.submissions.get(id)
        return .submission(
          DeskState.SubmittedRecord(
            submission: submission, form: interviews.form(named: submission.form),
            time: Clock.minute(submission.submitted)))
      }
    }
  }

  /// A new search ends the one before.
  private func find(_ words: String) {
    search?.cancel()
    guard !words.isEmpty else { return }
    let home = home
    let report = continuation
    search = Task {
      await attempt {
        try home.search(words) { report.yield(.found($0)) }
        return nil
      }
    }
  }

  /// Works away from the desk, which goes on meanwhile; tells what came of it.
  private func attempt(_ work: @escaping @Sendable () throws -> DeskInput?) async {
    let task = Task.detached { try work() }
    do {
      let input = try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
      if let input { continuation.yield(input) }
    } catch is CancellationError {
    } catch {
      continuation.yield(.notice(problem(error)))
    }
  }

  private func problem(_ error: any Error) -> DeskState.Notice {
    DeskState.Notice(Failure.explain(error, interviews.catalogue), .problem)
  }
}
