/// Spanish identity numbers and their check letter (Real Decreto 1553/2005; python-stdnum agrees).
public enum IdentityNumber {
  /// The letter for each remainder of 23.
  private static let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")

  /// The check letter of eight digits, or of the eight digits that stand for a NIE.
  public static func letter(_ number: Int) -> Character { letters[number % 23] }

  /// What kind of Spanish number it is, by its shape alone.
  public enum Kind: String, Hashable, Sendable {
    /// Eight digits and a letter.
    case dni
    /// X, Y or Z, seven digits and a letter.
    case nie
  }

  /// The kind of a number in capitals without spaces; nil when its shape is neither.
  public static func kind(_ number: String) -> Kind? {
    let characters = Array(number)
    guard characters.count == 9, let last = characters.last, last.isASCII, last.isLetter else {
      return nil
    }
    let digits = characters[1..<8].allSatisfy { $0.isASCII && $0.isNumber }
    guard digits else { return nil }
    if characters[0].isASCII, characters[0].isNumber { return .dni }
    return "XYZ".contains(characters[0]) ? .nie : nil
  }

  /// Whether the check letter is right; false for anything that is no DNI or NIE.
  public static func isValid(_ number: String) -> Bool {
    guard let kind = kind(number), let last = number.last else { return false }
    var digits = String(number.dropLast())
    if kind == .nie, let first = digits.first, let index = "XYZ".firstIndex(of: first) {
      digits = "\("XYZ".distance(from: "XYZ".startIndex, to: index))" + digits.dropFirst()
    }
    return Int(digits).map(letter) == last
  }

  /// Numbers one digit away whose check letter is right: what may have been said instead.
  public static func neighbours(_ number: String) -> [String] {
    guard kind(number) != nil else { return [] }
    var characters = Array(number)
    var found: [String] = []
    for index in characters.indices.dropLast() where characters[index].isNumber {
      let original = characters[index]
      for digit in "0123456789" where digit != original {
        characters[index] = digit
        let candidate = String(characters)
        if isValid(candidate) { found.append(candidate) }
      }
      characters[index] = original
    }
    return found
  }
}
