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
    let text = text.hasPrefix("\u{FEFF}") ? Substring(text.dropFirst()) : text[...]
    let lines = lines(text)
    let isJSON = lines.first { !isBlank($0) }?.utf8.first { !isBlank($0) } == UInt8(ascii: "{")
    if !isJSON, let subtitles = Subtitles.lines(lines) {
      let said = SpeakerLabels.read(subtitles.map(\.text))
      return timed(
        zip(subtitles, said).map {
          Line(start: $0.start, end: $0.end, text: $1.text, type: nil, speaker: $1.speaker)
        })
    }
    // One array of the same objects, as other programs write them.
    let opening = text.utf8.lazy.filter { !isBlank($0) }.prefix(2)
    if opening.elementsEqual("[{".utf8) {
      return timed(try array(text).filter { $0.type != "revisable" })
    }
    if !isJSON {
      let said = SpeakerLabels.read(lines.filter { !isBlank($0) }.map(String.init))
      return timed(
        said.map { Line(start: $0.start, end: nil, text: $0.text, type: nil, speaker: $0.speaker) })
    }
    var parsed: [Line] = []
    let decoder = JSONDecoder()
    for (index, line) in lines.enumerated() where !isBlank(line) {
      let item = try item(line, number: index + 1, decoder)
      if item.type != "revisable" { parsed.append(item) }
    }
    return timed(parsed)
  }

  /// The objects of a JSON array; a mistake is told with the number of its object.
  private static func array(_ text: Substring) throws -> [Line] {
    do {
      let items = try JSONDecoder().decode([Line].self, from: Data(text.utf8))
      for (index, item) in items.enumerated() {
        guard let field = wrongTime(item) else { continue }
        throw Failure(key: "error.transcriptTime", ["line": String(index + 1), "field": field])
      }
      return items
    } catch let error as DecodingError {
      guard let field = field(error) else { throw Failure(key: "error.transcriptArray") }
      let place = ["line": String(place(error) + 1), "field": field]
      throw Failure(key: "error.transcriptField", place)
    }
  }

  /// Which object of an array a mistake is in, from 0.
  private static func place(_ error: DecodingError) -> Int {
    switch error {
    case .keyNotFound(_, let context), .typeMismatch(_, let context),
      .valueNotFound(_, let context):
      context.codingPath.first?.intValue ?? 0
    default: 0
    }
  }

  /// The object of a line of JSON.
  private static func item(
    _ line: Substring, number: Int, _ decoder: JSONDecoder
  ) throws -> Line {
    let place = ["line": String(number)]
    do {
      let item = try decoder.decode(Line.self, from: Data(line.utf8))
      guard let field = wrongTime(item) else { return item }
      throw Failure(key: "error.transcriptTime", place.merging(["field": field]) { $1 })
    } catch let error as DecodingError {
      guard let field = field(error) else { throw Failure(key: "error.transcriptLine", place) }
      throw Failure(key: "error.transcriptField", place.merging(["field": field]) { $1 })
    }
  }

  /// The member that is missing or is not what it should be; nil where the line is no JSON at all.
  private static func field(_ error: DecodingError) -> String? {
    switch error {
    case .keyNotFound(let key, _): key.stringValue
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.last?.stringValue
    default: nil
    }
  }

  /// The member that holds a time which no recording has; nil when both are well.
  private static func wrongTime(_ item: Line) -> String? {
    if !isTime(item.start) { return "start" }
    return isTime(item.end) && (item.end ?? .infinity) >= (item.start ?? 0) ? nil : "end"
  }

  /// The lines of a text, by their bytes: a transcript of hours is read in milliseconds.
  private static func lines(_ text: Substring) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)
    }
  }

  private static func isBlank(_ line: Substring) -> Bool {
    guard let first = line.utf8.first(where: { !isBlank($0) }) else { return true }
    return first >= 0x80 && line.allSatisfy(\.isWhitespace)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
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
      let words = Double(line.text.utf8.split(separator: UInt8(ascii: " ")).count)
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
