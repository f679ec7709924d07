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

  /// First words of ``pairs``.
  static let pairStarts = Set(
    pairs.keys.compactMap { $0.split(separator: " ").first.map(String.init) })

  /// The letter that is named at that token, and how many tokens the name takes.
  static func read(_ tokens: ArraySlice<Token>) -> (letter: Character, count: Int)? {
    guard let first = tokens.first, first.mayBeginLetter else { return nil }
    if first.isOf(.letterPair), let second = tokens.dropFirst().first, second.kind == .word,
      let letter = pairs["\(first.folded) \(second.folded)"]
    {
      return (letter, 2)
    }
    let letter = first.facts.letter
    return letter == 0 ? nil : (Character(Unicode.Scalar(letter)), 1)
  }
}
