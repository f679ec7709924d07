/// A stretch of sound of which it is known who speaks.
public struct VoiceSpan: Hashable, Sendable, Codable {
  /// First sample.
  public let start: Int64
  /// Sample after the last.
  public let end: Int64
  /// The speaker's label.
  public let speaker: String

  /// Makes a span from its parts.
  public init(start: Int64, end: Int64, speaker: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
  }
}
