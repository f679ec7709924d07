/// How names are written.
enum Capitals {
  /// A word of a name with its capital: what is all capitals or all small gets one.
  static func written(_ token: Token) -> String {
    let text = token.text
    if token.isAllCapitals { return first(text.lowercased()) }
    return first(text)
  }

  /// The text with a capital first letter, behind an apostrophe or hyphen too ("D'Angelo").
  static func first(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Particles written small inside a name.
  static let particles: Set<String> = [
    "de", "del", "la", "las", "los", "y", "e", "i", "da", "do", "dos",
  ]

  /// A small number in Roman numerals, 1 to 39.
  static func roman(_ number: Int) -> String {
    guard (1..<40).contains(number) else { return String(number) }
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    return String(repeating: "X", count: number / 10) + units[number % 10]
  }
}
