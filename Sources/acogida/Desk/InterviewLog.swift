import Desk
import Foundation
import Interview
import Store

/// Writes an interview's events to its journal, one after the other, and reports each when it is safe.
@MainActor
final class InterviewLog {
  private(set) var state: InterviewState
  private let header: InterviewHeader
  private let drafts: DraftStore
  private let report: (DeskInput) -> Void
  private let explain: (any Error) -> String
  private var journal: Journal<StampedEvent>?
  private var sequence: Int
  private let start = ContinuousClock.now
  private let elapsedBefore: Int64
  private let queue: AsyncStream<InterviewEvent>.Continuation
  private var worker: Task<Void, Never>?
  /// Events that are not on disk yet.
  private var pending = 0
  /// Why the last attempt to write failed; nil when it went well.
  private(set) var trouble: String?
  private var isClosing = false
  private var waiters: [CheckedContinuation<Bool, Never>] = []

  /// - Parameters:
  ///   - header: of a new interview, or of the draft that goes on.
  ///   - events: what happened in the draft.
  ///   - report: takes what the desk has to know.
  ///   - explain: the words for an error.
  init(
    header: InterviewHeader, events: [StampedEvent], drafts: DraftStore,
    report: @escaping (DeskInput) -> Void, explain: @escaping (any Error) -> String
  ) {
    self.header = header
    self.drafts = drafts
    self.report = report
    self.explain = explain
    state = InterviewState(events: events)
    sequence = (events.last?.sequence ?? -1) + 1
    elapsedBefore = events.last?.elapsed ?? 0
    let (stream, continuation) = AsyncStream<InterviewEvent>.makeStream()
    queue = continuation
    worker = Task { [weak self] in
      for await event in stream { await self?.write(event) }
    }
  }

  /// Takes an event; it is reported when it is on disk.
  func record(_ event: InterviewEvent) {
    pending += 1
    queue.yield(event)
    if trouble != nil { report(.unsaved(events: pending)) }
  }

  /// Waits until everything recorded so far is on disk; false when it can't be written now.
  func settle() async -> Bool {
    guard pending > 0, trouble == nil else { return pending == 0 }
    return await withCheckedContinuation { waiters.append($0) }
  }

  private func answer(_ isSettled: Bool) {
    for waiter in waiters { waiter.resume(returning: isSettled) }
    waiters.removeAll()
  }

  /// Writes what waits, as far as it can be written now, and closes the journal.
  func close() async {
    isClosing = true
    queue.finish()
    await worker?.value
    try? await journal?.close()
    journal = nil
  }

  private func write(_ event: InterviewEvent) async {
    // The interview begins with its first event: opening the desk and leaving again makes no draft.
    if state.header == nil, event != .began(header) { await store(.began(header)) }
    await store(event)
    pending -= 1
    if pending == 0 { answer(true) }
  }

  /// Appends until it is on disk: a full disk is waited for, nothing is dropped unless the person leaves.
  private func store(_ event: InterviewEvent) async {
    // Behind a lost event none may follow.
    if isClosing, trouble != nil { return }
    let stamped = StampedEvent(
      sequence: sequence, time: Clock.now, elapsed: elapsed, event: event)
    while true {
      do {
        let journal = try journal ?? drafts.journal(for: header.id, at: stamped.time)
        self.journal = journal
        try await journal.append([stamped])
        break
      } catch {
        fail(explain(error))
        if isClosing { return }
        // The next attempt: a person may be freeing space meanwhile.
        try? await Task.sleep(for: .seconds(1))
      }
    }
    if trouble != nil {
      trouble = nil
      report(.unsaved(events: 0))
      report(.notice(nil))
    }
    sequence += 1
    state.apply(stamped)
    report(.happened(stamped))
  }

  private func fail(_ reason: String) {
    if trouble == nil { report(.notice(DeskState.Notice(reason, .problem))) }
    trouble = reason
    report(.unsaved(events: pending))
    answer(false)
  }

  private var elapsed: Int64 {
    let passed = ContinuousClock.now - start
    return elapsedBefore + passed.components.seconds * 1000
      + passed.components.attoseconds / 1_000_000_000_000_000
  }
}

/// The wall clock.
enum Clock {
  /// Milliseconds since 1970-01-01 UTC.
  static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

  /// Now in UTC, ISO 8601.
  static var universal: String {
    Date(timeIntervalSince1970: Double(now / 1_000)).formatted(.iso8601)
  }

  /// A time in UTC, ISO 8601.
  static func stamp(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds / 1_000)).formatted(.iso8601)
  }

  /// Today in the local time zone, ISO 8601.
  static var today: String { day(now) }

  /// The local day of a time, ISO 8601.
  static func day(_ milliseconds: Int64) -> String { String(minute(milliseconds).prefix(10)) }

  /// The local time to the minute, `2026-11-21 09:30`.
  static func minute(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let pad = { (number: Int32) in number < 10 ? "0\(number)" : String(number) }
    return "\(parts.tm_year + 1900)-\(pad(parts.tm_mon + 1))-\(pad(parts.tm_mday)) "
      + "\(pad(parts.tm_hour)):\(pad(parts.tm_min))"
  }
}
