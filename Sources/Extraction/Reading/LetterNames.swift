/// Names of letters in Spain and Latin America, folded, and how small recognisers write them.
enum LetterNames {
  /// Names of one word. Those that are everyday words too are in ``ambiguous``.
  static let names: [String: Character] = [
    "a": "A", "be": "B", "ce": "C", "de": "D", "e": "E", "efe": "F", "ge": "G", "hache": "H",
    "ache": "H", "i": "I", "jota": "J", "juta": "J", "ka": "K", "ca": "K", "ele": "L",
    "eme": "M", "ene": "N", "o": "O", "pe": "P", "cu": "Q", "erre": "R", "ere": "R", "ese": "S",
    "te": "T", "u": "U", "uve": "V", "ube": "V", "ub": "V", "ve": "V", "equis": "X",
    "equix": "X", "ekis": "X", "ye": "Y", "zeta": "Z", "ceta": "Z", "seta": "Z", "zeda": "Z",
  ]
  /// Names of two words.
  static let pairs: [String: Character] = [
    "be larga": "B", "be alta": "B", "be grande": "B", "ve baja": "V", "ve corta": "V",
    "ve chica": "V", "be baja": "V", "be corta": "V", "be chica": "V", "doble u": "W",
    "doble uve": "W", "uve doble": "W", "doble ve": "W", "ve doble": "W", "doble be": "W",
    "ube doble": "W", "i griega": "Y", "y griega": "Y", "i latina": "I",
  ]
  /// Names that are words of their own in a sentence; they need a reason to be letters.
  static let ambiguous: Set<String> = [
    "a", "be", "ce", "de", "e", "i", "o", "pe", "te", "u", "ve", "ese", "ca", "ere", "cu", "seta",
    "ache", "y",
  ]

  private static let longest = names.keys.map(\.utf8.count).max() ?? 0
  private static let pairStarts = Set(
    pairs.keys.compactMap { $0.split(separator: " ").first.map(String.init) })

  /// The letter that is named at that token, and how many tokens the name takes.
  static func read(_ tokens: ArraySlice<Token>) -> (letter: Character, count: Int)? {
    // Asked of nearly every word: no name is longer, and few words begin one of two words.
    guard let first = tokens.first, first.kind == .word, first.folded.utf8.count <= longest else {
      return nil
    }
    if let second = tokens.dropFirst().first, second.kind == .word,
      pairStarts.contains(first.folded), let letter = pairs["\(first.folded) \(second.folded)"]
    {
      return (letter, 2)
    }
    if let letter = names[first.folded] { return (letter, 1) }
    let scalars = first.folded.unicodeScalars
    if scalars.count == 1, let scalar = scalars.first, (0x61...0x7A).contains(scalar.value) {
      return (Character(first.folded.uppercased()), 1)
    }
    return nil
  }
}
