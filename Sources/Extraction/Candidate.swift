import Forms

/// A stretch of settled transcript: what extraction reads.
public struct TranscriptSegment: Hashable, Sendable, Codable {
  /// Number of the segment in the interview, from 0, ascending.
  public let id: Int
  /// When its speech begins, seconds since the recording began.
  public let start: Double
  /// When its speech ends, seconds since the recording began.
  public let end: Double
  /// What was recognised or typed.
  public let text: String
  /// Label of who spoke, where known.
  public private(set) var speaker: String?
  /// How far the recogniser was behind the sound when it settled, milliseconds; nil for what was typed or read in.
  public let lag: Int?

  /// Makes a segment from its parts.
  public init(
    id: Int, start: Double, end: Double, text: String, speaker: String? = nil, lag: Int? = nil
  ) {
    self.id = id
    self.start = start
    self.end = end
    self.text = text
    self.speaker = speaker
    self.lag = lag
  }

  /// The same, said by somebody.
  public func spoken(by speaker: String?) -> TranscriptSegment {
    var segment = self
    segment.speaker = speaker
    return segment
  }
}

/// Where a value comes from: the words and their sound.
public struct Evidence: Hashable, Sendable, Codable {
  /// The segment's number.
  public let segment: Int
  /// First and one-past-last position in the segment's text, counted in Unicode scalars.
  public let characters: Range<Int>
  /// When the words begin, seconds since the recording began (estimated inside the segment).
  public let start: Double
  /// When the words end, seconds since the recording began.
  public let end: Double
  /// The words themselves.
  public let text: String

  /// Makes evidence from its parts.
  public init(segment: Int, characters: Range<Int>, start: Double, end: Double, text: String) {
    self.segment = segment
    self.characters = characters
    self.start = start
    self.end = end
    self.text = text
  }
}

/// How far a machine-made value may be trusted before a person looks at it.
public enum CandidateState: String, Sendable, Codable {
  /// Heard, and nothing speaks against it.
  case suggested
  /// Heard, but a check failed or another reading is about as likely.
  case doubtful
}

/// A check that a value went through, for example the letter of a DNI.
public struct Check: Hashable, Sendable, Codable {
  /// Which check, for example `dni_letter`; a stable identifier, shown through the catalogue.
  public let name: String
  /// Whether the value passed.
  public let passed: Bool

  /// Makes a check result.
  public init(name: String, passed: Bool) {
    self.name = name
    self.passed = passed
  }
}

/// Another reading of the same words.
public struct Alternative: Hashable, Sendable, Codable {
  /// The value of this reading.
  public let value: FieldValue
  /// 0 to 1.
  public let confidence: Double

  /// Makes an alternative.
  public init(value: FieldValue, confidence: Double) {
    self.value = value
    self.confidence = confidence
  }
}

/// A value for a field, read from speech, with its evidence. Only a person turns it into a fact.
public struct Candidate: Hashable, Sendable, Codable {
  /// The field it is for.
  public let field: FieldName
  /// The value in canonical form (the resolved value).
  public let value: FieldValue
  /// The words that were resolved, as said.
  public let said: String
  /// How likely the value is right, 0 to 1, calibrated.
  public let confidence: Double
  /// Whether to trust or doubt it.
  public let state: CandidateState
  /// The checks it went through.
  public let checks: [Check]
  /// Where it was heard, oldest first; never empty.
  public let evidence: [Evidence]
  /// Other readings, most likely first.
  public let alternatives: [Alternative]
  /// Names of the rules that fired, in order.
  public let rules: [String]

  /// Makes a candidate from its parts.
  public init(
    field: FieldName, value: FieldValue, said: String, confidence: Double, state: CandidateState,
    checks: [Check] = [], evidence: [Evidence], alternatives: [Alternative] = [],
    rules: [String] = []
  ) {
    self.field = field
    self.value = value
    self.said = said
    self.confidence = confidence
    self.state = state
    self.checks = checks
    self.evidence = evidence
    self.alternatives = alternatives
    self.rules = rules
  }
}
