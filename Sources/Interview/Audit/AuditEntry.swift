import Extraction
import Forms

/// One line of the audit trail: who did what, to which field, from what to what, why and when.
public struct AuditEntry: Hashable, Sendable, Codable {
  /// What was done.
  public enum Action: String, Hashable, Sendable, Codable {
    case began, resumed, consented, recording, transcribed, heard, withdrawn, accepted, edited,
      cleared
    case refused, unknown, undone, redone, duplicate, speakers, submitted
  }

  /// Number of the event.
  public let sequence: Int
  /// Wall clock, milliseconds since 1970-01-01 UTC; may jump.
  public let time: Int64
  /// Milliseconds since the interview began, by a clock that never goes back.
  public let elapsed: Int64
  /// The technician; empty when the program did it, or none is set in the configuration.
  public let technician: String
  /// What was done.
  public let action: Action
  /// The field; nil where it is about the interview.
  public let field: FieldName?
  /// The field's value before.
  public let old: FieldValue?
  /// The field's value after.
  public let new: FieldValue?
  /// More about it: a change of the recording, an answer, another submission.
  public let detail: String?
  /// Why, in the technician's words.
  public internal(set) var reason: String?
}

/// The audit trail of an interview, made from its events.
public enum AuditTrail {
  /// Every entry in order. What the program heard is told too: it explains what a person then accepted.
  public static func entries(_ events: some Sequence<StampedEvent>) -> [AuditEntry] {
    var state = InterviewState()
    var entries: [AuditEntry] = []
    for stamped in events {
      let before = state
      state.apply(stamped)
      if case .explained(let reason) = stamped.event {
        if let last = entries.lastIndex(where: { $0.field != nil && $0.action != .heard }) {
          entries[last].reason = reason
        }
      } else {
        entries += Step(stamped: stamped, before: before, after: state).entries
      }
    }
    return entries
  }

  /// One event with the state on both sides of it.
  private struct Step {
    let stamped: StampedEvent
    let before: InterviewState
    let after: InterviewState

    var entries: [AuditEntry] {
      switch stamped.event {
      case .began(let header):
        [entry(.began, detail: "\(header.form) \(header.formVersion), \(header.source.rawValue)")]
      case .resumed: [entry(.resumed)]
      case .consented(let consent):
        [entry(.consented, detail: "recording=\(consent.recording) data=\(consent.data)")]
      case .recording(let change): [entry(.recording, detail: Self.name(change), by: "")]
      case .settled(let segment):
        [entry(.transcribed, detail: "segment \(segment.id)", by: "")]
      case .heard(let candidates, let withdrawn):
        candidates.map { self.field($0.field, .heard, by: "") }
          + withdrawn.map { self.field($0, .withdrawn, by: "") }
      case .accepted(let name): [field(name, .accepted)]
      case .edited(let name, _): [field(name, .edited)]
      case .cleared(let name): [field(name, .cleared)]
      case .absent(let name, let absence): [field(name, absence == .refused ? .refused : .unknown)]
      case .undone: changed(.undone)
      case .redone: changed(.redone)
      case .duplicate(let decision):
        [
          entry(
            .duplicate, detail: "\(decision.choice.rawValue) \(decision.other)",
            reason: decision.reason.isEmpty ? nil : decision.reason)
        ]
      case .relabelled(let labels, let byPerson):
        [
          entry(
            .speakers,
            detail: labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
              .joined(separator: " "), by: byPerson ? nil : "")
        ]
      case .named(let speaker, _): [entry(.speakers, detail: speaker)]
      case .submitted: [entry(.submitted)]
      case .explained: []
      }
    }

    /// The fields whose decision an undo or redo changed.
    private func changed(_ action: AuditEntry.Action) -> [AuditEntry] {
      Set(before.entries.keys).union(after.entries.keys).sorted()
        .filter { before.entry($0).decision != after.entry($0).decision }
        .map { field($0, action) }
    }

    private func field(
      _ name: FieldName, _ action: AuditEntry.Action, by technician: String? = nil
    ) -> AuditEntry {
      AuditEntry(
        sequence: stamped.sequence, time: stamped.time, elapsed: stamped.elapsed,
        technician: technician ?? after.technician, action: action, field: name,
        old: before.entry(name).value, new: after.entry(name).value, detail: nil, reason: nil)
    }

    private func entry(
      _ action: AuditEntry.Action, detail: String? = nil, by technician: String? = nil,
      reason: String? = nil
    ) -> AuditEntry {
      AuditEntry(
        sequence: stamped.sequence, time: stamped.time, elapsed: stamped.elapsed,
        technician: technician ?? after.technician, action: action, field: nil, old: nil, new: nil,
        detail: detail, reason: reason)
    }

    private static func name(_ change: RecordingChange) -> String {
      switch change {
      case .started: "started"
      case .paused: "paused"
      case .resumed: "resumed"
      case .deviceLost: "deviceLost"
      case .deviceReturned: "deviceReturned"
      case .gap: "gap"
      case .stopped: "stopped"
      }
    }
  }
}
