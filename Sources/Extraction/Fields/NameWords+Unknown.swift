import Forms

// Names that no register has, where only the question tells that they are names.
extension NameWords {
  /// A turn of two to four words that nobody knows, as the answer to the question for the name.
  func wholeTurn() -> Span? {
    let words = tokens.filter { $0.kind == .word }
    guard (2...5).contains(words.count), tokens.allSatisfy({ $0.kind != .number }),
      words.allSatisfy({ token in
        NameWords.particles.contains(token.folded)
          || token.folded.utf8.count > 1 && !isEveryday(token)
      }), words.contains(where: { $0.folded.utf8.count > 3 }),
      words.first.map({ !NameWords.particles.contains($0.folded) }) ?? false
    else { return nil }
    let whole = withoutPieces(words)
    guard whole.count > 1 else { return nil }
    let written = whole.enumerated().map { index, token in
      NameWords.particles.contains(token.folded)
        ? particle(token, first: index == 0) : Capitals.written(token)
    }
    return Span(
      words: written, tokens: 0..<tokens.count, significant: written.count, known: 0,
      isCapitalized: false, beginsWithGiven: true)
  }

  /// "Bua asa. Bouazza": two words that sound like the one behind them were it, misheard.
  func withoutPieces(_ words: [Token]) -> [Token] {
    // "Mamadou. Mama du": said again in pieces.
    if words.count == 3,
      NameAlignment.soundsLike(words[0].folded, words[1].folded + words[2].folded)
    {
      return Array(words.prefix(1))
    }
    guard words.count > 2,
      let place = words.indices.dropLast(2).first(where: { index in
        NameAlignment.soundsLike(
          words[index].folded + words[index + 1].folded, words[index + 2].folded)
      })
    else { return words }
    return Array(words[..<place] + words[(place + 2)...])
  }

  /// "Hritsenko. En pasaporte…": a word that nobody knows, alone in its sentence, as the answer to the question for the surname.
  func unknownAnswer(from start: Int) -> Span? {
    var index = start
    while index < tokens.count,
      tokens[index].kind == .mark || ["es", "si"].contains(tokens[index].folded)
    {
      index += 1
    }
    guard index < tokens.count, isUnknown(index), tokens[index].folded.utf8.count > 3,
      index + 1 >= tokens.count || tokens[index + 1].kind == .mark
    else { return nil }
    return Span(
      words: [Capitals.written(tokens[index])], tokens: index..<index + 1, significant: 1, known: 0,
      isCapitalized: tokens[index].isCapitalized, beginsWithGiven: false)
  }
}
