import Foundation
import Tone

/// How a transcript is written to a file.
public enum TranscriptFormat: String, Sendable, CaseIterable {
  /// JSON Lines: `segment`, `start`, `end`, `text`, and where they are known `language`, `speaker`, `tone`.
  case json
  /// A line a segment.
  case txt
  /// SubRip subtitles.
  case srt
  /// WebVTT subtitles.
  case vtt

  /// The transcript as text.
  ///
  /// - Parameters:
  ///   - segments: settled segments in order; revisable ones are written like any other.
  ///   - tone: how a text of a language sounds; kept in JSON alone.
  public func text(
    _ segments: [TranscriptEvent], tone: ((TranscriptEvent) -> ToneReading?)? = nil
  ) -> String {
    switch self {
    case .json: segments.map { TranscriptFormat.line($0, tone?($0)) }.joined()
    case .txt: segments.map { TranscriptFormat.named($0) + "\n" }.joined()
    case .srt:
      segments.enumerated().map { index, segment in
        "\(index + 1)\n\(TranscriptFormat.cue(segment, comma: ","))\n\(TranscriptFormat.named(segment))\n\n"
      }.joined()
    case .vtt:
      "WEBVTT\n\n"
        + segments.map { segment in
          let text = TranscriptFormat.escape(segment.text)
          // WebVTT's own voice tag.
          let voice = segment.speaker.map { "<v \(TranscriptFormat.escape($0))>" } ?? ""
          return "\(TranscriptFormat.cue(segment, comma: "."))\n\(voice)\(text)\n\n"
        }.joined()
    }
  }

  /// The text with who said it, where that is known.
  private static func named(_ segment: TranscriptEvent) -> String {
    segment.speaker.map { "\($0): \(segment.text)" } ?? segment.text
  }

  /// A cue's text must not hold the arrow, and `&` and `<` are escapes there.
  private static func escape(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: ">", with: "&gt;")
  }

  private struct Line: Encodable {
    let segment: Int
    let start: Double
    let end: Double
    let text: String
    let language: String?
    let speaker: String?
    let tone: ToneReading?
  }

  private static func line(_ segment: TranscriptEvent, _ tone: ToneReading?) -> String {
    let line = Line(
      segment: segment.segment, start: (segment.start * 1000).rounded() / 1000,
      end: (segment.end * 1000).rounded() / 1000, text: segment.text, language: segment.language,
      speaker: segment.speaker, tone: tone)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(line)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func cue(_ segment: TranscriptEvent, comma: String) -> String {
    "\(time(segment.start, comma)) --> \(time(max(segment.end, segment.start), comma))"
  }

  /// `00:01:02,345`, with a comma or a point.
  static func time(_ seconds: Double, _ comma: String) -> String {
    let all = Int((max(0, seconds) * 1000).rounded())
    let pad = { (number: Int, digits: Int) -> String in
      let text = String(number)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "\(pad(all / 3_600_000, 2)):\(pad(all / 60_000 % 60, 2)):\(pad(all / 1000 % 60, 2))"
      + comma + pad(all % 1000, 3)
  }
}
