import Extraction
import Forms

/// Everything about one interview: the result of applying its events in order.
///
/// A pure value. The same events always give the same state, so the journal is recovery, audit
/// trail and test input at once.
public struct InterviewState: Hashable, Sendable {
  /// What was known at the beginning; nil before ``InterviewEvent/began(_:)``.
  public private(set) var header: InterviewHeader?
  /// The person's last answer about consent.
  public private(set) var consent: Consent?
  /// The recording.
  public private(set) var recording = RecordingState()
  /// The transcript in order of segment number.
  public private(set) var segments: [TranscriptSegment] = []
  /// Who said what, as far as it was heard or decided.
  public private(set) var speakers = SpeakerNames()
  /// Fields that were heard or decided on.
  public private(set) var entries: [FieldName: FieldEntry] = [:]
  /// When fields were heard and decided about.
  public private(set) var times: [FieldName: FieldTimes] = [:]
  /// When the last text was settled, milliseconds since the interview began.
  private var settledAt: Int64?
  /// Who is doing the interview: whoever began it or took it up last; may be empty.
  public private(set) var technician = ""
  /// Decisions about possible duplicates, the last one for every other submission.
  public private(set) var duplicates: [DuplicateDecision] = []
  /// Whether the interview was submitted.
  public private(set) var isSubmitted = false
  /// Number of the last event applied; -1 before the first.
  public private(set) var sequence = -1
  /// When the interview began, milliseconds since 1970-01-01 UTC.
  public private(set) var began: Int64 = 0
  /// When the last event happened, milliseconds since 1970-01-01 UTC.
  public private(set) var lastChange: Int64 = 0
  private var past: [Change] = []
  private var future: [Change] = []

  /// A decision and what it replaced.
  private struct Change: Hashable, Sendable {
    let field: FieldName
    let before: Standing
    let after: Standing
  }

  /// A decision and what had been heard when it was made.
  private struct Standing: Hashable, Sendable {
    let decision: Decision?
    let heard: FieldValue?
  }

  /// The state before any event.
  public init() {}

  /// The state after these events.
  public init(events: some Sequence<StampedEvent>) {
    for event in events { apply(event) }
  }

  /// What is known about a field.
  public func entry(_ field: FieldName) -> FieldEntry { entries[field] ?? FieldEntry() }

  /// Whether there is a decision to take back.
  public var canUndo: Bool { !past.isEmpty && !isSubmitted }
  /// Whether there is a decision to make again.
  public var canRedo: Bool { !future.isEmpty && !isSubmitted }
  /// The field whose decision would be taken back.
  public var undoable: FieldName? { isSubmitted ? nil : past.last?.field }
  /// The field whose decision would be made again.
  public var redoable: FieldName? { isSubmitted ? nil : future.last?.field }
  /// Whether sound may be captured and kept now: consent given, and not off the record.
  public var mayCapture: Bool { consent?.recording == true && !isSubmitted }

  /// Takes the next event.
  ///
  /// Events that make no sense in this state change nothing but the sequence.
  public mutating func apply(_ stamped: StampedEvent) {
    sequence = stamped.sequence
    lastChange = stamped.time
    guard !isSubmitted else { return }
    switch stamped.event {
    case .began(let header):
      self.header = header
      technician = header.technician
      began = stamped.time
    case .consented(let consent): self.consent = consent
    case .recording(let change): recording.apply(change)
    case .settled(let segment):
      settle(segment.spoken(by: speakers.name(of: segment)))
      settledAt = stamped.elapsed
    case .relabelled(let labels, let byPerson):
      speakers.note(labels, byPerson: byPerson)
      relabel()
    case .named(let speaker, let name):
      speakers.rename(speaker, to: name)
      relabel()
    case .heard(let candidates, let withdrawn):
      hear(candidates, withdrawn: withdrawn)
      for candidate in candidates { noteHeard(candidate, at: stamped.elapsed) }
    case .undone: undo()
    case .redone: redo()
    case .resumed(let technician): self.technician = technician
    case .explained: break
    case .duplicate(let decision):
      duplicates.removeAll { $0.other == decision.other }
      duplicates.append(decision)
    case .submitted: isSubmitted = true
    case .accepted(let field), .edited(let field, _), .cleared(let field), .absent(let field, _):
      decide(stamped.event)
      times[field, default: FieldTimes()].decided = stamped.elapsed
    }
  }

  /// Inserts a segment, or replaces the one of the same number; an empty text withdraws it.
  private mutating func settle(_ segment: TranscriptSegment) {
    let place = segments.partitioningIndex { $0.id >= segment.id }
    let exists = place < segments.count && segments[place].id == segment.id
    switch (exists, segment.text.isEmpty) {
    case (true, true): segments.remove(at: place)
    case (true, false): segments[place] = segment
    case (false, false): segments.insert(segment, at: place)
    case (false, true): break
    }
  }

  private mutating func relabel() {
    segments = segments.map { $0.spoken(by: speakers.name(of: $0)) }
  }

  private mutating func hear(_ candidates: [Candidate], withdrawn: [FieldName]) {
    for candidate in candidates {
      entries[candidate.field, default: FieldEntry()].candidate = candidate
    }
    for field in withdrawn { entries[field]?.candidate = nil }
  }

  private mutating func noteHeard(_ candidate: Candidate, at elapsed: Int64) {
    var times = times[candidate.field] ?? FieldTimes()
    times.heard = times.heard ?? elapsed
    times.extraction = settledAt.map { max(0, elapsed - $0) }
    let number = candidate.evidence.last?.segment
    times.recogniser = segments.last { $0.id == number }?.lag.map(Int64.init)
    self.times[candidate.field] = times
  }

  private mutating func decide(_ event: InterviewEvent) {
    switch event {
    case .accepted(let field):
      guard let candidate = acceptable(field) else { return }
      record(field, .accepted(candidate))
    case .edited(let field, let value): record(field, .edited(value))
    case .cleared(let field):
      record(field, .cleared(entry(field).value ?? entry(field).candidate?.value))
    case .absent(let field, let absence): record(field, .absent(absence))
    default: break
    }
  }

  /// What accepting the field would confirm: a candidate that contradicts an earlier decision, or the one shown.
  private func acceptable(_ field: FieldName) -> Candidate? {
    let entry = entry(field)
    return entry.contested ?? entry.shownCandidate
  }

  private mutating func record(_ field: FieldName, _ decision: Decision) {
    let entry = entry(field)
    let before = Standing(decision: entry.decision, heard: entry.settledValue)
    let after = Standing(decision: decision, heard: entry.candidate?.value)
    guard before != after else { return }
    past.append(Change(field: field, before: before, after: after))
    future.removeAll()
    set(field, to: after)
  }

  private mutating func undo() {
    guard let change = past.popLast() else { return }
    set(change.field, to: change.before)
    future.append(change)
  }

  private mutating func redo() {
    guard let change = future.popLast() else { return }
    set(change.field, to: change.after)
    past.append(change)
  }

  private mutating func set(_ field: FieldName, to standing: Standing) {
    entries[field, default: FieldEntry()].decision = standing.decision
    entries[field]?.settledValue = standing.heard
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that is false, then true, along the array.
  package func partitioningIndex(_ isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
