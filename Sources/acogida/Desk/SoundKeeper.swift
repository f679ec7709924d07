import Audio
import Desk
import Messages
import Store

/// Puts the sound of an interview on the disk, and says when and how long that does not work.
@MainActor
final class SoundKeeper {
  /// The sound; nil before ``open()``.
  private(set) var spool: AudioSpool?
  private let interview: String
  private let drafts: DraftStore
  private let catalogue: Catalogue
  private let report: (DeskInput) -> Void
  private var storage = DeskState.SoundStorage()
  private var isRetrying = false
  private var isClosed = false

  /// - Parameter report: takes what the desk has to know.
  init(
    interview: String, drafts: DraftStore, catalogue: Catalogue,
    report: @escaping (DeskInput) -> Void
  ) {
    self.interview = interview
    self.drafts = drafts
    self.catalogue = catalogue
    self.report = report
  }

  /// Finds what was recorded before; makes no file.
  func open() async {
    guard spool == nil else { return }
    do { spool = try drafts.audio(for: interview) } catch { tell(error) }
  }

  /// Takes sound; what can't be written now is kept for later.
  func append(_ frame: AudioFrame) async {
    await save { try await $0.append(position: frame.position, samples: frame.samples) }
  }

  /// Writes what waits. After the recording no sound comes that would bring the next attempt, so it is made here.
  func flush() async {
    await save { try await $0.flush() }
    guard storage.isBlocked, !isRetrying else { return }
    isRetrying = true
    Task {
      while storage.isBlocked, !isClosed {
        try? await Task.sleep(for: .seconds(1))
        await save { try await $0.flush() }
      }
      isRetrying = false
    }
  }

  /// Writes what waits, as far as it can be written now.
  func close() async {
    isClosed = true
    try? await spool?.close()
  }

  /// Erases what was recorded; the next sound begins a new file.
  func erase() async throws {
    try? await spool?.close()
    spool = nil
    storage = DeskState.SoundStorage()
    report(.sound(storage))
    try drafts.discardAudio(interview)
  }

  /// Trouble is told once, and shown as long as it lasts.
  private func save(_ write: (AudioSpool) async throws -> Void) async {
    guard let spool else { return }
    do {
      try await write(spool)
      if storage.isBlocked { await show(spool, isBlocked: false) }
    } catch {
      if !storage.isBlocked { tell(error) }
      await show(spool, isBlocked: true)
    }
  }

  private func show(_ spool: AudioSpool, isBlocked: Bool) async {
    let rate = AudioFormat.sampleRate
    let lost = await spool.lost.reduce(0) { $0 + $1.count }
    let waiting = isBlocked ? await spool.unsaved : 0
    let now = DeskState.SoundStorage(
      isBlocked: isBlocked, waiting: waiting / rate, lost: (lost + rate - 1) / rate)
    guard now != storage else { return }
    storage = now
    report(.sound(now))
    guard !isBlocked else { return }
    let text =
      lost == 0
      ? catalogue.text("notice.soundSaved")
      : catalogue.text("notice.soundLost", ["seconds": String(now.lost)])
    report(.notice(DeskState.Notice(text, lost == 0 ? .information : .problem)))
  }

  private func tell(_ error: any Error) {
    report(.notice(DeskState.Notice(Failure.explain(error, catalogue), .problem)))
  }
}
