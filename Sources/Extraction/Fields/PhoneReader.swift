import Forms

/// Finds telephone numbers in dictated symbols.
enum PhoneReader {
  /// The telephone number of a dictation, if it is one.
  static func mention(_ readings: [[Symbol]], expected: Bool, hasPlus: Bool) -> Mention? {
    for symbols in readings {
      if let number = whole(symbols, expected: expected, hasPlus: hasPlus) { return number }
      if expected, !isDocument(symbols), let part = ending(symbols.filter(\.isDigit)) {
        return part
      }
    }
    guard expected else { return nil }
    return readings.lazy.compactMap(incomplete).first
  }

  /// The number that all digits of one reading make.
  static func whole(_ symbols: [Symbol], expected: Bool, hasPlus: Bool) -> Mention? {
    let digits = symbols.filter(\.isDigit)
    guard !isDocument(symbols), let first = digits.first, let last = digits.last,
      let number = PhoneNumber.international(String(digits.map(\.character)), hasPlus: hasPlus)
    else { return nil }
    return mention(number, first, last, confidence: expected ? 0.95 : 0.72, passed: true)
  }

  /// A letter makes it a document.
  private static func isDocument(_ symbols: [Symbol]) -> Bool {
    symbols.contains { !$0.isDigit && !$0.isAmbiguous }
  }

  /// Nine digits at the end or the beginning of a longer dictation ("quiero decir, 612..." after a false start).
  private static func ending(_ digits: [Symbol]) -> Mention? {
    guard digits.count > 9 else { return nil }
    for start in stride(from: digits.count - 9, through: 0, by: -1) where digits[start].isStart {
      let slice = digits[start..<(start + 9)]
      let text = String(slice.map(\.character))
      guard PhoneNumber.isSpanish(text), let first = slice.first, let last = slice.last else {
        continue
      }
      return mention("+34" + text, first, last, confidence: 0.6, passed: true)
    }
    return nil
  }

  /// Eight digits where nine were asked for: heard, but one is missing.
  private static func incomplete(_ symbols: [Symbol]) -> Mention? {
    let digits = symbols.filter(\.isDigit)
    guard (7...10).contains(digits.count), digits.count == symbols.count, let first = digits.first,
      let last = digits.last, "6789".contains(first.character)
    else { return nil }
    return mention(
      "+34" + String(digits.map(\.character)), first, last, confidence: 0.25, passed: false)
  }

  private static func mention(
    _ number: String, _ first: Symbol, _ last: Symbol, confidence: Double, passed: Bool
  ) -> Mention {
    Mention(
      field: "phone", value: .text(number), confidence: confidence,
      checks: [Check(name: "phone_plan", passed: passed)],
      tokens: first.token..<max(last.end, first.token + 1), rule: "phone")
  }
}
