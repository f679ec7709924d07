/// Spanish number words, folded.
package enum NumberWords {
  /// 0 to 29.
  static let small: [String: Int] = oneWord.merging(joined) { first, _ in first }
  /// "treintaiuno", as the Academy's spelling of 2010 allows, and "treintayuno", as it is misspelled.
  private static let joined: [String: Int] = {
    var all: [String: Int] = [:]
    for (ten, value) in tens {
      for (unit, digit) in oneWord where (1...9).contains(digit) {
        for link in ["i", "y"] { all[ten + link + unit] = value + digit }
      }
    }
    return all
  }()
  private static let oneWord: [String: Int] = [
    "cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5,
    "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12,
    "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiun": 21, "veintiuno": 21,
    "veintiuna": 21, "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veinticinco": 25,
    "veintiseis": 26, "veintisiete": 27, "veintiocho": 28, "veintinueve": 29,
  ]
  /// 30 to 90.
  static let tens: [String: Int] = [
    "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70,
    "ochenta": 80, "noventa": 90,
  ]
  /// 100 to 900.
  static let hundreds: [String: Int] = [
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300,
    "trescientas": 300, "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500,
    "quinientas": 500, "seiscientos": 600, "seiscientas": 600, "setecientos": 700,
    "setecientas": 700, "ochocientos": 800, "ochocientas": 800, "novecientos": 900,
    "novecientas": 900,
  ]
  /// Plurals of digits, for "dos ceros".
  static let plurals: [String: Int] = [
    "ceros": 0, "unos": 1, "doses": 2, "treses": 3, "cuatros": 4, "cincos": 5, "seises": 6,
    "sietes": 7, "ochos": 8, "nueves": 9,
  ]

  /// Whether the folded word can be part of a number.
  static func isNumber(_ word: String) -> Bool {
    guard mayBeNumber(word) else { return false }
    return small[word] != nil || tens[word] != nil || hundreds[word] != nil || word == "mil"
      || word == "millon" || word == "millones"
  }

  /// Whether the folded word is a number from 0 to 29, or of one word.
  static func isSmall(_ word: String) -> Bool { mayBeNumber(word) && small[word] != nil }

  /// Whether a number word begins with the word's first two letters: asked of nearly every word, and most are none.
  private static func mayBeNumber(_ word: String) -> Bool {
    var letters = word.utf8.makeIterator()
    guard let first = letters.next(), let second = letters.next() else { return false }
    return beginnings[Int(first & 31) << 5 | Int(second & 31)]
  }

  /// Whether a number word begins with two letters, by their lowest five bits.
  private static let beginnings: [Bool] = {
    var found = [Bool](repeating: false, count: 1024)
    let words = [Array(small.keys), Array(tens.keys), Array(hundreds.keys), ["mil", "millon"]]
    for word in words.joined() {
      let letters = Array(word.utf8.prefix(2))
      found[Int(letters[0] & 31) << 5 | Int(letters[1] & 31)] = true
    }
    return found
  }()

  /// A whole number and how many tokens it takes.
  package struct Reading: Hashable, Sendable {
    package let value: Int
    package let count: Int
    /// Whether it was one word from zero to nine.
    let isDigit: Bool
  }

  /// The longest number that begins at that token ("doscientos cuarenta y tres mil doce").
  ///
  /// - Parameter joinsTens: whether "treinta cuatro" without "y" is 34; else it is 30, then 4.
  package static func read(_ tokens: ArraySlice<Token>, joinsTens: Bool = false) -> Reading? {
    guard let first = tokens.first, mayBeNumber(first.folded) else { return nil }
    var parser = Parser(tokens: tokens, joinsTens: joinsTens)
    return parser.number()
  }

  /// The longest number that begins at that token of a dictation, which recognisers write with numerals among its words
  /// ("30 millones 417 mil 528").
  ///
  /// - Parameter joinsDigit: whether "treinta millones, cinco" is 30000005; else it is 30000000, then 5.
  static func dictated(
    _ tokens: ArraySlice<Token>, joinsTens: Bool, joinsDigit: Bool
  ) -> Reading? {
    guard let first = tokens.first else { return nil }
    let isNumeral = first.kind == .number && tokens.dropFirst().first.map(isScale) ?? false
    guard isNumeral || mayBeNumber(first.folded) else { return nil }
    var parser = Parser(tokens: tokens, joinsTens: joinsTens)
    parser.joinsDigit = joinsDigit
    parser.readsNumerals = true
    return parser.number()
  }

  private static func isScale(_ token: Token) -> Bool {
    ["mil", "millon", "millones"].contains(token.folded)
  }

  /// Reads thousands and millions out of groups below a thousand.
  private struct Parser {
    let tokens: ArraySlice<Token>
    let joinsTens: Bool
    /// Whether a single digit behind a pause ends the number.
    var joinsDigit = false
    /// Whether numerals count as groups.
    var readsNumerals = false
    var place: Int
    var isDigit = false

    init(tokens: ArraySlice<Token>, joinsTens: Bool) {
      self.tokens = tokens
      self.joinsTens = joinsTens
      place = tokens.startIndex
    }

    mutating func number() -> Reading? {
      let start = place
      var total = 0
      var group = belowThousand()
      if group == nil, word == "mil" { group = 1 }
      guard var current = group else { return nil }
      if word == "mil", current > 0 {
        place += 1
        current = current * 1000 + (afterComma { $0.belowThousand() } ?? 0)
        isDigit = false
      }
      if word == "millon" || word == "millones", current > 0 {
        place += 1
        isDigit = false
        total = current * 1_000_000
        current = afterComma { $0.belowMillion() } ?? 0
      }
      return Reading(value: total + current, count: place - start, isDigit: isDigit)
    }

    private var word: String? { place < tokens.endIndex ? tokens[place].folded : nil }

    private func peek(_ offset: Int) -> String? {
      place + offset < tokens.endIndex ? tokens[place + offset].folded : nil
    }

    private mutating func belowMillion() -> Int? {
      let group = belowThousand()
      guard word == "mil", group != 0 else { return group }
      place += 1
      return (group ?? 1) * 1000 + (afterComma { $0.belowThousand() } ?? 0)
    }

    /// What follows, over a comma where there is one ("treinta millones, cuatrocientos mil").
    private mutating func afterComma(_ read: (inout Parser) -> Int?) -> Int? {
      let saved = place
      if place < tokens.endIndex, tokens[place].text == "," { place += 1 }
      // A bare digit behind the comma is the next piece of a dictation, not the end of this number.
      let isGroup =
        saved == place
        || word.map {
          hundreds[$0] != nil || $0 == "mil" || peek(1) == "mil" || peek(1) == "y"
            || small[$0].map { $0 >= 10 || joinsDigit && $0 > 0 } ?? (tens[$0] != nil)
            || numeral.map { $0 >= 10 } ?? false
        } ?? false
      if isGroup, let value = read(&self) { return value }
      place = saved
      return nil
    }

    /// The numeral at this place, of up to three digits.
    private var numeral: Int? {
      guard readsNumerals, place < tokens.endIndex, tokens[place].kind == .number,
        tokens[place].text.utf8.count <= 3
      else { return nil }
      return Int(tokens[place].text)
    }

    private mutating func belowThousand() -> Int? {
      guard let first = word else { return nil }
      if let numeral {
        place += 1
        isDigit = false
        return numeral
      }
      if let hundred = hundreds[first] {
        place += 1
        guard first != "cien" else { return 100 }
        let saved = place
        if let rest = belowHundred(), rest > 0 { return hundred + rest }
        place = saved
        return hundred
      }
      return belowHundred()
    }

    private mutating func belowHundred() -> Int? {
      guard let first = word else { return nil }
      if let value = small[first] {
        place += 1
        isDigit = value < 10
        // "diez y seis", an older spelling that recognisers like.
        if value == 10 || value == 20, word == "y", let unit = peek(1).flatMap({ small[$0] }),
          (1...9).contains(unit)
        {
          place += 2
          isDigit = false
          return value + unit
        }
        return value
      }
      guard let ten = tens[first] else { return nil }
      place += 1
      isDigit = false
      if word == "y", let unit = peek(1).flatMap({ small[$0] }), (1...9).contains(unit) {
        place += 2
        return ten + unit
      }
      if joinsTens, let unit = word.flatMap({ small[$0] }), (1...9).contains(unit) {
        place += 1
        return ten + unit
      }
      return ten
    }
  }
}
