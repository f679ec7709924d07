/// Check digits of machine-readable travel documents (ICAO Doc 9303, part 3, section 4.9).
public enum MachineReadableZone {
  /// The check digit of a field: digits, capital letters (A is 10) and `<` (0), weighted 7, 3, 1; nil for other signs.
  public static func checkDigit(_ field: some StringProtocol) -> Int? {
    let weights = [7, 3, 1]
    var sum = 0
    for (index, byte) in field.utf8.enumerated() {
      let value: Int
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(byte) - 48
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = Int(byte) - 55
      case UInt8(ascii: "<"): value = 0
      default: return nil
      }
      sum += value * weights[index % 3]
    }
    return sum % 10
  }

  /// What the second line of a passport tells.
  public struct Passport: Hashable, Sendable {
    /// Number of the passport, without fillers.
    public let number: String
    /// Nationality, three letters.
    public let nationality: String
    /// Day of birth as `YYMMDD`.
    public let birth: String
    /// Whether every check digit is right.
    public let isValid: Bool
  }

  /// Reads the second line of a passport (TD3, 44 signs); nil when it is none.
  public static func passport(_ line: String) -> Passport? {
    let signs = Array(line.uppercased())
    guard signs.count == 44 else { return nil }
    let part = { (range: ClosedRange<Int>) in
      String(signs[(range.lowerBound - 1)...(range.upperBound - 1)])
    }
    let agrees = { (range: ClosedRange<Int>, place: Int) in
      checkDigit(part(range)).map(String.init) == String(signs[place - 1])
    }
    let composite = part(1...10) + part(14...20) + part(22...43)
    let isValid =
      agrees(1...9, 10) && agrees(14...19, 20) && agrees(22...27, 28)
      && checkDigit(composite).map(String.init) == String(signs[43])
    return Passport(
      number: part(1...9).replacing("<", with: ""), nationality: part(11...13),
      birth: part(14...19), isValid: isValid)
  }
}
