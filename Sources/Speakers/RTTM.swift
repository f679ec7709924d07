/// Rich Transcription Time Marked files (NIST): who speaks when, one `SPEAKER` line a stretch.
public enum RTTM {
  /// The spans as text.
  ///
  /// - Parameter name: the recording's name; spaces become underscores, as the format has no quotes.
  public static func text(_ spans: [SpeakerSpan], name: String) -> String {
    spans.map { span in
      "SPEAKER \(word(name)) 1 \(fixed(span.start)) \(fixed(span.seconds)) <NA> <NA> \(word(span.speaker)) <NA> <NA>\n"
    }.joined()
  }

  /// Reads spans; lines of other types and what can't be read is passed over.
  public static func spans(_ text: String) -> [SpeakerSpan] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 8, words[0] == "SPEAKER", let start = Double(words[3]),
        let length = Double(words[4]), start.isFinite, length.isFinite, start >= 0, length >= 0
      else { return nil }
      return SpeakerSpan(start: start, end: start + length, speaker: String(words[7]))
    }.sorted { $0.start < $1.start }
  }

  private static func word(_ text: String) -> String {
    String(text.map { $0.isWhitespace ? "_" : $0 })
  }

  private static func fixed(_ seconds: Double) -> String {
    let thousandths = Int((seconds * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}
