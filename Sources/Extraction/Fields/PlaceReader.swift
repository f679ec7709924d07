import Forms

/// Finds the municipality where the person lives.
struct PlaceReader {
  let gazetteers: Gazetteers

  private static let livingVerbs: Set<String> = [
    "vivo", "vivimos", "resido", "residimos", "duermo", "estoy", "estamos", "vive", "empadronado",
    "empadronada", "quedo", "alojo", "mude", "mudamos",
  ]
  private static let originVerbs: Set<String> = [
    "naci", "nacio", "soy", "vengo", "venimos", "llegue", "vivia", "viviamos", "trabajo", "estuve",
  ]
  private static let articles: Set<String> = ["el", "la", "los", "las", "l"]

  /// The places in these tokens.
  ///
  /// - Parameter answer: index of the token at which an answer to "where do you live" may begin.
  func mention(_ tokens: [Token], answer: Int?) -> Mention? {
    var best: Mention?
    var living = false
    for index in tokens.indices {
      let word = tokens[index].folded
      if PlaceReader.livingVerbs.contains(word) { living = true }
      if PlaceReader.originVerbs.contains(word) { living = false }
      let answered = answer.map { index >= $0 } ?? false
      guard word == "en" || word == "a" && living, living || answered, index + 1 < tokens.count
      else { continue }
      if let found = place(tokens, at: index + 1, sure: living) {
        if found.confidence >= best?.confidence ?? 0 { best = found }
      }
    }
    if best == nil, let answer, answer < tokens.count,
      let found = place(tokens, at: answer, sure: false)
    {
      best = found
    }
    return best
  }

  /// The longest municipality that begins at that token.
  private func place(_ tokens: [Token], at start: Int, sure: Bool) -> Mention? {
    for length in stride(from: min(6, tokens.count - start), through: 1, by: -1) {
      let slice = tokens[start..<(start + length)]
      guard slice.allSatisfy({ $0.kind == .word || $0.text == "-" || $0.text == "’" }) else {
        continue
      }
      let words = slice.filter { $0.kind == .word }
      let key = words.map(\.folded).joined(separator: " ")
      let exact = gazetteers.municipalities(key)
      if let found = choose(exact) {
        let alone = words.count == 1 && !words[words.startIndex].isCapitalized
        return mention(
          found, exact, start..<(start + length),
          confidence: (sure ? 0.9 : 0.8) - (alone ? 0.15 : 0),
          rule: "municipality")
      }
      guard words.first?.isCapitalized == true || sure, words.count <= 4 else { continue }
      let similar = gazetteers.similarMunicipalities(key)
      if similar.count == 1, let found = similar.first {
        return mention(
          found, similar, start..<(start + length), confidence: sure ? 0.65 : 0.5,
          rule: "municipality_similar")
      }
    }
    return nil
  }

  /// The largest province's capital first: a name that several places share mostly means that one.
  private func choose(_ places: [Gazetteers.Municipality]) -> Gazetteers.Municipality? {
    places.first { $0.name.hasPrefix($0.province) || $0.province.hasPrefix($0.name) }
      ?? places.first
  }

  private func mention(
    _ place: Gazetteers.Municipality, _ all: [Gazetteers.Municipality], _ tokens: Range<Int>,
    confidence: Double, rule: String
  ) -> Mention {
    let others = all.filter { $0 != place }.prefix(4)
    return Mention(
      field: "municipality", value: .text(place.name),
      confidence: others.isEmpty ? confidence : confidence * 0.8, checks: [], tokens: tokens,
      rule: rule,
      alternatives: others.map { Alternative(value: .text($0.name), confidence: 0.2) })
  }
}
