import Forms

// Municipalities by the words of a turn, as written or as they sound.
extension PlaceReader {
  func place(at start: Int, _ context: Context) -> Found? {
    // "escalera dos, quinto A": Quinto is a town too.
    if FloorGrammar.isOrdinal(scene.turn.word(start)), scene.turn.word(start - 1) != "en" {
      return nil
    }
    // "La Estrella sigue en el instituto": somebody's name with its article.
    if isNamedWithArticle(start) { return nil }
    // "Una barbaridad": the article is no Uña.
    if scene.turn.word(start) == "una", !tokens[start].text.lowercased().contains("ñ") {
      return nil
    }
    if let (all, range) = exact(at: start), let chosen = choose(all) {
      let words = tokens[range].filter { $0.kind == .word }
      let isSmall = words.count == 1 && !words[0].isCapitalized
      let isWord = scene.pack.trie.knows(words[0].folded)
      if isSmall, PlaceReader.everyday.contains(words[0].folded) || isWord { return nil }
      if isSmall, !context.isSure, chosen.population == 0 { return nil }
      // "san Vicente 45, puerta once": a street.
      let next = range.upperBound
      let isCode = next + 1 < tokens.count && tokens[next + 1].text == "."
      if next < tokens.count, tokens[next].kind == .number, tokens[next].text.count <= 3, !isCode {
        return nil
      }
      // "san Vicente Ferrer 45"
      if scene.turn.word(start - 1) != "en", next < tokens.count, tokens[next].kind == .word,
        scene.gazetteers.surname(tokens[next].folded) > 100,
        FloorGrammar.number(tokens, next + 1) != nil, code == nil
      {
        return nil
      }
      if scene.turn.holder(of: range) == .other, context.rule != "lives_in",
        context.rule != "after_address",
        !context.isElsewhere
      {
        return nil
      }
      let others = all.filter { $0.name != chosen.name }
      let isUnsure = others.contains { $0.population * 3 > chosen.population }
      return Found(
        place: chosen, tokens: range,
        confidence: context.confidence * (isUnsure ? 0.85 : 1) - (isSmall ? 0.03 : 0),
        rule: context.rule, others: others, isElsewhere: context.isElsewhere)
    }
    guard context.isSure, !context.isElsewhere else { return nil }
    return heardApart(at: start, context) ?? similar(at: start, context)
  }

  /// "En al corcón", "en torre vieja": a municipality of one word that was heard as two or three.
  func heardApart(at start: Int, _ context: Context) -> Found? {
    for length in stride(from: min(3, tokens.count - start), through: 2, by: -1) {
      let slice = tokens[start..<(start + length)]
      let key = slice.map(\.folded).joined()
      guard slice.allSatisfy({ $0.kind == .word }), key.utf8.count >= 6,
        let chosen = choose(scene.gazetteers.municipalities(key)), chosen.population > 0
      else { continue }
      return Found(
        place: chosen, tokens: start..<(start + length), confidence: context.confidence * 0.85,
        rule: context.rule + "_heard_apart", others: [], isElsewhere: false)
    }
    return nil
  }

  /// A municipality that sounds like what was written.
  func similar(at start: Int, _ context: Context) -> Found? {
    for length in stride(from: min(4, tokens.count - start), through: 1, by: -1) {
      let slice = tokens[start..<(start + length)]
      guard slice.allSatisfy({ $0.kind == .word }), let first = slice.first, let last = slice.last,
        !PlaceReader.everyday.contains(first.folded), !PlaceReader.between.contains(last.folded),
        !scene.pack.trie.knows(first.folded), !scene.pack.trie.knows(last.folded),
        first.isCapitalized || length > 1 || first.folded.count >= 5,
        start + length >= tokens.count || tokens[start + length].kind != .number,
        StreetTypes.names[first.folded] == nil, !FloorGrammar.startsComponent(tokens, start),
        !first.isNumberWord
      else { continue }
      let key = slice.map(\.folded).joined(separator: " ")
      let found = scene.gazetteers.similarMunicipalities(key)
      guard let best = choose(found) else { continue }
      let isSafe = found.count == 1 || best.population > 20_000
      guard isSafe, first.isCapitalized || best.population > 0 else { continue }
      return Found(
        place: best, tokens: start..<(start + length), confidence: context.confidence * 0.72,
        rule: context.rule + "_similar", others: found.filter { $0 != best }, isElsewhere: false)
    }
    return nil
  }

  /// The longest municipality that begins at that token.
  func exact(at start: Int) -> ([Gazetteers.Municipality], Range<Int>)? {
    var key = ""
    var longest: ([Gazetteers.Municipality], Range<Int>)?
    for index in start..<min(start + 7, tokens.count) {
      if tokens[index].kind == .word {
        key += (key.isEmpty ? "" : " ") + tokens[index].folded
        guard scene.gazetteers.beginMunicipality(key) else { break }
        let found = scene.gazetteers.municipalities(key)
        if !found.isEmpty { longest = (found, start..<(index + 1)) }
      } else if tokens[index].text != "-" || index == start {
        break
      }
    }
    return longest
  }

  func choose(_ places: [Gazetteers.Municipality]) -> Gazetteers.Municipality? {
    places.max { $0.population < $1.population }
  }
}
