import Forms

/// Finds identity document numbers in dictated symbols.
enum DocumentReader {
  /// The best document of a dictation.
  ///
  /// - Parameters:
  ///   - readings: the ways to read the dictation.
  ///   - expected: whether the talk is about a document.
  ///   - passport: whether it is about a passport.
  ///   - isNIE: whether it is called a NIE, which is never a DNI without its first zero, or a DNI; nil where it is called neither.
  static func mention(
    _ readings: [[Symbol]], expected: Bool, passport: Bool, isNIE: Bool? = nil
  ) -> [Mention] {
    let found = readings.flatMap { spanish($0, expected: expected, isNIE: isNIE) }
    if let best = found.max(by: { $0.confidence < $1.confidence }) { return mentions(best) }
    if passport,
      let found = readings.compactMap(passportNumber).max(by: { $0.confidence < $1.confidence })
    {
      return mentions(found)
    }
    return []
  }

  private struct Found {
    let number: String
    let type: String
    let confidence: Double
    let checks: [Check]
    let tokens: Range<Int>
    let rule: String
    var alternatives: [Alternative] = []
  }

  private static func mentions(_ found: Found) -> [Mention] {
    [
      Mention(
        field: "document_number", value: .text(found.number), confidence: found.confidence,
        checks: found.checks, tokens: found.tokens, rule: found.rule,
        alternatives: found.alternatives),
      Mention(
        field: "document_type", value: .text(found.type), confidence: found.confidence,
        checks: [], tokens: found.tokens, rule: found.rule),
    ]
  }

  private static func spanish(
    _ symbols: [Symbol], expected: Bool, isNIE: Bool?
  ) -> [Found] {
    var found: [Found] = []
    for start in symbols.indices {
      let isFirst = start == 0 || symbols[start].isStart
      guard isFirst else { continue }
      found += nie(symbols, from: start, expected: expected)
      found += dni(symbols, from: start, expected: expected, isNIE: isNIE)
    }
    return found
  }

  /// Eight digits and a letter. A zero between them is one the recogniser adds when it hears "letra".
  private static func dni(
    _ symbols: [Symbol], from start: Int, expected: Bool, isNIE: Bool?
  ) -> [Found] {
    guard start == 0 || !symbols[start - 1].isDigit || symbols[start].isStart else { return [] }
    let digits = symbols[start...].prefix { $0.isDigit }
    let last = start + digits.count
    guard last < symbols.count else { return [] }
    var found: [Found] = []
    if digits.count == 8 {
      // "... dieciocho. Y la pe": the conjunction reads like a letter; the check tells.
      let letters = symbols[last...].prefix(3).prefix { !$0.isDigit }
      let valid = letters.lazy.map {
        judge(digits, letter: $0, expected: expected, rule: "dni")
      }.first { $0.contains { $0.checks.allSatisfy(\.passed) } }
      found += valid ?? judge(digits, letter: symbols[last], expected: expected, rule: "dni")
    }
    if digits.count == 9, digits.last?.character == "0" {
      let shorter = judge(
        digits.dropLast(), letter: symbols[last], expected: expected, rule: "dni_zero_before_letter"
      )
      found += shorter.filter { $0.checks.allSatisfy(\.passed) }.map { lower($0, to: 0.7) }
    }
    if digits.count == 7, expected, isNIE != true {
      // Old numbers are said without their leading zero; where nobody calls it a DNI, a NIE without its X has the same letter.
      let said = text(digits) + String(symbols[last].character)
      if IdentityNumber.isValid("0" + said) {
        let isGuess = isNIE == nil
        found.append(
          Found(
            number: "0" + said, type: "dni", confidence: isGuess ? 0.65 : 0.75,
            checks: [Check(name: "dni_letter", passed: true)],
            tokens: span(digits, symbols[last]), rule: "dni_leading_zero",
            alternatives: isGuess ? [Alternative(value: .text("X" + said), confidence: 0.3)] : []))
      }
    }
    return found
  }

  private static func nie(_ symbols: [Symbol], from start: Int, expected: Bool) -> [Found] {
    guard "XYZ".contains(symbols[start].character) else { return [] }
    let digits = symbols[(start + 1)...].prefix { $0.isDigit }
    let last = start + 1 + digits.count
    guard last < symbols.count, digits.count == 7 else { return [] }
    return judge(
      symbols[start..<last], letter: symbols[last], expected: expected, rule: "nie")
  }

  private static func judge(
    _ body: ArraySlice<Symbol>, letter: Symbol, expected: Bool, rule: String
  ) -> [Found] {
    let number = text(body) + String(letter.character)
    guard let kind = IdentityNumber.kind(number) else { return [] }
    let isValid = IdentityNumber.isValid(number)
    // A wrong letter without any talk of documents is more likely no document at all.
    guard isValid || expected else { return [] }
    var found = Found(
      number: number, type: kind.rawValue, confidence: isValid ? (expected ? 0.98 : 0.95) : 0.4,
      checks: [Check(name: "\(kind.rawValue)_letter", passed: isValid)],
      tokens: span(body, letter), rule: rule)
    if !isValid {
      let near = IdentityNumber.neighbours(number)
      found.alternatives = near.prefix(5).map {
        Alternative(value: .text($0), confidence: 0.5 / Double(max(1, near.count)))
      }
    }
    return [found]
  }

  /// Up to three letters and five to nine digits, or letters among or behind the digits, only where a passport is talked about.
  private static func passportNumber(_ symbols: [Symbol]) -> Found? {
    if let mixed = mixedPassport(symbols) { return mixed }
    for start in symbols.indices where start == 0 || symbols[start].isStart {
      let letters = symbols[start...].prefix { !$0.isDigit }
      let digits = symbols[(start + letters.count)...].prefix { $0.isDigit }
      guard letters.count <= 3, (5...9).contains(digits.count), letters.count + digits.count >= 6,
        let last = digits.last
      else { continue }
      return Found(
        number: text(symbols[start..<(start + letters.count + digits.count)]), type: "passport",
        confidence: 0.7 + 0.05 * Double(min(2, letters.count)), checks: [],
        tokens: span(symbols[start...start], last), rule: "passport")
    }
    return nil
  }

  /// "18 AB 04732", "P 8214406 B": as some countries number them.
  private static func mixedPassport(_ symbols: [Symbol]) -> Found? {
    let letters = symbols.filter { !$0.isDigit }
    guard (8...10).contains(symbols.count), (1...3).contains(letters.count),
      letters.allSatisfy({ !$0.isAmbiguous }), let last = symbols.last, let first = symbols.first
    else { return nil }
    let lead = symbols.prefix { !$0.isDigit }.count
    // Letters first and then digits only: the common shape, which the reader of runs knows.
    guard letters.count > lead, symbols.count - letters.count >= 5 else { return nil }
    // A single letter behind eight digits is a DNI's.
    if lead == 0, !last.isDigit, letters.count == 1, symbols.count == 9 { return nil }
    return Found(
      number: text(symbols[...]), type: "passport", confidence: 0.72, checks: [],
      tokens: span([first], last), rule: "passport_mixed")
  }

  private static func lower(_ found: Found, to confidence: Double) -> Found {
    Found(
      number: found.number, type: found.type, confidence: confidence, checks: found.checks,
      tokens: found.tokens, rule: found.rule)
  }

  private static func text(_ symbols: ArraySlice<Symbol>) -> String {
    String(symbols.map(\.character))
  }

  private static func span(_ body: ArraySlice<Symbol>, _ last: Symbol) -> Range<Int> {
    let start = body.first?.token ?? last.token
    return start..<max(last.end, start + 1)
  }
}
