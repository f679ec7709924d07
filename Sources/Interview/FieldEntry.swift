import Extraction
import Forms

/// How far the value of a field can be relied on.
public enum FieldStatus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nothing heard, nothing typed.
  case empty
  /// Heard; nobody has looked yet.
  case suggested
  /// Heard, but a check failed or another reading is about as likely.
  case doubtful
  /// A technician accepted what was heard.
  case confirmed
  /// A technician wrote the value.
  case edited
  /// The person prefers not to say.
  case refused
  /// The person does not know.
  case unknown

  /// Whether a person has decided about the field.
  public var isDecided: Bool {
    switch self {
    case .confirmed, .edited, .refused, .unknown: true
    case .empty, .suggested, .doubtful: false
    }
  }
}

/// A technician's decision about a field.
public enum Decision: Hashable, Sendable, Codable {
  /// This candidate is right.
  case accepted(Candidate)
  /// This value is right, whatever was heard.
  case edited(FieldValue)
  /// That value (or nothing) was wrong; a different one may be suggested again.
  case cleared(FieldValue?)
  /// There is no value to be had.
  case absent(Absence)
}

/// What is known about one field: what was heard last, and what a person decided.
public struct FieldEntry: Hashable, Sendable, Codable {
  /// The best candidate now, decided or not.
  public internal(set) var candidate: Candidate?
  /// The technician's decision, if there is one.
  public internal(set) var decision: Decision?
  /// What had been heard when the decision was made: it was decided about, too.
  var settledValue: FieldValue?

  /// An untouched field.
  public init() {}

  /// The candidate that stands for the value: the accepted one, or the one waiting for a decision.
  public var shownCandidate: Candidate? {
    switch decision {
    case .accepted(let accepted): accepted
    case .edited, .absent: nil
    case .cleared(let rejected): candidate?.value == rejected ? nil : candidate
    case nil: candidate
    }
  }

  /// The value as it would be submitted now.
  public var value: FieldValue? {
    if case .edited(let value) = decision { return value }
    return shownCandidate?.value
  }

  /// How far the value can be relied on.
  public var status: FieldStatus {
    switch decision {
    case .accepted: return .confirmed
    case .edited: return .edited
    case .absent(.refused): return .refused
    case .absent(.unknown): return .unknown
    case .cleared, nil: break
    }
    switch shownCandidate?.state {
    case .suggested: return .suggested
    case .doubtful: return .doubtful
    case nil: return .empty
    }
  }

  /// A candidate that contradicts the decision: something else was heard.
  public var contested: Candidate? {
    guard status.isDecided, let candidate, candidate.value != value,
      candidate.value != settledValue
    else { return nil }
    return candidate
  }

  /// The words and sound behind the value; for a value typed over what was heard, those of what was heard.
  public var evidence: [Evidence] { (shownCandidate ?? candidate)?.evidence ?? [] }
}
