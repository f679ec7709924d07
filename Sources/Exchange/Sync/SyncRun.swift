import Store

/// What one run did with a channel.
public struct SyncReport: Hashable, Sendable {
  /// The channel.
  public let channel: String
  /// Submissions that arrived in this run.
  public internal(set) var sent = 0
  /// Parcels that arrived in this run.
  public internal(set) var parcels = 0
  /// Bytes of these parcels.
  public internal(set) var bytes = 0
  /// Attempts that failed and were repeated.
  public internal(set) var retries = 0
  /// What the server will not have, one for each parcel refused in this run.
  public internal(set) var refused: [SyncProblem] = []
  /// Why the run ended before all was sent; nil when it did not.
  public internal(set) var stopped: SyncProblem?
  /// Submissions of forms that this machine does not know; they wait.
  public internal(set) var unknownForms: Set<String> = []

  init(channel: String) { self.channel = channel }
}

/// What a run needs from outside.
public struct SyncSurroundings: Sendable {
  /// Now, milliseconds since 1970-01-01 UTC.
  public var now: @Sendable () -> Int64
  /// Waits; false when the person stopped the run meanwhile.
  public var pause: @Sendable (Duration) -> Bool
  /// Hears how many submissions have arrived.
  public var progress: @Sendable (_ sent: Int) -> Void
  /// How often and how long after a failure the same is tried again.
  public var policy: RetryPolicy

  /// Makes surroundings.
  public init(
    now: @escaping @Sendable () -> Int64, pause: @escaping @Sendable (Duration) -> Bool,
    progress: @escaping @Sendable (Int) -> Void = { _ in }, policy: RetryPolicy = .init()
  ) {
    self.now = now
    self.pause = pause
    self.progress = progress
    self.policy = policy
  }
}

/// Sends through one channel what is not at its target yet.
///
/// May be killed at any instant and started again: what was frozen is sent again with the same bytes under the same name.
public struct SyncRun {
  private let outbox: Outbox
  private let submissions: SubmissionStore
  private let stage: String
  private let channel: Channel
  private let surroundings: SyncSurroundings
  private var report: SyncReport
  private var generator = SystemRandomNumberGenerator()

  /// So many refusals in a row are no accident: the rest would be refused too.
  private static let refusalLimit = 3
  /// Submissions looked at together.
  private static let window = 20_000

  /// Prepares a run.
  public init(_ data: StageData, _ channel: Channel, _ surroundings: SyncSurroundings) {
    outbox = data.outbox
    submissions = data.submissions
    stage = data.directory.stage
    self.channel = channel
    self.surroundings = surroundings
    report = SyncReport(channel: channel.id)
  }

  /// What the run would send now: submissions and parcels, nothing frozen and nothing sent.
  ///
  /// - Throws: ``StoreError``.
  public func plan() throws(StoreError) -> SyncPlan {
    let waiting = try outbox.parcels(channel.id, in: [.waiting])
    let pending = try outbox.pending(channel.id).filter { $0.stage == stage }
    var partitions: [LakePartition: Int] = [:]
    for summary in pending { partitions[LakePartition(summary), default: 0] += 1 }
    var frozen = 0
    for parcel in waiting { frozen += try outbox.size(of: parcel) }
    return SyncPlan(
      channel: channel.id, submissions: pending.count + frozen, frozen: frozen,
      parcels: waiting.count + channel.packer.groups(pending).count,
      partitions: partitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// Sends.
  ///
  /// - Throws: ``StoreError``; whatever arrived before is noted.
  public mutating func run() throws -> SyncReport {
    _ = try sendAll()
    return report
  }

  /// False when the run was stopped.
  private mutating func sendAll() throws -> Bool {
    let isWorthIt =
      try !outbox.pending(channel.id, limit: 1).isEmpty
      || !outbox.parcels(channel.id, in: [.waiting, .dissolved]).isEmpty
    guard isWorthIt else { return true }
    let target = channel.target
    guard case .there = persist({ target.greet() }) else { return false }
    for parcel in try outbox.parcels(channel.id, in: [.dissolved]) {
      guard try settle(parcel) else { return false }
    }
    for parcel in try outbox.parcels(channel.id, in: [.waiting]) {
      guard try send(parcel) else { return false }
    }
    return try sendPending()
  }

  private mutating func sendPending() throws -> Bool {
    var tried: Set<String> = []
    while true {
      let pending = try outbox.pending(channel.id, limit: Self.window + tried.count)
        .filter { $0.stage == stage && !tried.contains($0.id) }
      guard !pending.isEmpty else { return true }
      for group in channel.packer.groups(pending) {
        guard channel.packer.knows(group) else {
          tried.formUnion(group.map(\.id))
          report.unknownForms.formUnion(group.map(\.form))
          continue
        }
        let draft = try channel.packer.draft(group, submissions)
        // What can't be read is not in the draft, and would be met again and again.
        tried.formUnion(submissions.unreadable.map(\.id))
        // Nil: something of it was erased meanwhile; the rest is grouped again.
        guard let draft,
          let parcel = try outbox.freeze(draft, channel: channel.id, at: surroundings.now())
        else { continue }
        guard try send(parcel) else { return false }
      }
    }
  }

  /// A parcel whose bytes are gone: had it arrived?
  private mutating func settle(_ parcel: Parcel) throws -> Bool {
    guard parcel.attempts > 0 else {
      try outbox.freeDissolved(parcel)
      return true
    }
    let target = channel.target
    switch persist({ target.find(parcel) }) {
    case .there(let status):
      try outbox.settleDissolved(
        parcel, place: target.place(of: parcel.name), status: status, at: surroundings.now())
      return true
    case .absent, .refused:
      try outbox.freeDissolved(parcel)
      return true
    case .again, .stop: return false
    }
  }

  /// Sends a parcel until it is there, or refused; false when the run has to stop.
  private mutating func send(_ parcel: Parcel) throws -> Bool {
    guard let payload = try outbox.payload(of: parcel) else { return true }
    // Counted before the first byte leaves: what was never begun can't have arrived.
    guard try outbox.begin(parcel, at: surroundings.now()) else { return true }
    let target = channel.target
    let place = target.place(of: parcel.name)
    switch persist({ target.deliver(parcel, payload) }) {
    case .there(let status):
      try outbox.noteSent(parcel, place: place, status: status, at: surroundings.now())
      report.sent += try outbox.size(of: parcel)
      report.parcels += 1
      report.bytes += payload.count
      surroundings.progress(report.sent)
      return true
    case .refused(let problem):
      try outbox.noteRefused(
        parcel, place: place, status: problem.status ?? 0, reason: problem.kind.rawValue,
        at: surroundings.now())
      report.refused.append(problem)
      guard report.parcels == 0, report.refused.count >= Self.refusalLimit else { return true }
      report.stopped = problem
      return false
    case .absent, .again, .stop: return false
    }
  }

  /// Repeats what may succeed later. A refusal has to be said twice: one answer may have been damaged on the way.
  private mutating func persist(_ attempt: () -> SendOutcome) -> SendOutcome {
    var last: SendOutcome?
    for failures in 1...max(1, surroundings.policy.attempts) {
      let outcome = attempt()
      switch outcome {
      case .there, .absent: return outcome
      case .refused(let problem), .stop(let problem):
        if problem.status == nil || isRepeated(outcome, last) {
          if case .stop = outcome { report.stopped = problem }
          return outcome
        }
      case .again(let problem, let asked):
        let isLast = failures == surroundings.policy.attempts
        let pause = surroundings.policy.pause(
          after: failures, asked: asked, using: &generator)
        if isLast || !surroundings.pause(pause) {
          report.stopped = isLast ? problem : SyncProblem(.cancelled)
          return outcome
        }
      }
      report.retries += 1
      last = outcome
    }
    if case .refused = last, let last { return last }
    if case .stop(let problem) = last { report.stopped = problem }
    return last ?? .absent
  }

  private func isRepeated(_ outcome: SendOutcome, _ last: SendOutcome?) -> Bool {
    switch (outcome, last) {
    case (.refused(let a), .refused(let b)), (.stop(let a), .stop(let b)): a.kind == b.kind
    default: false
    }
  }
}

/// What a run would send.
public struct SyncPlan: Sendable {
  /// The channel.
  public let channel: String
  /// Submissions that are not at the target.
  public let submissions: Int
  /// How many of them are frozen already, by a run that was interrupted.
  public let frozen: Int
  /// Parcels that would be sent.
  public let parcels: Int
  /// Submissions by partition, those that are frozen left out.
  public let partitions: [(partition: LakePartition, submissions: Int)]
}
