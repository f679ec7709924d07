/// Finds which words of a name another hearing replaces.
enum NameAlignment {
  /// Whether two folded words are heard alike but for one sound: "leiva" and "leyva", "musa" and "moussa".
  static func soundsLike(_ one: String, _ other: String) -> Bool {
    guard min(one.utf8.count, other.utf8.count) > 3 else { return one == other }
    return EditDistance.bounded(PhoneticKey.key(one), PhoneticKey.key(other), limit: 1) != nil
  }

  /// The stretch of a name that sounds most like these words, with its distance; nil when nothing does.
  static func window(of new: [String], in known: [String]) -> (
    start: Int, count: Int, distance: Int
  )? {
    let sound = PhoneticKey.key(Folding.fold(new.joined()))
    var best: (start: Int, count: Int, distance: Int)?
    for count in max(1, new.count - 1)...(new.count + 1) where count <= known.count {
      for start in 0...(known.count - count) {
        let old = PhoneticKey.key(Folding.fold(known[start..<(start + count)].joined()))
        let limit = max(1, max(sound.count, old.count) * 2 / 5)
        guard let distance = EditDistance.bounded(old, sound, limit: limit) else { continue }
        let exact =
          known[start..<(start + count)].map(Folding.fold) == new.map(Folding.fold)
          ? 0 : max(1, distance)
        if exact < best?.distance ?? Int.max { best = (start, count, exact) }
      }
    }
    return best
  }

  /// The word, or the two words, of a name that these letters spell; nil when none is near.
  ///
  /// Letters said before or after, to show one of them, are left out where the rest then fits better.
  static func spelled(
    _ letters: String, in known: [String]
  ) -> (start: Int, count: Int, letters: String)? {
    var best: (start: Int, count: Int, letters: String, distance: Int)?
    for head in 0...3 {
      for tail in 0...2 where letters.count - head - tail >= 3 {
        let part = String(letters.dropFirst(head).dropLast(tail))
        guard let found = spelledExactly(part, in: known) else { continue }
        // Leaving letters out must pay: one at the end that a misheard word lacks is part of it ("Ousman", o-u-s-m-a-n-e).
        let dropped =
          head + tail == 0 ? 0 : found.distance == 0 && head == 1 && tail == 0 ? 1 : 3 + head + tail
        let cost = found.distance * 2 + dropped
        if cost < best?.distance ?? Int.max { best = (found.start, found.count, part, cost) }
      }
    }
    return best.map { ($0.start, $0.count, $0.letters) }
  }

  /// The name with the word that these letters spell; nil when none is near.
  static func replacing(_ letters: String, in words: [String]) -> [String]? {
    guard let (start, count, letters) = spelled(letters, in: words) else { return nil }
    let word = letters.prefix(1).uppercased() + letters.dropFirst().lowercased()
    let old = words[start..<(start + count)].joined()
    // Letters do not tell accents: what only differs by them stands.
    let written = Folding.fold(old) == letters.lowercased() && count == 1 ? words[start] : word
    return Array(words[..<start]) + [written] + Array(words[(start + count)...])
  }

  private static func spelledExactly(
    _ letters: String, in known: [String]
  ) -> (start: Int, count: Int, distance: Int)? {
    let wanted = Array(letters.lowercased().utf8)
    guard wanted.count >= 3 else { return nil }
    var best: (start: Int, count: Int, distance: Int)?
    for count in 1...2 where count <= known.count {
      for start in 0...(known.count - count) {
        let old = Array(Folding.fold(known[start..<(start + count)].joined()).utf8)
        let limit = max(1, max(wanted.count, old.count) * 2 / 5)
        guard let distance = EditDistance.bounded(old, wanted, limit: limit) else { continue }
        if distance < best?.distance ?? Int.max { best = (start, count, distance) }
      }
    }
    return best
  }
}

/// Finds words that are spelled letter by letter.
enum SpelledWords {
  /// Spelled words in capitals with their tokens.
  static func find(_ tokens: [Token]) -> [(letters: String, tokens: Range<Int>)] {
    var found: [(String, Range<Int>)] = []
    var index = 0
    while index < tokens.count {
      // Asked of every word, and few begin letters.
      guard mayBegin(tokens[index]) || index > 0 && tokens[index - 1].folded == "con" else {
        index += 1
        continue
      }
      // "Con ce. Ese, te, o…", "con dos eles, de i a…": the letter that was wrong, and then the word.
      if index > 0, tokens[index - 1].folded == "con" {
        let comma = tokens[index...].prefix(4).firstIndex { $0.text == "," }
        if let comma, ["dos", "doble"].contains(tokens[index].folded),
          run(tokens, from: comma + 1).0.utf8.count > 3
        {
          index = comma + 1
        } else if let end = tokens[index...].prefix(8).firstIndex(where: \.endsSentence) {
          index = end + 1
          continue
        }
      }
      // "Con o u y dos eses, te, ere, a…"
      if ["dos", "doble"].contains(tokens[index].folded),
        tokens[max(0, index - 5)..<index].contains(where: { $0.folded == "con" }),
        let comma = tokens[index...].prefix(4).firstIndex(where: { $0.text == "," }),
        run(tokens, from: comma + 1).0.utf8.count > 3
      {
        index = comma + 1
      }
      let (letters, end, clear) = run(tokens, from: index)
      if letters.count >= 3, clear >= 1 || letters.count >= 5 {
        found.append((letters, index..<end))
        index = end
      } else {
        index += 1
      }
    }
    return found
  }

  /// Whether a letter, or a double one, may begin with that word.
  private static func mayBegin(_ token: Token) -> Bool {
    token.mayBeginLetter || token.isOf(.double)
  }

  /// Letters from that token on; commas and dots between them do not count.
  private static func run(_ tokens: [Token], from start: Int) -> (String, Int, clear: Int) {
    var letters = ""
    var clear = 0
    var isWritten = true
    var index = start
    var end = start
    while index < tokens.count {
      let token = tokens[index]
      if token.kind == .mark {
        guard [",", ".", "-", "…"].contains(token.text), !letters.isEmpty else { break }
        // "Y, O, S, V, A, N, Y. Uve": what comes behind the word tells about a letter of it.
        if token.text == ".", letters.utf8.count >= 5, isRemark(tokens, at: index + 1) { break }
        index += 1
        // "De, jota. D-J-E-N-E": begun again.
        if token.text == ".", (2...3).contains(letters.utf8.count) {
          let again = run(tokens, from: index)
          if again.0.utf8.count > letters.utf8.count, again.0.hasPrefix(letters) { return again }
        }
        continue
      }
      if ["doble", "dos"].contains(token.folded), index + 1 < tokens.count,
        let letter = LetterNames.read(tokens[(index + 1)...]) ?? plural(tokens[index + 1].folded),
        letter.letter != "U" && letter.letter != "V" || token.folded == "dos"
      {
        letters += String(repeating: String(letter.letter), count: 2)
        clear += 1
        index += 1 + letter.count
        end = index
        continue
      }
      guard let letter = LetterNames.read(tokens[index...]) else { break }
      // "Eme de madre": the word only shows the letter.
      if let shown = SymbolReader.letter(tokens, at: index, until: tokens.count),
        shown.count > letter.count
      {
        letters.append(shown.letter)
        clear += 1
        index += shown.count
        end = index
        continue
      }
      if letters.isEmpty, ["y", "a", "e", "o", "de", "te", "ese"].contains(token.folded),
        !token.isCapitalized,
        index + 1 < tokens.count, tokens[index + 1].kind == .word,
        LetterNames.read(tokens[(index + 1)...]) == nil
      {
        break
      }
      // "…, ye. Y Peñaloza con zeta": a conjunction; "b a k a r y pasaporte" is written in letters throughout.
      let isLetter =
        isWritten && letters.utf8.count > 2 && tokens[index - 1].kind == .word
        && tokens.contains { $0.folded == letters.lowercased() + "y" }
      if token.folded == "y", letter.count == 1, !isLetter, index + 1 < tokens.count,
        tokens[index + 1].kind == .word, LetterNames.read(tokens[(index + 1)...]) == nil
      {
        break
      }
      letters.append(letter.letter)
      isWritten = isWritten && token.folded.utf8.count == 1
      if !token.isAmbiguousLetter
        || token.isCapitalized && token.text.unicodeScalars.count == 1
      {
        clear += 1
      }
      index += letter.count
      end = index
      // "Eme, a con tilde, ene": the letters go on behind the accent.
      if index + 2 < tokens.count, tokens[index].folded == "con",
        ["tilde", "acento"].contains(tokens[index + 1].folded)
      {
        index += 2
      }
    }
    return (letters, end, clear)
  }

  /// Whether one letter alone is all that is said from that token to the end of the sentence.
  private static func isRemark(_ tokens: [Token], at index: Int) -> Bool {
    guard index < tokens.count, let letter = LetterNames.read(tokens[index...]) else {
      return false
    }
    let end = index + letter.count
    return end >= tokens.count || tokens[end].endsSentence
  }

  /// The letter that a plural names: "dos tes".
  static func plural(_ word: String) -> (letter: Character, count: Int)? {
    let letters: [String: Character] = [
      "ces": "C", "des": "D", "eles": "L", "eses": "S", "enes": "N", "emes": "M", "erres": "R",
      "tes": "T",
      "efes": "F",
    ]
    return letters[word].map { ($0, 1) }
  }
}
