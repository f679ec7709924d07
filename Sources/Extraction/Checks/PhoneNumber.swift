/// Telephone numbers: the Spanish numbering plan (Plan nacional de numeración telefónica) and E.164.
public enum PhoneNumber {
  /// Whether nine digits are a Spanish mobile (6, 71 to 74, 77 to 79) or fixed number (8, 9).
  public static func isSpanish(_ digits: String) -> Bool {
    let digits = Array(digits)
    guard digits.count == 9, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return false }
    switch digits[0] {
    case "6": return true
    case "7": return "1234789".contains(digits[1])
    case "8", "9": return "12345678".contains(digits[1])
    default: return false
    }
  }

  /// The number in E.164: Spanish numbers get their country code; nil when the digits make no number.
  ///
  /// - Parameter digits: digits only, with `00` or nothing in front of a country code.
  /// - Parameter hasPlus: whether a plus sign was written or said.
  public static func international(_ digits: String, hasPlus: Bool = false) -> String? {
    if isSpanish(digits) { return "+34" + digits }
    var rest = Substring(digits)
    if rest.hasPrefix("00") { rest = rest.dropFirst(2) }
    if rest.hasPrefix("34") {
      let national = String(rest.dropFirst(2))
      return isSpanish(national) ? "+34" + national : nil
    }
    let isInternational = hasPlus || digits.hasPrefix("00")
    return isInternational && (8...15).contains(rest.count) ? "+" + rest : nil
  }
}
