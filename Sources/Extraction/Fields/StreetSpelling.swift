import Forms

/// How the words of a street's name are written, where they were written by ear.
enum StreetSpelling {
  /// People with a surname from which on a name that nobody has is taken for it.
  private static let frequent = 3000
  /// How many times more frequent a spelling must be than the one heard.
  private static let ratio = 60

  /// A word as a name writes it: "rodrigez" is "Rodríguez", which sounds alike and is known.
  static func written(_ token: Token, _ gazetteers: Gazetteers) -> String {
    let heard = token.folded
    guard heard.count >= 5, gazetteers.givenName(heard) < frequent else {
      return Capitals.written(token)
    }
    let own = gazetteers.surname(heard)
    guard own < frequent / ratio, gazetteers.municipalities(heard).isEmpty,
      let better = alike(heard).max(by: { gazetteers.surname($0) < gazetteers.surname($1) }),
      gazetteers.surname(better) >= max(frequent, own * ratio)
    else { return Capitals.written(token) }
    return better.prefix(1).uppercased() + better.dropFirst()
  }

  /// Of two spellings of one sound the one whose words are known as names, else the second.
  static func better(_ first: String, _ second: String, _ gazetteers: Gazetteers) -> String {
    let known = { (name: String) in
      name.split(separator: " ").filter { word in
        let folded = Folding.fold(word)
        return gazetteers.surname(folded) > 0 || gazetteers.givenName(folded) > 0
          || !gazetteers.municipalities(folded).isEmpty
      }.count
    }
    return known(first) > known(second) ? first : second
  }

  /// Whether two names sound the same, however they are cut into words.
  static func soundAlike(_ a: String, _ b: String) -> Bool {
    PhoneticKey.key(a.filter { $0 != " " }) == PhoneticKey.key(b.filter { $0 != " " })
  }

  /// Letters that are taken for others by ear.
  private static let confused: [(String, String)] = [
    ("b", "v"), ("v", "b"), ("s", "z"), ("z", "s"), ("ce", "ze"), ("ze", "ce"), ("ci", "zi"),
    ("zi", "ci"), ("se", "ce"), ("si", "ci"), ("ce", "se"), ("ci", "si"), ("ge", "gue"),
    ("gi", "gui"), ("ge", "je"), ("je", "ge"), ("gi", "ji"), ("ji", "gi"), ("ll", "y"),
    ("y", "ll"), ("k", "c"), ("ke", "que"), ("ki", "qui"), ("nb", "mb"), ("np", "mp"), ("h", ""),
    ("a", "ha"), ("e", "he"), ("o", "ho"), ("u", "hu"), ("i", "hi"),
  ]

  /// Spellings with one such letter changed.
  static func alike(_ word: String) -> [String] {
    confused.flatMap { wrong, right in
      word.indices.compactMap { place in
        guard word[place...].hasPrefix(wrong) else { return nil }
        return word[..<place] + right + word[place...].dropFirst(wrong.count)
      }
    }
  }
}
