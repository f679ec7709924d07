/// Whose a value is.
enum Holder: Hashable, Sendable {
  /// The person the interview is about, as far as one can tell.
  case person
  /// Somebody the person speaks of: a child, a lawyer, a friend.
  case other
}

extension Turn {
  /// Whose the value in these tokens is, by the nearest words about people in its sentence, and right after it.
  ///
  /// - Parameter proxy: whether somebody speaks for the person: then "el mío" is the speaker's, "de ella" the person's.
  func holder(of range: Range<Int>, proxy: Bool = false, isPhone: Bool = false) -> Holder {
    if proxy { return holderByProxy(of: range) }
    let sentence = sentence(of: range.lowerBound)
    var nearest: Hit?
    // The sisters in "Dos Hermanas" own nothing.
    for hit in hits where sentence.contains(hit.tokens.lowerBound) && !hit.tokens.overlaps(range) {
      guard
        hit.kind == .holderOther || hit.kind == .holderSelf || isPhone && hit.kind == .otherPhone
      else {
        continue
      }
      if hit.tokens.upperBound <= range.lowerBound {
        if isCompanion(hit) || isLandlord(hit) || isHelper(hit, in: sentence)
          || isOwnerOfEarlier(hit, before: range.lowerBound)
        {
          continue
        }
        if let best = nearest, best.tokens.upperBound > hit.tokens.upperBound { continue }
        nearest =
          isHisOrHers(hit, in: sentence)
          ? Hit(kind: .holderOther, code: -1, tokens: hit.tokens) : hit
      } else if hit.tokens.lowerBound >= range.upperBound, isOwnerAfter(hit, value: range) {
        return .other
      }
    }
    if nearest == nil, range.lowerBound == sentence.lowerBound, sentence.lowerBound > 0 {
      // "El de mi hija, nada más. Milagros punto...": the sentence before says whose it is.
      let before = self.sentence(of: sentence.lowerBound - 1)
      let last = hits.last {
        before.contains($0.tokens.lowerBound) && ($0.kind == .holderOther || $0.kind == .holderSelf)
      }
      let isOwned =
        last.map { $0.tokens.lowerBound > 0 && tokens[$0.tokens.lowerBound - 1].folded == "de" }
        ?? false
      // "…, no, que ese es el de mi hermana. 617…": the one before was hers, not this one.
      let isAboutBefore =
        last.map { hit in
          tokens[before.lowerBound..<hit.tokens.lowerBound].contains {
            ["ese", "esa", "eso"].contains($0.folded)
          }
        } ?? false
      return last?.kind == .holderOther && isOwned && !isAboutBefore ? .other : .person
    }
    if nearest == nil, isPhone, isNamedOwner(before: range.lowerBound) { return .other }
    guard let nearest else { return .person }
    return nearest.kind == .holderSelf ? .person : .other
  }

  /// Where a son speaks for his mother, "el mío" is his and everything else hers, except what is said to be another's.
  private func holderByProxy(of range: Range<Int>) -> Holder {
    let sentence = sentence(of: range.lowerBound)
    let words = tokens[sentence.lowerBound..<min(range.lowerBound, sentence.upperBound)].map(
      \.folded)
    // "El de mi madre" is hers, whom it is about; "mi móvil" is the speaker's.
    let relatives = Set(hits(.holderOther).map(\.tokens.lowerBound))
    let own = words.indices.last {
      ["mio", "mia", "yo"].contains(words[$0])
        || words[$0] == "mi" && !relatives.contains(sentence.lowerBound + $0)
    }
    let hers = words.indices.last {
      // "el mío, que ella no contesta"
      let isReason = words[$0] == "ella" && $0 + 1 < words.count && words[$0 + 1] == "no"
      return ["ella", "suyo", "suya", "su"].contains(words[$0]) && !isReason
    }
    let after = tokens[
      range.upperBound..<max(range.upperBound, min(sentence.upperBound, range.upperBound + 3))
    ].map(\.folded)
    if after.contains("yo") || after.contains("mi") || after.contains("llaman") { return .other }
    guard let own else { return .person }
    return hers.map { $0 > own } ?? false ? .person : .other
  }

  /// "una habitación que nos alquila una señora": whoever lets it does not live there.
  private func isLandlord(_ hit: Hit) -> Bool {
    let before = tokens[max(0, hit.tokens.lowerBound - 3)..<hit.tokens.lowerBound]
    return before.contains { token in
      ["alquil", "subarr", "arrien", "renta"].contains { token.folded.hasPrefix($0) }
    }
  }

  /// "mi hermano, su pasaporte", "el de mi marido: el suyo es…": his, where somebody else was named before.
  private func isHisOrHers(_ hit: Hit, in sentence: Range<Int>) -> Bool {
    hit.kind == .holderSelf
      && tokens[hit.tokens].contains { ["su", "suyo", "suya"].contains($0.folded) }
      && hits.contains {
        $0.kind == .holderOther && sentence.contains($0.tokens.lowerBound)
          && $0.tokens.upperBound <= hit.tokens.lowerBound
      }
  }

  /// "el catorce es el de mi hija, veinticuatro de octubre": hers is what was said before.
  private func isOwnerOfEarlier(_ hit: Hit, before start: Int) -> Bool {
    let place = hit.tokens.lowerBound
    guard hit.kind == .holderOther, place >= 3, word(place - 1) == "de",
      ["el", "la"].contains(word(place - 2)), word(place - 3) == "es"
    else { return false }
    return tokens[hit.tokens.upperBound..<start].contains { $0.text == "," }
  }

  /// "Me lo abrió mi hija: luzenith…": who made it for the speaker.
  private func isHelper(_ hit: Hit, in sentence: Range<Int>) -> Bool {
    let before = tokens[sentence.lowerBound..<hit.tokens.lowerBound].map(\.folded)
    guard let me = before.lastIndex(of: "me"), before.count - me <= 4 else { return false }
    return before.count > me + 1 && ["lo", "la"].contains(before[me + 1])
  }

  /// "el de Freddy es 663…".
  private func isNamedOwner(before start: Int) -> Bool {
    let verb = word(start - 1) == "es" ? start - 1 : start
    guard verb >= 3, tokens[verb - 1].isCapitalized, tokens[verb - 2].folded == "de" else {
      return false
    }
    return ["el", "la"].contains(word(verb - 3))
  }

  /// "con mi hermana": somebody who is there too, not the one it is about.
  private func isCompanion(_ hit: Hit) -> Bool {
    let before = hit.tokens.lowerBound - 1
    return hit.kind == .holderOther && before >= 0
      && ["con", "with"].contains(tokens[before].folded)
  }

  /// "612…, que es el de mi marido", "612… es de mi hija".
  private func isOwnerAfter(_ hit: Hit, value: Range<Int>) -> Bool {
    guard hit.kind != .holderSelf, hit.tokens.lowerBound - value.upperBound <= 5 else {
      return false
    }
    let coordinated = tokens[value.upperBound..<hit.tokens.lowerBound].contains { $0.folded == "y" }
    // "632…, si no contesto llama a…": what follows is the other's.
    let first = word(hit.tokens.lowerBound)
    if hit.kind == .otherPhone,
      ["si", "por"].contains(first) || first.hasPrefix("llam") || first.hasPrefix("avis")
    {
      return false
    }
    if hit.kind == .otherPhone { return !coordinated }
    let between = tokens[value.upperBound..<hit.tokens.lowerBound].map(\.folded)
    if between.contains("y") { return false }
    return between.contains("es") && (between.last == "de" || between.last == "es")
      || between.last == "de" && between.contains("el")
  }
}
