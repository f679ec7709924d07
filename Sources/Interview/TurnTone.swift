import Extraction
import Tone

/// How a segment of the transcript sounds: kept with the transcript, never with the values of the form.
public struct TurnTone: Hashable, Sendable, Codable {
  /// The segment's number.
  public let segment: Int
  /// Its tone, and the words that led to it.
  public let reading: ToneReading

  /// Makes the tone of a segment.
  public init(segment: Int, reading: ToneReading) {
    self.segment = segment
    self.reading = reading
  }

  /// The segments that have a tone; neutral ones are left out.
  public static func of(_ segments: [TranscriptSegment], by reader: ToneReader) -> [TurnTone] {
    segments.map { TurnTone(segment: $0.id, reading: reader.read($0.text)) }
      .filter { $0.reading.tone != .neutral }
  }
}
