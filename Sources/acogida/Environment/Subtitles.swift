/// Reads subtitles as `acogida transcribe` and others write them: SubRip (srt) and WebVTT.
enum Subtitles {
  /// A caption with its times in seconds.
  struct Caption: Hashable {
    let start: Double
    let end: Double
    var text: String
  }

  /// The captions of a file's lines; nil where none holds times as subtitles have them.
  static func lines(_ lines: [Substring]) -> [Caption]? {
    var captions: [Caption] = []
    var isOpen = false
    for line in lines {
      if let (start, end) = times(line) {
        captions.append(Caption(start: start, end: end, text: ""))
        isOpen = true
      } else if line.allSatisfy(\.isWhitespace) {
        isOpen = false
      } else if isOpen, let last = captions.indices.last {
        captions[last].text += (captions[last].text.isEmpty ? "" : " ") + line
      }
    }
    captions.removeAll { $0.text.isEmpty }
    return captions.isEmpty ? nil : captions
  }

  /// `00:00:01,000 --> 00:00:02,500`, with what WebVTT may write behind.
  private static func times(_ line: Substring) -> (Double, Double)? {
    guard line.utf8.contains(UInt8(ascii: ">")) else { return nil }
    let parts = line.split(separator: " ")
    guard parts.count >= 3, parts[1] == "-->", let start = seconds(parts[0]),
      let end = seconds(parts[2]), end >= start
    else { return nil }
    return (start, end)
  }

  /// `hh:mm:ss,mmm`, `mm:ss.mmm`.
  static func seconds(_ time: Substring) -> Double? {
    let parts = time.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let last = parts.last,
      let seconds = Double(last.replacing(",", with: ".")), (0..<60).contains(seconds)
    else { return nil }
    let minutes = parts.dropLast().map { Int($0) }
    guard minutes.allSatisfy({ ($0 ?? -1) >= 0 && ($0 ?? 0) < 100_000 }) else { return nil }
    return minutes.compactMap { $0 }.reduce(0) { $0 * 60 + Double($1) } * 60 + seconds
  }
}
