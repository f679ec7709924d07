/// A dictated digit or letter and the tokens it was read from.
package struct Symbol: Hashable, Sendable {
  /// A digit or a capital letter.
  package let character: Character
  /// Index of the first token it comes from.
  package let token: Int
  /// Index after the last token it comes from.
  package let end: Int
  /// Whether it begins what one token (or one number) gave: a dictated number may begin here.
  package let isStart: Bool
  /// Whether it is a letter whose name is an everyday word ("de", "te").
  package let isAmbiguous: Bool

  var isDigit: Bool { character.isNumber }
}

/// Reads dictated digits and letters: digit by digit, in pairs, triplets, whole numbers, with words
/// and numerals mixed as recognisers write them.
///
/// Words that carry no symbol but do not end a dictation ("letra", commas, "eh") are passed over. A
/// dictation can be read in more than one way; each way is a hypothesis until a check decides.
package enum SymbolReader {
  /// Words inside a dictation that mean nothing.
  private static let fillers: Set<String> = [
    "letra", "la", "guion", "eh", "em", "mmm", "este", "pues", "espacio", "punto", "coma", "y",
    "con", "el", "al", "final", "numero", "luego", "despues", "barra", "mayuscula", "otra", "vez",
  ]

  /// The dictations in these tokens, each with its readings.
  ///
  /// - Parameter taken: tokens that other values are made of, at which a dictation ends.
  package static func runs(_ tokens: [Token], taken: [Range<Int>] = []) -> [[[Symbol]]] {
    var runs: [[[Symbol]]] = []
    var index = 0
    while index < tokens.count {
      if let range = taken.first(where: { $0.contains(index) }) {
        index = range.upperBound
        continue
      }
      guard startsRun(tokens, at: index) else {
        index += 1
        continue
      }
      let next = taken.map(\.lowerBound).filter { $0 > index }.min() ?? tokens.count
      let end = min(next, self.end(tokens, from: index))
      let separate = symbols(tokens, index..<end, joinsTens: false)
      let joined = symbols(tokens, index..<end, joinsTens: true)
      let readings = separate == joined ? [separate] : [separate, joined]
      runs.append(readings + withLead(readings, lead(tokens, before: index)))
      index = max(end, index + 1)
    }
    return runs
  }

  /// Words of one dictation that may be one number or two: "treinta cuatro" (34 or 30 and 4), "seiscientos doce" (612
  /// or 600 and 12).
  private static let mostSeams = 6

  /// Every way to read a dictation, those that take most words together first.
  ///
  /// ``runs(_:taken:)`` has the usual ones: all tens joined with what follows, or none. People who say "seiscientos, doce" or leave out
  /// an "y" here and there, without pauses, mean another one; only the length of the number or a check letter can tell.
  package static func everyReading(_ tokens: [Token], _ range: Range<Int>) -> [[Symbol]] {
    let seams = Array(seams(tokens, range).prefix(mostSeams))
    let choices = (0..<(1 << seams.count)).sorted {
      ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1)
    }
    var readings: [[Symbol]] = []
    for joinsDigit in [false, true] {
      for choice in choices {
        let cuts = seams.indices.filter { choice & (1 << $0) != 0 }.map { seams[$0] }
        let reading = symbols(tokens, range, joinsTens: true, cuts: cuts, joinsDigit: joinsDigit)
        if !readings.contains(reading) { readings.append(reading) }
      }
    }
    return readings + withLead(readings, lead(tokens, before: range.lowerBound))
  }

  /// Tokens that may begin a number of their own or go on with the one before.
  private static func seams(_ tokens: [Token], _ range: Range<Int>) -> [Int] {
    range.dropFirst().filter { index in
      let before = tokens[index - 1]
      let unit = tokens[index].smallNumber ?? tokens[index].tens
      guard let unit, unit > 0 else { return false }
      return before.hundreds != nil && before.folded != "cien"
        || before.tens != nil && unit < 10
    }
  }

  /// Everyday words that name a letter and stand right before a dictation: "y ocho uno dos", "a cero dos".
  private static func lead(_ tokens: [Token], before start: Int) -> [Symbol] {
    var found: [Symbol] = []
    var index = start - 1
    while index >= 0, found.count < 3 {
      if tokens[index].text == "," {
        index -= 1
        continue
      }
      guard let letter = LetterNames.read(tokens[index...]), letter.count == 1,
        tokens[index].isAmbiguousLetter,
        !["de", "o", "ese"].contains(tokens[index].folded), isSafeLead(tokens, index)
      else { break }
      found.insert(
        Symbol(
          character: letter.letter, token: index, end: index + 1, isStart: true, isAmbiguous: true),
        at: 0)
      index -= 1
    }
    return found
  }

  /// "te" and "e" are letters where another letter stands before them: "be te sesenta y uno".
  private static func isSafeLead(_ tokens: [Token], _ index: Int) -> Bool {
    guard ["e", "te", "ve", "i", "u"].contains(tokens[index].folded) else { return true }
    let before = index > 0 && tokens[index - 1].text == "," ? index - 2 : index - 1
    if index + 1 < tokens.count, LetterNames.read(tokens[(index + 1)...]) != nil { return true }
    return before >= 0 && tokens[before].folded != "de"
      && LetterNames.read(tokens[before...]) != nil
  }

  private static func withLead(_ readings: [[Symbol]], _ lead: [Symbol]) -> [[Symbol]] {
    guard !lead.isEmpty else { return [] }
    return (1...lead.count).reversed().flatMap { count in
      readings.map { Array(lead.suffix(count)) + $0 }
    }
  }

  private static func startsRun(_ tokens: [Token], at index: Int) -> Bool {
    let token = tokens[index]
    if token.isNumber { return true }
    if token.isOf(.times) { return true }
    if glued(token) != nil, let next = tokens[(index + 1)...].first(where: { $0.text != "," }) {
      return next.isNumber
    }
    guard let letter = LetterNames.read(tokens[index...]) else { return false }
    // A run that begins with a letter is a NIE or a passport, or something spelled: capitals or clear names.
    return !token.isAmbiguousLetter || letter.count == 2
      || token.isCapitalized && token.text.unicodeScalars.count == 1
  }

  private static func end(_ tokens: [Token], from start: Int) -> Int {
    var index = start
    var lastSymbol = start
    while index < tokens.count, index - lastSymbol <= 6 {
      let token = tokens[index]
      if token.isNumber
        || token.pluralDigit != nil
        || token.isOf(.times)
      {
        index += 1
        lastSymbol = index
      } else if let letter = letter(tokens, at: index, until: tokens.count) {
        index += letter.count
        lastSymbol = index
      } else if token.kind == .mark && !["?", "!", "¿", "¡"].contains(token.text)
        || fillers.contains(token.folded)
        || token.folded == "de" && index + 1 < tokens.count && tokens[index + 1].folded == "letra"
      {
        index += 1
      } else if glued(token) != nil {
        index += 1
        lastSymbol = index
      } else {
        break
      }
    }
    return lastSymbol
  }

  /// The letter at that token, with the word that shows it ("zeta de Zaragoza").
  static func letter(
    _ tokens: [Token], at index: Int, until end: Int
  ) -> (letter: Character, count: Int)? {
    guard let letter = LetterNames.read(tokens[index..<end]) else { return nil }
    let after = index + letter.count
    if after + 1 < end, tokens[after].folded == "de" || tokens[after].folded == "como",
      tokens[after + 1].kind == .word, tokens[after + 1].text.unicodeScalars.count > 2,
      tokens[after + 1].folded.uppercased().first == letter.letter
    {
      return (letter.letter, letter.count + 2)
    }
    return isLetter(tokens, index, letter) ? letter : nil
  }

  /// Whether a letter's name means the letter here: clear names always, everyday words only where the
  /// dictation says "letra" or nothing else can follow.
  private static func isLetter(
    _ tokens: [Token], _ index: Int, _ letter: (letter: Character, count: Int)
  ) -> Bool {
    if letter.count == 2 || !tokens[index].isAmbiguousLetter { return true }
    if tokens[index].isCapitalized, tokens[index].text.unicodeScalars.count == 1 {
      return !opensSentence(tokens, index)
    }
    if index > 0, tokens[index - 1].folded == "letra" { return true }
    // "... tres, de." at the end of a sentence or of the talk.
    guard index > 0, tokens[index].folded != "y" else { return false }
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    return next == nil || next?.kind == .mark || isBetweenLetterAndDigit(tokens, index)
  }

  /// "O sea, que…", "Y el mío": a word of one letter that opens a sentence.
  private static func opensSentence(_ tokens: [Token], _ index: Int) -> Bool {
    guard index == 0 || tokens[index - 1].endsSentence, index + 1 < tokens.count,
      ["a", "e", "o", "u", "y"].contains(tokens[index].folded)
    else { return false }
    let next = tokens[index + 1]
    return next.kind == .word && !next.isCapitalized && !next.isNumberWord
      && LetterNames.read(tokens[(index + 1)...]) == nil
  }

  /// "efe be uno dos": behind a letter and before a digit.
  private static func isBetweenLetterAndDigit(_ tokens: [Token], _ index: Int) -> Bool {
    guard !["de", "o", "ese"].contains(tokens[index].folded) else { return false }
    let isDigit = { (place: Int) in
      tokens.indices.contains(place)
        && (tokens[place].isNumber)
    }
    let isComma = { (place: Int) in tokens.indices.contains(place) && tokens[place].text == "," }
    let next = isComma(index + 1) ? index + 2 : index + 1
    let before = isComma(index - 1) ? index - 2 : index - 1
    if isDigit(next) { return LetterNames.read(tokens[(index - 1)...]) != nil && index > 0 }
    // "uno nueve, a ce, treinta y ocho": the first of two letters between digits.
    guard isDigit(before), next < tokens.count, LetterNames.read(tokens[next...]) != nil else {
      return false
    }
    return isDigit(isComma(next + 1) ? next + 2 : next + 1)
  }

  /// Letters and digits that the recogniser wrote as one word, such as "X1234567L" or "UB".
  private static func glued(_ token: Token) -> [Character]? {
    guard token.kind == .word, token.isAllCapitals, token.text.unicodeScalars.count <= 3 else {
      return nil
    }
    if LetterNames.names[token.folded] != nil || acronyms.contains(token.folded) { return nil }
    return Array(token.folded.uppercased())
  }

  /// Words in capitals that are no letters of a number.
  private static let acronyms: Set<String> = [
    "dni", "nie", "nif", "tie", "nia", "nle", "cp", "ong", "imv", "tv", "ok", "no", "si", "tel",
  ]

  /// - Parameters:
  ///   - cuts: tokens at which a number is not read on, ascending.
  ///   - joinsDigit: whether a single digit behind a pause ends a whole number.
  private static func symbols(
    _ tokens: [Token], _ range: Range<Int>, joinsTens: Bool, cuts: [Int] = [],
    joinsDigit: Bool = false
  ) -> [Symbol] {
    var symbols: [Symbol] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let slice = tokens[index..<(cuts.first { $0 > index } ?? range.upperBound)]
      let token = tokens[index]
      var text: [Character] = []
      var count = 1
      var ambiguous = false
      if ["una", "un"].contains(token.folded), index + 1 < range.upperBound,
        LetterNames.read(tokens[(index + 1)..<range.upperBound]) != nil
      {
        // "y al final una B"
      } else if let (characters, used) = repeated(slice) {
        (text, count) = (characters, used)
      } else if let number = NumberWords.dictated(
        slice, joinsTens: joinsTens, joinsDigit: joinsDigit)
      {
        (text, count) = (Array(String(number.value)), number.count)
      } else if token.kind == .number {
        text = Array(token.text)
      } else if let letter = letter(tokens, at: index, until: range.upperBound) {
        (text, count) = ([letter.letter], letter.count)
        let isWritten = token.isCapitalized && token.text.unicodeScalars.count == 1
        ambiguous =
          letter.count == 1 && token.isAmbiguousLetter && !isWritten
      } else if let characters = glued(token) {
        text = characters
      }
      for (offset, character) in text.enumerated() {
        symbols.append(
          Symbol(
            character: character, token: index, end: index + count, isStart: offset == 0,
            isAmbiguous: ambiguous))
      }
      index += count
    }
    return symbols
  }

  /// "doble cero", "triple siete", "tres ceros".
  private static func repeated(_ tokens: ArraySlice<Token>) -> ([Character], Int)? {
    guard let first = tokens.first, let second = tokens.dropFirst().first else { return nil }
    let times = first.isOf(.times) ? (first.folded == "doble" ? 2 : 3) : nil
    if let times {
      if let digit = second.smallNumber, digit < 10 {
        return (Array(repeating: Character(String(digit)), count: times), 2)
      }
      if second.kind == .number, second.text.count == 1, let digit = second.text.first {
        return (Array(repeating: digit, count: times), 2)
      }
    }
    if let digit = second.pluralDigit,
      let times = first.smallNumber ?? Int(first.text), (2...5).contains(times)
    {
      return (Array(repeating: Character(String(digit)), count: times), 2)
    }
    return nil
  }
}
