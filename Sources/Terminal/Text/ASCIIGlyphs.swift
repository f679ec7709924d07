/// Stand-ins for terminals that can't show more than ASCII.
public enum ASCIIGlyphs {
  private static let symbols: [Character: Character] = [
    "─": "-", "━": "=", "│": "|", "┃": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+",
    "┤": "+", "┬": "+", "┴": "+", "┼": "+", "●": "*", "○": "o", "◐": "~", "‖": "=", "✓": "v",
    "✎": "e", "…": ".", "·": ".", "▶": ">", "▸": ">", "◂": "<", "»": ">", "«": "<", "█": "#",
    "▓": "#", "▒": ":", "░": ".", "▏": "|", "←": "<", "→": ">", "↑": "^", "↓": "v", "⚠": "!",
    "≈": "~", "–": "-", "—": "-", "“": "\"", "”": "\"", "‘": "'", "’": "'", "×": "x", "■": "#",
    "□": ".", "∅": "0", "◌": "o", "✗": "x", "¶": "P",
  ]

  /// Signs that the Linux console's fonts have: box drawing, blocks, arrows and Latin-1.
  private static let inConsole: Set<Character> = Set("─│┌┐└┘├┤┬┴┼█▓▒░←→↑↓»«×¶·■")

  /// What stands for a sign that the Linux console can't show; anything else as it is.
  public static func console(_ character: Character) -> Character {
    inConsole.contains(character) ? character : symbol(character)
  }

  /// The symbol's stand-in; anything else as it is.
  public static func symbol(_ character: Character) -> Character {
    symbols[character] ?? character
  }

  /// An ASCII character for any: the stand-in, the letter without its accent, or `?`.
  public static func any(_ character: Character) -> Character {
    let symbol = symbol(character)
    if symbol.isASCII { return symbol }
    // Canonical decomposition puts the base letter first.
    if let base = String(symbol).decomposedBase, base.isASCII { return Character(base) }
    return "?"
  }
}

extension String {
  /// The first scalar of the canonical decomposition.
  fileprivate var decomposedBase: Unicode.Scalar? {
    let table: [Unicode.Scalar: Unicode.Scalar] = [
      "á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n", "ç": "c", "à": "a",
      "è": "e", "ò": "o", "ì": "i", "ù": "u", "ï": "i", "â": "a", "ê": "e", "ô": "o", "î": "i",
      "û": "u", "ä": "a", "ö": "o", "Á": "A", "É": "E", "Í": "I", "Ó": "O", "Ú": "U", "Ü": "U",
      "Ñ": "N", "Ç": "C", "À": "A", "È": "E", "Ò": "O", "¿": "?", "¡": "!", "º": "o", "ª": "a",
    ]
    guard let first = unicodeScalars.first else { return nil }
    return table[first] ?? first
  }
}
