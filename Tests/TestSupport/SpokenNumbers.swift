/// A number in Spanish words, written independently of the reader.
///
/// - Parameter isFeminine: "doscientas veintiuna" for "doscientos veintiuno".
public func spelled(_ number: Int, isFeminine: Bool = false) -> String {
  switch number {
  case ..<30: return isFeminine ? feminine(small[number]) : small[number]
  case ..<100:
    let unit = number % 10
    return tens[number / 10]
      + (unit == 0 ? "" : " y " + spelled(unit, isFeminine: isFeminine))
  case 100: return "cien"
  case ..<1000:
    let rest = number % 100
    return (isFeminine ? feminine(hundreds[number / 100]) : hundreds[number / 100])
      + (rest == 0 ? "" : " " + spelled(rest, isFeminine: isFeminine))
  case ..<1_000_000:
    let rest = number % 1000
    let thousands = number / 1000
    let head =
      thousands == 1 ? "mil" : shortened(spelled(thousands, isFeminine: isFeminine)) + " mil"
    return head + (rest == 0 ? "" : " " + spelled(rest, isFeminine: isFeminine))
  default:
    let rest = number % 1_000_000
    let millions = number / 1_000_000
    let head = millions == 1 ? "un millón" : shortened(spelled(millions)) + " millones"
    return head + (rest == 0 ? "" : " " + spelled(rest, isFeminine: isFeminine))
  }
}

/// "veintiuno mil" is said "veintiún mil".
public func shortened(_ text: String) -> String {
  if text.hasSuffix("veintiuno") { return text.dropLast(9) + "veintiún" }
  return text.hasSuffix("uno") ? String(text.dropLast(1)) : text
}

private let small = [
  "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
  "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho",
  "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco",
  "veintiséis", "veintisiete", "veintiocho", "veintinueve",
]
private let tens = [
  "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
]
private let hundreds = [
  "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
  "setecientos", "ochocientos", "novecientos",
]

private func feminine(_ word: String) -> String {
  if word.hasSuffix("cientos") || word.hasSuffix("quinientos") { return word.dropLast(2) + "as" }
  return word.hasSuffix("uno") ? word.dropLast(1) + "a" : word
}

/// A way in which people dictate digits, or in which recognisers write what they dictated.
public enum DictationStyle: String, CaseIterable, Sendable {
  /// "treinta millones cuatrocientos diecisiete mil quinientos veintiocho".
  case cardinal
  /// "treinta millones, cuatrocientos diecisiete mil, quinientos veintiocho".
  case cardinalWithPauses
  /// "30 millones 417 mil 528".
  case cardinalInNumerals
  /// "tres cero cuatro uno".
  case digits
  /// "doble cero siete triple uno".
  case doubles
  /// "dos ceros siete tres unos".
  case plurals
  /// "treinta, cuarenta y uno, siete".
  case pairs
  /// "tres, cero cuatro, diecisiete".
  case digitThenPairs
  /// "treinta, cuarenta uno": the tens without their "y".
  case barePairs
  /// "trescientos cuatro, ciento setenta y cinco".
  case triplets
  /// "trescientos cuatro, diecisiete, cincuenta y dos".
  case tripletThenPairs
  /// "treinta 41 setenta y cinco 28": words and numerals in turn.
  case alternating
  /// "30417528".
  case numerals
  /// "304 17 52 8".
  case spaced
  /// "30.417.528".
  case pointed

  /// How digits are said; a comma stands for a pause between pieces.
  public func said(_ digits: String, pauses: Bool = false) -> String {
    pieces(digits).joined(separator: pauses && isPaced ? ", " : " ")
  }

  /// Whether it is made of pieces between which a speaker may pause.
  public var isPaced: Bool {
    switch self {
    case .cardinal, .cardinalWithPauses, .cardinalInNumerals, .numerals, .pointed: false
    default: true
    }
  }

  /// Whether leading zeros are said; a cardinal has none.
  public var keepsLeadingZeros: Bool {
    switch self {
    case .cardinal, .cardinalWithPauses, .cardinalInNumerals: false
    default: true
    }
  }

  /// What is said for digits, in pieces of one breath each.
  public func pieces(_ digits: String) -> [String] {
    let number = Int(digits) ?? 0
    switch self {
    case .cardinal: return [spelled(number)]
    case .cardinalWithPauses:
      return [
        spelled(number).replacing(" mil ", with: " mil, ").replacing(
          "millones ", with: "millones, "
        )
        .replacing("millón ", with: "millón, ")
      ]
    case .cardinalInNumerals: return [written(number)]
    case .digits: return digits.map { spelled($0.wholeNumberValue ?? 0) }
    case .doubles: return runs(digits, longest: 3).map(multiplied)
    case .plurals: return runs(digits, longest: 5).map(counted)
    case .pairs: return cut(digits, [], then: 2).map(grouped)
    case .digitThenPairs: return cut(digits, [1], then: 2).map(grouped)
    case .barePairs: return cut(digits, [], then: 2).map { grouped($0).replacing(" y ", with: " ") }
    case .triplets: return cut(digits, [], then: 3).map(grouped)
    case .tripletThenPairs: return cut(digits, [3], then: 2).map(grouped)
    case .alternating:
      return cut(digits, [], then: 2).enumerated().map { $0 % 2 == 0 ? grouped($1) : $1 }
    case .numerals: return [digits]
    case .spaced: return cut(digits, [3], then: 2)
    case .pointed:
      let first = digits.count % 3
      return [cut(digits, first == 0 ? [] : [first], then: 3).joined(separator: ".")]
    }
  }

  /// A group in words; its leading zeros are said.
  private func grouped(_ digits: String) -> String {
    let zeros = digits.prefix { $0 == "0" }.count
    let rest = digits.dropFirst(zeros)
    let words =
      Array(repeating: "cero", count: zeros) + (rest.isEmpty ? [] : [spelled(Int(rest) ?? 0)])
    return words.joined(separator: " ")
  }

  private func multiplied(_ run: String) -> String {
    let digit = spelled(run.first?.wholeNumberValue ?? 0)
    return run.count == 1 ? digit : (run.count == 2 ? "doble " : "triple ") + digit
  }

  private func counted(_ run: String) -> String {
    let plurals = [
      "ceros", "unos", "doses", "treses", "cuatros", "cincos", "seises", "sietes", "ochos",
      "nueves",
    ]
    let digit = run.first?.wholeNumberValue ?? 0
    return run.count == 1 ? spelled(digit) : "\(spelled(run.count)) \(plurals[digit])"
  }

  private func written(_ number: Int) -> String {
    let parts = [
      (number / 1_000_000, number / 1_000_000 == 1 ? " millón" : " millones"),
      (number / 1000 % 1000, " mil"), (number % 1000, ""),
    ]
    let said = parts.filter { $0.0 > 0 }.map { $0 == 1 && $1 == " mil" ? "mil" : "\($0)\($1)" }
    return said.isEmpty ? "0" : said.joined(separator: " ")
  }

  /// Pieces of those lengths, then of one length as far as the digits go.
  private func cut(_ digits: String, _ lengths: [Int], then length: Int) -> [String] {
    var rest = digits[...]
    var pieces: [String] = []
    var lengths = lengths[...]
    while !rest.isEmpty {
      pieces.append(String(rest.prefix(lengths.popFirst() ?? length)))
      rest = rest.dropFirst(pieces[pieces.count - 1].count)
    }
    return pieces
  }

  /// Runs of one digit.
  private func runs(_ digits: String, longest: Int) -> [String] {
    var runs: [String] = []
    for digit in digits {
      if let last = runs.last, last.first == digit, last.count < longest {
        runs[runs.count - 1].append(digit)
      } else {
        runs.append(String(digit))
      }
    }
    return runs
  }
}
