/// When a field was heard and decided about, and how long the machine took; for judging the machine, not the person.
public struct FieldTimes: Hashable, Sendable, Codable {
  /// When something was first heard for it, milliseconds since the interview began.
  public internal(set) var heard: Int64?
  /// When a person last decided about it, milliseconds since the interview began.
  public internal(set) var decided: Int64?
  /// From the settled text to what extraction made of it, milliseconds; that of the last time something was heard.
  public internal(set) var extraction: Int64?
  /// How far the recogniser was behind the sound when the words behind the value were settled, milliseconds.
  public internal(set) var recogniser: Int64?

  /// Makes times from their parts.
  public init(
    heard: Int64? = nil, decided: Int64? = nil, extraction: Int64? = nil, recogniser: Int64? = nil
  ) {
    self.heard = heard
    self.decided = decided
    self.extraction = extraction
    self.recogniser = recogniser
  }
}
