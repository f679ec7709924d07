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

  /// All of them with what they stand for.
  static let values: [String: Int] = [small, tens, hundreds].reduce(
    into: ["mil": 1000, "millon": 1_000_000, "millones": 1_000_000]
  ) { all, more in all.merge(more) { first, _ in first } }

  /// Whether the folded word can be part of a number.
  static func isNumber(_ folded: String) -> Bool { WordFacts.of(folded).number >= 0 }

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
    guard let first = tokens.first, first.isNumberWord else { return nil }
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
    guard isNumeral || first.isNumberWord else { return nil }
    var parser = Parser(tokens: tokens, joinsTens: joinsTens)
    parser.joinsDigit = joinsDigit
    parser.readsNumerals = true
    return parser.number()
  }

  private static func isScale(_ token: Token) -> Bool {
    token.isThousand || token.isMillion
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
      if group == nil, isThousand() { group = 1 }
      guard var current = group else { return nil }
      if isThousand(), current > 0 {
        place += 1
        current = current * 1000 + (afterComma { $0.belowThousand() } ?? 0)
        isDigit = false
      }
      if place < tokens.endIndex, tokens[place].isMillion, current > 0 {
        place += 1
        isDigit = false
        total = current * 1_000_000
        current = afterComma { $0.belowMillion() } ?? 0
      }
      return Reading(value: total + current, count: place - start, isDigit: isDigit)
    }

    /// Whether "mil" is there.
    private func isThousand(_ offset: Int = 0) -> Bool {
      place + offset < tokens.endIndex && tokens[place + offset].isThousand
    }

    /// Whether "y" is there.
    private func isAnd(_ offset: Int = 0) -> Bool {
      place + offset < tokens.endIndex && tokens[place + offset].folded == "y"
    }

    /// The number from 1 to 9 that is there.
    private func unit(_ offset: Int = 0) -> Int? {
      guard place + offset < tokens.endIndex, let unit = tokens[place + offset].smallNumber,
        (1...9).contains(unit)
      else { return nil }
      return unit
    }

    private mutating func belowMillion() -> Int? {
      let group = belowThousand()
      guard isThousand(), group != 0 else { return group }
      place += 1
      return (group ?? 1) * 1000 + (afterComma { $0.belowThousand() } ?? 0)
    }

    /// What follows, over a comma where there is one ("treinta millones, cuatrocientos mil").
    private mutating func afterComma(_ read: (inout Parser) -> Int?) -> Int? {
      let saved = place
      if place < tokens.endIndex, tokens[place].text == "," { place += 1 }
      // A bare digit behind the comma is the next piece of a dictation, not the end of this number.
      if saved == place || beginsGroup, let value = read(&self) { return value }
      place = saved
      return nil
    }

    /// Whether the next group of a number begins here, behind a comma.
    private var beginsGroup: Bool {
      guard place < tokens.endIndex else { return false }
      let token = tokens[place]
      return token.hundreds != nil || token.isThousand || isThousand(1) || isAnd(1)
        || token.smallNumber.map { $0 >= 10 || joinsDigit && $0 > 0 } ?? (token.tens != nil)
        || numeral.map { $0 >= 10 } ?? false
    }

    /// The numeral at this place, of up to three digits.
    private var numeral: Int? {
      guard readsNumerals, place < tokens.endIndex, tokens[place].kind == .number,
        tokens[place].text.utf8.count <= 3
      else { return nil }
      return Int(tokens[place].text)
    }

    private mutating func belowThousand() -> Int? {
      guard place < tokens.endIndex else { return nil }
      if let numeral {
        place += 1
        isDigit = false
        return numeral
      }
      guard let hundred = tokens[place].hundreds else { return belowHundred() }
      let isRound = tokens[place].folded == "cien"
      place += 1
      guard !isRound else { return 100 }
      let saved = place
      if let rest = belowHundred(), rest > 0 { return hundred + rest }
      place = saved
      return hundred
    }

    private mutating func belowHundred() -> Int? {
      guard place < tokens.endIndex else { return nil }
      if let value = tokens[place].smallNumber {
        place += 1
        isDigit = value < 10
        // "diez y seis", an older spelling that recognisers like.
        if value == 10 || value == 20, isAnd(), let unit = unit(1) {
          place += 2
          isDigit = false
          return value + unit
        }
        return value
      }
      guard let ten = tokens[place].tens else { return nil }
      place += 1
      isDigit = false
      if isAnd(), let unit = unit(1) {
        place += 2
        return ten + unit
      }
      if joinsTens, let unit = unit() {
        place += 1
        return ten + unit
      }
      return ten
    }
  }
}
