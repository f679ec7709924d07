/// A letter that is told to show how a word is written: "Diata, con dos tes", "Leiva con y griega", "Lamin con e al final".
struct ShownLetter {
  /// In capitals.
  let letter: Character
  let isDouble: Bool
  /// "al final".
  let isLast: Bool

  /// Letters of one sound, which a recogniser takes for each other.
  private static let alike = ["bvw", "ckq", "sz", "cz", "iy", "gj", "sx"]

  /// The word with that letter in the only place where it can stand; nil where it has it already or there are several.
  func written(_ token: Token) -> String? {
    let word = token.text.lowercased()
    let shown = Character(letter.lowercased())
    let places = word.indices.filter { word[$0] == shown }
    if isDouble {
      guard places.count == 1, let place = places.first else { return nil }
      return word.replacing(place, with: String([shown, shown]))
    }
    guard places.isEmpty else { return nil }
    if isLast {
      guard let end = word.indices.last else { return nil }
      if isAlike(word[end], shown) { return word.replacing(end, with: String(shown)) }
      return "aeiou".contains(shown) && !"aeiouáéíóú".contains(word[end])
        ? word + String(shown) : nil
    }
    let similar = word.indices.filter { isAlike(word[$0], shown) }
    guard similar.count == 1, let place = similar.first else { return nil }
    return word.replacing(place, with: String(shown))
  }

  private func isAlike(_ one: Character, _ other: Character) -> Bool {
    ShownLetter.alike.contains { $0.contains(one) && $0.contains(other) }
  }
}

extension String {
  /// The text with other characters in one place.
  fileprivate func replacing(_ place: Index, with text: String) -> String {
    self[..<place] + text + self[index(after: place)...]
  }
}
