import Forms

/// Finds Spanish postal codes in dictated digits.
struct PostalCodeReader {
  let scene: Scene
  /// Whether a street address stands in the turn.
  let hasAddress: Bool
  /// Where the person may live, by what was heard before.
  let provinces: () -> Set<String>

  /// The code that these readings of one dictation are; nil where they are something else.
  func mention(_ readings: [[Symbol]]) -> Mention? {
    let answer = scene.answer(.postalCode)
    let whole = readings.map(withoutTown)
    for symbols in whole + readings.prefix(1).compactMap(lastSentence) {
      let digits = symbols.filter(\.isDigit)
      guard digits.count == 5, answer != nil || !isDate(digits),
        symbols.allSatisfy({ $0.isDigit || $0.isAmbiguous }),
        let first = digits.first, let last = digits.last
      else { continue }
      let code = String(digits.map(\.character))
      guard let province = PostalCode.province(code) else { continue }
      let range = first.token..<max(last.end, first.token + 1)
      guard answer != nil || isCode(range, of: province) else { continue }
      guard !isPast(range) else { return nil }
      return Mention(
        field: "postal_code", value: .text(code), confidence: answer != nil ? 0.93 : 0.85,
        checks: [Check(name: "postal_code_prefix", passed: true)], tokens: range,
        rule: "postal_code")
    }
    return nil
  }

  /// Whether five digits that nobody asked for are a code: beside an address or a town, or as one number.
  private func isCode(_ range: Range<Int>, of province: String) -> Bool {
    let tokens = scene.turn.tokens
    if isBesideTown(range, of: province) || scene.turn.has(.askPostal) { return true }
    // "Trece, hombre, trece. Quinientos trece.": no code is said in two sentences, nor with words between.
    let isTogether =
      scene.turn.sentences[range.lowerBound] == scene.turn.sentences[range.upperBound - 1]
      && tokens[range].allSatisfy {
        $0.kind != .word || $0.isNumberWord || $0.folded == "y"
      }
    guard isTogether, !scene.turn.trailsOff(after: range.upperBound) else { return false }
    if hasAddress || provinces().contains(province) && !scene.isAbout(.phone, .document, .passport)
    {
      return hasAddress || scene.isAbout(.street, .place, .floor) || isAlone(range)
        || tokens[range].count == 1
    }
    if scene.isAbout(.street, .place, .floor) { return true }
    return isAlone(range) && tokens[range].count <= 2
  }

  /// "Talavera de la Reina, Toledo, 45600", "46702 Gandia": a town or province of the code's right before or behind it.
  private func isBesideTown(_ range: Range<Int>, of province: String) -> Bool {
    let tokens = scene.turn.tokens
    var end = range.lowerBound
    while end > 0, tokens[end - 1].text == "," || tokens[end - 1].folded == "el" { end -= 1 }
    var start = range.upperBound
    while start < tokens.count, [",", ".", "de", "en"].contains(tokens[start].folded) { start += 1 }
    return (1...4).contains { length in
      names(province, end - length..<end) || names(province, start..<start + length)
    }
  }

  private func names(_ province: String, _ range: Range<Int>) -> Bool {
    let tokens = scene.turn.tokens
    guard range.lowerBound >= 0, range.upperBound <= tokens.count,
      tokens[range].allSatisfy({ $0.kind == .word })
    else { return false }
    let key = tokens[range].map(\.folded).joined(separator: " ")
    return PostalCode.province(named: key) == province
      || scene.gazetteers.municipalities(key).contains { $0.province == province }
  }

  /// "Setecientos uno. 41701.": what was said first is a part of the code said behind it.
  private func lastSentence(_ symbols: [Symbol]) -> [Symbol]? {
    guard let last = symbols.last else { return nil }
    let sentences = scene.turn.sentences
    let rest = symbols.filter { sentences[$0.token] == sentences[last.token] }
    return rest.count < symbols.count ? rest : nil
  }

  /// "41701 Dos Hermanas": a number that begins the town's name.
  private func withoutTown(_ symbols: [Symbol]) -> [Symbol] {
    guard symbols.count == 6, let last = symbols.last, last.isStart, last.token > 0 else {
      return symbols
    }
    let tokens = scene.turn.tokens
    let isTown = (2...3).contains { length in
      guard last.token + length <= tokens.count else { return false }
      let key = tokens[last.token..<(last.token + length)].map(\.folded).joined(separator: " ")
      return !scene.gazetteers.municipalities(key).isEmpty
    }
    return isTown ? Array(symbols.dropLast()) : symbols
  }

  /// "21 3 93": a date in numerals.
  private func isDate(_ digits: [Symbol]) -> Bool {
    let groups = Set(digits.map(\.token)).sorted().map { token in
      digits.filter { $0.token == token }.count
    }
    let isWritten = digits.allSatisfy { scene.turn.tokens[$0.token].kind == .number }
    return isWritten && (groups == [2, 1, 2] || groups == [1, 2, 2])
  }

  /// Five digits that are nearly all of a turn, written as one number.
  private func isAlone(_ range: Range<Int>) -> Bool {
    scene.turn.tokens.filter { $0.kind != .mark }.count <= range.count + 4
  }

  /// "Antes era 19002": the code of a home that was left.
  private func isPast(_ range: Range<Int>) -> Bool {
    let turn = scene.turn
    if turn.word(range.lowerBound - 1) == "era" || turn.word(range.lowerBound - 1) == "antes" {
      return true
    }
    let sentence = turn.sentence(of: range.lowerBound)
    return turn.hits.contains {
      $0.kind == .sayPast && sentence.contains($0.tokens.lowerBound)
        && $0.tokens.upperBound <= range.lowerBound
    }
  }
}
