import Extraction
import Foundation

/// Reads a transcript from text: JSON Lines with `start` and `text`, or plain lines.
enum TranscriptReader {
  private struct Line: Decodable {
    let start: Double?
    let end: Double?
    let text: String
    let type: String?
    let speaker: String?
  }

  /// Seconds a word takes where the transcript doesn't say (150 words a minute, usual in Spanish talk).
  private static let secondsPerWord = 0.4

  /// The segments of a transcript.
  ///
  /// - Parameter text: the whole input. A first line that begins with `{` makes it JSON Lines;
  ///   `revisable` events of `listen --json` are passed over. Lines with `-->` make it subtitles (srt, vtt).
  /// - Throws: ``Failure`` naming the line that can't be read.
  static func segments(_ text: String) throws -> [TranscriptSegment] {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    if let subtitles = Subtitles.lines(text) {
      return timed(
        subtitles.map {
          Line(start: $0.start, end: $0.end, text: $0.text, type: nil, speaker: nil)
        })
    }
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let isJSON = lines.first { !$0.allSatisfy(\.isWhitespace) }?.first == "{"
    var parsed: [Line] = []
    let decoder = JSONDecoder()
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      if isJSON {
        guard let item = try? decoder.decode(Line.self, from: Data(line.utf8)),
          isTime(item.start), isTime(item.end), (item.end ?? .infinity) >= (item.start ?? 0)
        else {
          throw Failure(key: "error.transcriptLine", ["line": String(index + 1)])
        }
        if item.type != "revisable" { parsed.append(item) }
      } else {
        parsed.append(Line(start: nil, end: nil, text: String(line), type: nil, speaker: nil))
      }
    }
    return timed(parsed)
  }

  /// Whether a time can be one of a recording: none, or from 0 seconds to about three years.
  private static func isTime(_ seconds: Double?) -> Bool {
    seconds.map { $0 >= 0 && $0 < 1e8 } ?? true
  }

  private static func timed(_ lines: [Line]) -> [TranscriptSegment] {
    var clock = 0.0
    var result: [TranscriptSegment] = []
    for (index, line) in lines.enumerated() {
      let start = line.start ?? clock
      let words = Double(line.text.split(separator: " ").count)
      let next = index + 1 < lines.count ? lines[index + 1].start : nil
      let guess = start + words * secondsPerWord
      let end = line.end ?? next.map { max(start, min($0, guess)) } ?? guess
      clock = end
      result.append(
        TranscriptSegment(
          id: index, start: start, end: end, text: line.text, speaker: line.speaker))
    }
    return result
  }
}
