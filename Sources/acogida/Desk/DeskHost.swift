import Desk
import Extraction
import Forms
import Interview
import Messages
import Store
import Vault

/// What stands behind the desk for one run of the program: the first screen, and one interview after another.
@MainActor
final class DeskHost: DeskServices {
  let inputs: AsyncStream<DeskInput>
  private let continuation: AsyncStream<DeskInput>.Continuation
  private let catalogue: Catalogue
  private let door: StageDoor
  /// What works on the stage's data; nil while the keys are wiped.
  private var stage: OpenStage?
  private var session: DeskSession?
  /// Number of the interview on the desk: what one that was put away still tells reaches nobody.
  private var number = 0
  private var leaving: Task<Void, Never>?
  private var wiping: Task<Void, Never>?
  private var search: Task<Void, Never>?
  private var dashboard: Task<Void, Never>?

  init(_ interviews: InterviewFactory, door: StageDoor) {
    self.door = door
    catalogue = interviews.catalogue
    let (inputs, continuation) = AsyncStream<DeskInput>.makeStream()
    self.inputs = inputs
    self.continuation = continuation
    stage = OpenStage(interviews) { continuation.yield($0) }
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

  /// Puts an interview on the desk that is made once the first picture is drawn: its language pack takes a while.
  func beginSoon(_ make: @escaping @MainActor () throws -> DeskSession.Setting) {
    Task {
      do { begin(try make()) } catch { continuation.yield(.notOpened(problem(error))) }
    }
  }

  /// Tells what the desk goes on without.
  func tell(_ error: any Error) { continuation.yield(.notice(problem(error))) }

  func perform(_ effect: DeskEffect) {
    switch effect {
    case .wipeKeys: wipeKeys()
    case .uncover(let secret): uncover(secret)
    default: if let stage { perform(effect, stage) }
    }
  }

  private func perform(_ effect: DeskEffect, _ stage: OpenStage) {
    let interviews = stage.interviews
    switch effect {
    case .readLists: readLists()
    case .find(let words): find(words, stage.home)
    case .read(let id): read(id, stage)
    case .readDashboard: readDashboard(stage)
    case .openNew: open(interviews) { try interviews.new() }
    case .openDraft(let id): open(interviews) { try await interviews.draft(id) }
    case .discard(let id): discard(id, interviews)
    case .export(let request): stage.worker.export(request) { [weak self] in self?.readLists() }
    case .sync: stage.worker.sync { [weak self] in self?.readLists() }
    case .cancelWork: stage.worker.cancel()
    case .leaveInterview: leave()
    default: session?.perform(effect)
    }
  }

  func close() async {
    search?.cancel()
    dashboard?.cancel()
    leave()
    await dashboard?.value
    await stage?.worker.close()
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
    }
  }

  private func open(
    _ interviews: InterviewFactory, _ make: @escaping () async throws -> DeskSession.Setting
  ) {
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

  private func discard(_ id: String, _ interviews: InterviewFactory) {
    Task {
      await leaving?.value
      let data = interviews.data
      await attempt {
        try data.drafts.discard(id, at: Clock.now)
        return .notice(DeskState.Notice(interviews.catalogue.text("notice.discarded")))
      }
      readLists()
    }
  }

  // MARK: - The covered screen

  /// Lets go of everything that holds keys, which wipes them, once what is under way is on disk.
  private func wipeKeys() {
    guard session == nil else { return }
    search?.cancel()
    dashboard?.cancel()
    wiping = Task {
      await leaving?.value
      await dashboard?.value
      stage = nil
    }
  }

  /// Tries the passphrase: opens the stage anew where its keys were wiped.
  private func uncover(_ secret: TypedSecret) {
    Task {
      await wiping?.value
      let (door, isOpen) = (door, stage != nil)
      do {
        var bytes = secret.take()
        let passphrase = try Passphrase(wiping: &bytes)
        if isOpen {
          try await Task.detached { try door.check(passphrase) }.value
        } else {
          let interviews = try await Task.detached { try door.open(passphrase) }.value
          stage = OpenStage(interviews) { [continuation] in continuation.yield($0) }
        }
        continuation.yield(.uncovered)
      } catch VaultError.wrongPassphrase, StoreError.wrongPassphrase {
        continuation.yield(.stillCovered(catalogue.text("cover.wrong")))
      } catch {
        continuation.yield(.stillCovered(Failure.explain(error, catalogue)))
      }
    }
  }

  // MARK: - What is kept

  private func readLists() {
    guard let home = stage?.home else { return }
    Task {
      // Until an interview is put away its draft is in use and in no list.
      await leaving?.value
      await attempt { .lists(try home.lists()) }
    }
  }

  private func read(_ id: String, _ stage: OpenStage) {
    let (home, interviews) = (stage.home, stage.interviews)
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

  /// Reads the numbers; asked for again, the reading under way goes on.
  private func readDashboard(_ stage: OpenStage) {
    guard dashboard == nil else { return }
    let (reader, language) = (stage.dashboard, catalogue.language)
    dashboard = Task {
      await attempt { .dashboard(try reader.desk(language)) }
      dashboard = nil
    }
  }

  /// A new search ends the one before.
  private func find(_ words: String, _ home: HomeReader) {
    search?.cancel()
    guard !words.isEmpty else { return }
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
    DeskState.Notice(Failure.explain(error, catalogue), .problem)
  }
}
