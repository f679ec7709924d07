import Audio

/// What an engine says about the sound it was given.
public struct TranscriptEvent: Hashable, Sendable, Codable {
  /// Whether the text may still change.
  public enum Kind: String, Sendable, Codable {
    /// Text of the open segment; the next event for the segment replaces it.
    case revisable
    /// Final text of a segment; an empty text withdraws the segment (nothing was said).
    case settled
  }

  /// Revisable or settled.
  public let kind: Kind
  /// Number of the segment, from 0, ascending over the whole interview.
  public let segment: Int
  /// When the segment's speech begins, seconds since the recording began.
  public let start: Double
  /// When the segment's speech ends (so far), seconds since the recording began.
  public let end: Double
  /// The recognised text, in NFC, without control characters.
  public let text: String
  /// How far the engine is behind the sound it was given, milliseconds.
  public let lagMilliseconds: Int
  /// ISO 639-1 code of the language heard, where the engine knows.
  public let language: String?
  /// Label of who spoke, where known.
  public let speaker: String?

  /// Makes an event from its parts.
  public init(
    kind: Kind, segment: Int, start: Double, end: Double, text: String, lagMilliseconds: Int = 0,
    language: String? = nil, speaker: String? = nil
  ) {
    self.kind = kind
    self.segment = segment
    self.start = start
    self.end = end
    self.text = text
    self.lagMilliseconds = lagMilliseconds
    self.language = language
    self.speaker = speaker
  }
}
