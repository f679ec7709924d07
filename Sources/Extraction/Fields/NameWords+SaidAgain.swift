// Words of a name that were said twice: to show a letter, begun and said whole, misheard and heard.
extension NameWords {
  /// "Rosa Huamán Quispe, Huamán con hache": a word said again to show a letter is not written twice.
  func withoutShown(_ span: Span) -> Span {
    guard scene.turn.word(span.tokens.upperBound) == "con", span.words.count > 2,
      let last = span.words.last,
      let place = span.words.dropLast().firstIndex(where: {
        PhoneticKey.key(Folding.fold($0)) == PhoneticKey.key(Folding.fold(last))
      })
    else { return span }
    // Where it is heard otherwise the second time, with its letter, that is how it is written.
    var words = Array(span.words.dropLast())
    let isSame = Folding.fold(words[place]) == Folding.fold(last)
    if !isSame { words[place] = last }
    return Span(
      words: words, tokens: span.tokens.lowerBound..<span.tokens.upperBound - 1,
      significant: span.significant - 1, known: max(0, span.known - 1),
      isCapitalized: span.isCapitalized, beginsWithGiven: span.beginsWithGiven)
  }

  /// "Montoya Sal Salcedo": a word begun, and then said whole.
  func withoutStutter(_ span: Span) -> Span {
    guard span.words.count > 1,
      let place = span.words.indices.dropLast().first(where: { index in
        // Asked of all names, and few begin like the one before.
        guard let letter = span.words[index].utf8.first,
          let next = span.words[index + 1].utf8.first,
          letter >= 0x80 || next >= 0x80 || letter | 0x20 == next | 0x20
        else { return false }
        let (begun, whole) = (Folding.fold(span.words[index]), Folding.fold(span.words[index + 1]))
        return begun.utf8.count < whole.utf8.count && whole.hasPrefix(begun)
          && !NameWords.particles.contains(begun) && people(begun) * 10 < people(whole)
      })
    else { return span }
    return without(place, of: span)
  }

  private func people(_ folded: String) -> Int {
    scene.gazetteers.givenName(folded) + scene.gazetteers.surname(folded)
  }

  /// "Moya Lendines, Lendínez con zeta": of two words that sound alike the second is how it is written.
  func withoutMisheard(_ span: Span) -> Span {
    guard span.words.count > 2,
      let place = span.words.indices.dropLast().first(where: { index in
        let words = span.words[index...(index + 1)].map(Folding.fold)
        return words[0] != words[1] && words[0].utf8.count > 3
          && PhoneticKey.key(words[0]) == PhoneticKey.key(words[1])
      })
    else { return span }
    return without(place, of: span)
  }

  private func without(_ place: Int, of span: Span) -> Span {
    var words = span.words
    words.remove(at: place)
    return Span(
      words: words, tokens: span.tokens, significant: span.significant - 1,
      known: min(span.known, span.significant - 1), isCapitalized: span.isCapitalized,
      beginsWithGiven: span.beginsWithGiven)
  }
}
