/// Whose a value is.
enum Holder: Hashable, Sendable {
  /// The person the interview is about, as far as one can tell.
  case person
  /// Somebody the person speaks of: a child, a lawyer, a friend.
  case other
}

extension Turn {
  /// Whose the value in these tokens is, by the nearest words about people in its sentence, and right after it.
  func holder(of range: Range<Int>) -> Holder {
    let sentence = sentence(of: range.lowerBound)
    var nearest: Hit?
    for hit in hits where sentence.contains(hit.tokens.lowerBound) {
      guard hit.kind == .holderOther || hit.kind == .holderSelf || hit.kind == .otherPhone else {
        continue
      }
      if hit.tokens.upperBound <= range.lowerBound {
        if isCompanion(hit) || isHisOrHers(hit, in: sentence) { continue }
        if let best = nearest, best.tokens.upperBound > hit.tokens.upperBound { continue }
        nearest = hit
      } else if hit.tokens.lowerBound >= range.upperBound, isOwnerAfter(hit, value: range) {
        return .other
      }
    }
    guard let nearest else { return .person }
    return nearest.kind == .holderSelf ? .person : .other
  }

  /// "mi hermano, su pasaporte": his, where somebody else was named before.
  private func isHisOrHers(_ hit: Hit, in sentence: Range<Int>) -> Bool {
    hit.kind == .holderSelf && tokens[hit.tokens.lowerBound].folded == "su"
      && hits.contains {
        $0.kind == .holderOther && sentence.contains($0.tokens.lowerBound)
          && $0.tokens.upperBound <= hit.tokens.lowerBound
      }
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
    if hit.kind == .otherPhone { return true }
    let between = tokens[value.upperBound..<hit.tokens.lowerBound].map(\.folded)
    return between.contains("es") && (between.last == "de" || between.last == "es")
      || between.last == "de" && between.contains("el")
  }
}
