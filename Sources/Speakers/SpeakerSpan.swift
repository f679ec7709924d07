/// A stretch of a recording in which one speaker talks.
public struct SpeakerSpan: Hashable, Sendable, Codable {
  /// When it begins, seconds since the recording began.
  public var start: Double
  /// When it ends, seconds since the recording began.
  public var end: Double
  /// Label of the speaker, for example `S1`, `technician` or a name.
  public var speaker: String

  /// Makes a span from its parts.
  public init(start: Double, end: Double, speaker: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
  }

  /// Its length, seconds.
  public var seconds: Double { end - start }
}

/// The labels that are not names.
public enum SpeakerLabel {
  /// Who asks, known by the enrolled voice or by what is said.
  public static let technician = "technician"
  /// Who answers, where there are two and the other is the technician.
  public static let person = "person"

  /// The label of the speaker who was heard as the nth, from 0.
  public static func number(_ index: Int) -> String { "S\(index + 1)" }
}
