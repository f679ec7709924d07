import Forms

// A turn that is nothing but a name, told in pieces: words, letters, and what is said about them.
extension NameReader {
  /// Words between the pieces of a name that name nobody.
  private static let fillers: Set<String> = [
    "si", "es", "y", "el", "la", "mi", "nombre", "apellido", "apellidos", "familia", "primero",
    "segundo", "despues", "luego", "eso", "pues", "eh", "todo", "junto", "solo", "aqui", "pone",
    "vale", "bueno", "seria", "escribe", "se", "asi", "correcto", "exacto", "yo", "soy", "llamo",
    "me", "las", "los", "dos", "lleva",
  ]
  private static let surnameCues: Set<String> = ["apellido", "apellidos", "familia"]

  /// "Shirin. S, H, I, R, I, N. Familia Golsari, ge, o, ele…", "mamadou, eme a eme a de o u, lamine diatta": the name where the
  /// whole turn tells nothing else, or where only letters stand for a word that was heard before.
  func pieces(_ scene: Scene, _ words: NameWords) -> NameWords.Span? {
    guard scene.turn.number < 20,
      !words.spelled.isEmpty || scene.asked == nil && scene.turn.has(.saySurname),
      let parts = parts(scene, words), !parts.given.isEmpty
    else { return nil }
    let surname = withoutTwice(parts.surname)
    let given = withoutTwice(parts.given)
    let all = given + surname
    guard (2...5).contains(all.count), Set(all.map(Folding.fold)).count == all.count,
      !surname.isEmpty || parts.isSpelled && all.count > 2 || isAnswer(all, scene)
    else { return nil }
    let folded = all.map(Folding.fold).filter { !NameWords.particles.contains($0) }
    let known = folded.filter { word in
      scene.gazetteers.givenName(word) + scene.gazetteers.surname(word) > 0
        || words.spelled.contains { $0.letters.lowercased() == word }
    }.count
    return NameWords.Span(
      words: all, tokens: parts.tokens, significant: folded.count, known: known,
      isCapitalized: true, beginsWithGiven: true)
  }

  /// Whether it answers the question for the name, or begins with the name one was spoken to with.
  private func isAnswer(_ all: [String], _ scene: Scene) -> Bool {
    let called = (givenPart?.words ?? vocative?.words)?.first.map(Folding.fold)
    return scene.isAbout(.name) || called == all.first.map(Folding.fold)
      || scene.previous?.tokens.contains { $0.folded == Folding.fold(all[0]) } ?? false
  }

  private struct Parts {
    var given: [String] = []
    var surname: [String] = []
    var isSpelled = false
    var tokens = 0..<0
  }

  private func parts(_ scene: Scene, _ words: NameWords) -> Parts? {
    var parts = Parts()
    var isSurname = scene.isAbout(.surname) && !scene.isAbout(.name)
    var index = 0
    var first: Int?
    while index < words.tokens.count {
      let token = words.tokens[index]
      if let run = words.spelled.first(where: { $0.tokens.lowerBound == index }) {
        spell(run.letters, into: &parts, isSurname: isSurname)
        index = run.tokens.upperBound
      } else if token.kind == .mark {
        index += 1
      } else if let end = shownLetter(at: index, words) {
        index = end
      } else if let opener = opener(at: index, words) {
        first = first ?? index
        if isSurname { parts.surname.append(opener) } else { parts.given.append(opener) }
        index += 1
      } else if NameReader.fillers.contains(token.folded) {
        if NameReader.surnameCues.contains(token.folded) { isSurname = true }
        if token.folded == "nombre" { isSurname = false }
        index += 1
      } else if let letter = LetterNames.read(words.tokens[index...]) {
        index += letter.count
      } else if isPiece(index, words) {
        first = first ?? index
        let written = Capitals.written(token)
        if isSurname { parts.surname.append(written) } else { parts.given.append(written) }
        parts.tokens = (first ?? index)..<index + 1
        index += 1
      } else {
        return nil
      }
    }
    return parts
  }

  /// Letters write the word before them, or one that was heard in an earlier turn.
  private func spell(_ letters: String, into parts: inout Parts, isSurname: Bool) {
    parts.isSpelled = true
    let said = isSurname ? parts.surname : parts.given
    // "Harpreet, hache, a, erre, pe…": the word goes on in the next turn.
    if let last = said.last, letters.count + 1 < last.count,
      Folding.fold(last).hasPrefix(letters.lowercased())
    {
      return
    }
    if let written = NameAlignment.replacing(letters, in: said) {
      if isSurname { parts.surname = written } else { parts.given = written }
      return
    }
    let word = letters.prefix(1) + letters.dropFirst().lowercased()
    if isSurname {
      parts.surname.append(String(word))
    } else {
      parts.given.append(String(word))
    }
  }

  /// "con e al principio y con uve": where what shows a letter ends.
  private func shownLetter(at index: Int, _ words: NameWords) -> Int? {
    guard words.tokens[index].folded == "con", index + 1 < words.tokens.count else { return nil }
    let isDouble = ["doble", "dos"].contains(words.tokens[index + 1].folded)
    let next = words.tokens.dropFirst(index + (isDouble ? 2 : 1))
    guard LetterNames.read(next) != nil || isDouble else { return nil }
    var end = index + 1
    while end < words.tokens.count, words.tokens[end].kind != .mark { end += 1 }
    return end
  }

  /// "El" in "El Amrani", which is no article.
  private func opener(at index: Int, _ words: NameWords) -> String? {
    let token = words.tokens[index]
    guard ["el", "al", "ben", "bin", "ait", "ould", "abd"].contains(token.folded),
      index + 1 < words.tokens.count,
      !NameReader.fillers.contains(words.tokens[index + 1].folded), isPiece(index + 1, words)
    else { return nil }
    return words.particle(token, first: false)
  }

  private func isPiece(_ index: Int, _ words: NameWords) -> Bool {
    let token = words.tokens[index]
    guard token.kind == .word, token.folded.utf8.count > 2,
      !NameWords.particles.contains(token.folded)
    else { return false }
    return words.isName(index, small: true, inside: index > 0) || words.isUnknown(index)
  }

  /// "osa gie, Osagie": what was said in two is said again in one.
  private func withoutTwice(_ said: [String]) -> [String] {
    var result: [String] = []
    for word in said {
      let folded = Folding.fold(word)
      for count in [2, 1] where result.count >= count {
        let last = result.suffix(count).map(Folding.fold).joined()
        if last == folded || NameAlignment.soundsLike(last, folded) {
          result.removeLast(count)
          break
        }
      }
      result.append(word)
    }
    return result
  }
}
