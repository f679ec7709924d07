import Forms

// Whose a place is, and whether it still is: what the words around it say.
extension PlaceReader {
  /// "Vivo en Vigo, en la travesía de Vigo": the town before the street of that name.
  func isTownOfStreet(_ index: Int) -> Bool {
    guard let home = homes.first(where: { index < $0.lowerBound }),
      governing(index)?.kind == .sayLive
    else { return false }
    return tokens[index..<home.lowerBound].contains { $0.text == "," }
  }

  /// "Yo en Granollers y ella en Mataró": where the one lives who speaks for the person.
  func isSpeakersOwn(_ index: Int) -> Bool {
    guard scene.proxy else { return false }
    let sentence = scene.turn.sentence(of: index)
    let before = tokens[sentence.lowerBound..<index]
    guard let own = before.lastIndex(where: { $0.folded == "yo" }), index - own <= 6 else {
      return false
    }
    let isTold = before.contains { ["dice", "dicen", "digo", "traduzco"].contains($0.folded) }
    return !isTold
      && !before[own...].contains {
        ["ella", "madre", "padre"].contains($0.folded) || $0.text.lowercased() == "él"
      }
  }

  /// "No, Roquetas se acabó": the town that was asked about, named in the denial and not as where one is.
  func isDenied(_ index: Int) -> Bool {
    guard scene.opening == .denies, scene.before?.topics.contains(.place) ?? false,
      scene.turn.sentences[index] == scene.turn.sentences[0], index <= 3,
      scene.turn.word(index - 1) != "en", let (_, range) = exact(at: index)
    else { return false }
    let next = range.upperBound
    return next < tokens.count && tokens[next].kind == .word
      && !["es", "si", "en", "sigo", "provincia"].contains(tokens[next].folded)
      && (scene.previous?.tokens.contains { $0.folded == tokens[index].folded } ?? false)
  }

  static let thirdPerson: Set<String> = ["vive", "viven", "esta", "estan"]

  /// "Puedes escribir a mi primo. Vive en Zaragoza.": a sentence that begins with the verb tells of who was named last.
  func isRelativesHome(_ index: Int) -> Bool {
    guard has(.livesThere), !scene.proxy, !scene.turn.hasQuestion else { return false }
    let first = scene.turn.sentence(of: index).lowerBound
    guard first > 0, index - first <= 4,
      PlaceReader.thirdPerson.contains(tokens[first].folded)
    else { return false }
    let before = scene.turn.sentence(of: first - 1)
    return scene.turn.hits.contains {
      ($0.kind == .holderOther || $0.kind.isKin) && before.contains($0.tokens.lowerBound)
    }
  }

  /// Whether a past stands before a place in its clause (true), with nothing of the present behind it; nil for none.
  func pastBefore(_ index: Int) -> Bool? {
    guard scene.isAbout(.place) else { return nil }
    let sentence = scene.turn.sentence(of: index)
    let verb = tokens[sentence.lowerBound..<index].lastIndex {
      ["estaba", "vivia", "trabajaba", "dormia", "estuve", "estabamos", "viviamos", "iba"]
        .contains($0.folded)
    }
    guard let verb else { return nil }
    let isNow = tokens[verb..<index].contains {
      ["ahora", "ahorita", "hoy", "estoy", "estamos", "vivo", "vivimos", "desde"].contains(
        $0.folded)
    }
    return isNow ? nil : true
  }

  /// "la Estrella": an article before a given name is no part of a town's name, where nothing says "in".
  func isNamedWithArticle(_ start: Int) -> Bool {
    guard ["la", "el"].contains(scene.turn.word(start)), start + 1 < tokens.count,
      !["en", "a", "de"].contains(scene.turn.word(start - 1))
    else { return false }
    return scene.gazetteers.givenName(tokens[start + 1].folded) > 2000
  }

  /// "las palmas de gran canaria 35007": right before or behind a postal code of the same province.
  func isBesideCode(_ index: Int) -> Bool {
    guard let code, let province = PostalCode.province(code.digits),
      let (found, range) = exact(at: index), found.contains(where: { $0.province == province })
    else { return false }
    let gap =
      range.upperBound <= code.tokens.lowerBound
      ? tokens[range.upperBound..<code.tokens.lowerBound]
      : tokens[min(code.tokens.upperBound, range.lowerBound)..<range.lowerBound]
    return gap.count <= 4
      && gap.allSatisfy {
        $0.kind == .mark || ["el", "codigo", "de", "en", "provincia"].contains($0.folded)
          || PostalCode.firstWords.contains($0.folded)
      }
  }
}
