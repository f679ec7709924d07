/// What in a sentence is a name or a date: words that feel nothing.
extension Sentence {
  /// The words of a stretch, as they were said.
  func text(_ range: Range<Int>) -> String { words[range].joined(separator: " ") }

  /// The words from a place to the end of its clause.
  func clause(from place: Int) -> ArraySlice<String> {
    let next = isClauseStart[(place + 1)...].firstIndex(of: true) ?? folded.count
    return folded[place..<next]
  }

  private static let connectors: Set<String> = [
    "de", "del", "la", "el", "los", "las", "san", "santa", "nuestra", "es", "of", "the", "saint",
    "is",
  ]
  private static let articles: Set<String> = ["un", "una", "a", "an"]
  private static let breaks: Set<String> = [
    "me", "te", "se", "nos", "le", "les", "que", "y", "e", "o", "pero", "muy", "esta", "estan",
    "era", "fue", "tiene", "no", "ha", "han", "con", "por", "para", "mas", "tan", "and", "but",
    "was", "has", "very", "so", "who", "that", "i", "he", "she", "it", "they", "we", "are",
  ]

  /// Places of words that are names: capitals inside a sentence, and what follows "calle", "me llamo", "barrio de la".
  func names(_ lexicon: ToneLexicon) -> Set<Int> {
    var names = Set(words.indices.filter { isCapital($0) && $0 > 0 })
    // "Guerra, Guerra Bueno": nothing but capitals.
    if words.count > 1, words.indices.allSatisfy(isCapital) { names = Set(words.indices) }
    for place in folded.indices {
      let match = lexicon.match(clause(from: place))
      guard let match, match.entry == .place || match.entry == .kin else { continue }
      if place > 0, Sentence.articles.contains(folded[place - 1]) { continue }
      names.formUnion(nameBehind(place + match.length, needsOf: match.entry == .kin))
    }
    return names
  }

  /// Up to three words of a name, behind "de la" and the like.
  private func nameBehind(_ start: Int, needsOf: Bool) -> [Int] {
    var place = start
    while place < folded.count, Sentence.connectors.contains(folded[place]) { place += 1 }
    if needsOf, place == start || folded[start] == "es" || folded[start] == "is" { return [] }
    var found: [Int] = []
    while place < folded.count, found.count < 3, !Sentence.breaks.contains(folded[place]),
      !isClauseStart[place] || found.isEmpty
    {
      found.append(place)
      place += 1
    }
    return found
  }

  private func isCapital(_ place: Int) -> Bool {
    guard let first = words[place].first else { return false }
    return first.isUppercase && words[place].dropFirst().contains(where: \.isLowercase)
  }

  private static let years: Set<String> = ["anos", "years"]
  private static let dated: Set<String> = ["en", "in"]
  private static let thousands: Set<String> = ["mil", "dos", "nineteen", "twenty", "two"]

  /// Whether a year, or a number of years, stands within the next words: "murió en dos mil tres".
  func isLongAgo(after place: Int) -> Bool {
    let next = folded[min(place, folded.count)..<min(place + 10, folded.count)]
    if next.contains(where: Sentence.years.contains) { return true }
    return zip(next, next.dropFirst()).contains { word, after in
      let isYear = Int(after).map { (1900...2100).contains($0) } ?? false
      return Sentence.dated.contains(word) && (isYear || Sentence.thousands.contains(after))
    }
  }
}
