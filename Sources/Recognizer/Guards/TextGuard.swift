import Foundation

/// Keeps out what small recognisers invent: loops, noise marks, text on no speech.
///
/// Loops are told by their shape, not by a list of phrases, so it works in any language.
public enum TextGuard {
  /// The text as it may be shown: NFC, one space between words, no control characters, no noise marks.
  public static func clean(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator,
        .spaceSeparator:
        kept.append(" ")
      case .otherSymbol where "♪♫♬".unicodeScalars.contains(scalar): kept.append(" ")
      default: kept.append(scalar)
      }
    }
    let bare = withoutMarks(String(kept))
    return bare.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
  }

  /// Takes out marks of sounds in brackets or between asterisks, such as `[Música]` and `(risas)`.
  private static func withoutMarks(_ text: String) -> String {
    var result = text
    for (open, close) in [("[", "]"), ("(", ")"), ("*", "*")] {
      var searchFrom = result.startIndex
      while let start = result[searchFrom...].firstIndex(of: Character(open)),
        let end = result[result.index(after: start)...].firstIndex(of: Character(close))
      {
        let inside = result[result.index(after: start)..<end]
        // Digits in brackets are an area code, not a sound.
        guard !inside.contains(where: \.isNumber), inside.count < 40 else {
          searchFrom = result.index(after: start)
          continue
        }
        let offset = result.distance(from: result.startIndex, to: start)
        result.removeSubrange(start...end)
        searchFrom = result.index(result.startIndex, offsetBy: offset)
      }
    }
    return result
  }

  /// Whether more was written than anybody says in that time.
  ///
  /// - Parameters:
  ///   - text: cleaned text.
  ///   - seconds: how long the segment's speech is.
  public static func isTooMuch(_ text: String, seconds: Double) -> Bool {
    // The fastest Spanish speakers say about 9 syllables a second (Pellegrino et al. 2011), 25 characters.
    Double(text.count) > 20 + 32 * seconds
  }

  /// Whether there is anything to read in it: a letter or a digit.
  public static func hasContent(_ text: String) -> Bool {
    text.contains { $0.isLetter || $0.isNumber }
  }

  /// Where a loop begins to repeat, as a count of words to keep; nil when there is none.
  ///
  /// A unit of n words must come so often in a row: n = 1 eight times, n = 2 five times, n >= 3 three
  /// times. People repeat a digit ("cero cero cero cero") but not that often.
  public static func loop(in text: String) -> Int? {
    let words = text.lowercased().split(separator: " ").map { word in
      word.filter { $0.isLetter || $0.isNumber }
    }
    for unit in 1...12 where words.count >= unit * 3 {
      let needed = unit == 1 ? 8 : unit == 2 ? 5 : 3
      if let start = repetition(of: unit, times: needed, in: words) { return start + unit }
    }
    return unfinishedLoop(words)
  }

  /// Two rounds of three words or more and the beginning of a third at the very end: a loop that was cut off.
  private static func unfinishedLoop(_ words: [String]) -> Int? {
    for unit in 3...12 where words.count > unit * 2 {
      var run = 0
      while run < words.count - unit,
        words[words.count - 1 - run] == words[words.count - 1 - run - unit]
      {
        run += 1
      }
      if run > unit { return words.count - run }
    }
    return nil
  }

  private static func repetition(of unit: Int, times: Int, in words: [String]) -> Int? {
    guard words.count >= unit * times else { return nil }
    var run = 0
    for index in unit..<words.count {
      run = words[index] == words[index - unit] ? run + 1 : 0
      if run >= unit * (times - 1) { return index - run + 1 - unit }
    }
    return nil
  }

  /// Whether a single word is a loop of its own ("jajajajajaja", "aaaaaaaaaaaa").
  public static func hasLoopedWord(_ text: String) -> Bool {
    text.split(separator: " ").contains { word in
      let letters = Array(word.lowercased())
      guard letters.count >= 16 else { return false }
      // Twelve letters that each repeat the one a short unit before: three rounds of four at least.
      return (1...4).contains { unit in
        var run = 0
        for index in unit..<letters.count {
          run = letters[index] == letters[index - unit] ? run + 1 : 0
          if run >= 12 { return true }
        }
        return false
      }
    }
  }

  /// Whether text must not be trusted because of a loop.
  public static func isLoop(_ text: String) -> Bool {
    loop(in: text) != nil || hasLoopedWord(text)
  }

  /// The text up to and with the first round of a loop, without looped words.
  public static func withoutLoop(_ text: String) -> String {
    var words = text.split(separator: " ").map(String.init)
    if let keep = loop(in: text) { words = Array(words.prefix(keep)) }
    return words.filter { !hasLoopedWord($0) }.joined(separator: " ")
  }
}
