/// How many columns text takes in a terminal, by grapheme cluster.
///
/// After Unicode Standard Annex 11 (East Asian Width), as terminals and the C library apply it: a
/// cluster is as wide as its first scalar. Emoji variation selectors do not widen.
public enum TextWidth {
  /// The columns of a text; control characters count as drawn (see ``drawable(_:)``).
  public static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + drawable($1).1 }
  }

  /// What may be sent to a terminal for a character, and its columns.
  ///
  /// Control characters (C0, DEL, C1), line and paragraph separators and bidirectional overrides
  /// become `·` or a blank; a lone combining mark gets a dotted circle to stand on.
  public static func drawable(_ character: Character) -> (Character, Int) {
    if let ascii = character.asciiValue {
      if ascii >= 32, ascii < 127 { return (character, 1) }
      return (ascii == 9 || ascii == 10 || ascii == 13 ? " " : "·", 1)
    }
    guard let first = character.unicodeScalars.first else { return (" ", 1) }
    if isUnsafe(first) { return ("·", 1) }
    // A cluster may carry unsafe scalars after its first (a carriage return with its line feed).
    if character.unicodeScalars.contains(where: isUnsafe) { return ("·", 1) }
    switch of(scalar: first) {
    case 0: return (Character("\u{25CC}" + String(character)), 1)
    case let width: return (character, width)
    }
  }

  /// What could steer a terminal, turn the direction of text around, or hide in it.
  ///
  /// Joiners (U+200C, U+200D) and variation selectors stay: scripts and emoji need them.
  public static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB:
      true
    case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2060...0x2064, 0x206A...0x206F, 0xFEFF:
      true
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }

  /// The text as it may be sent to a terminal: one line without anything that steers it.
  public static func line(_ text: some StringProtocol) -> String {
    String(text.map { drawable($0).0 })
  }

  /// The columns of one scalar: 0 (combining), 1 or 2.
  public static func of(scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    if value < 0x1100 { return isCombining(scalar) ? 0 : 1 }
    if isWide(value) || scalar.properties.isEmojiPresentation { return 2 }
    return isCombining(scalar) ? 0 : 1
  }

  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: (0x1160...0x11FF).contains(scalar.value)
    }
  }

  /// Blocks of wide characters, ascending.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CD5, 0x1AFF0...0x1B2FB,
    0x1F200...0x1F265, 0x1F900...0x1F9FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100, value <= 0x3FFFD else { return false }
    return wide.contains { $0.contains(value) }
  }

  /// The text cut to at most this many columns, with `…` in the last where something is missing.
  public static func fit(_ text: String, _ columns: Int) -> String {
    guard columns > 0 else { return "" }
    if of(text) <= columns { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = drawable(character).1
      guard used + width <= columns - 1 else { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }

  /// The text cut or filled with blanks to exactly this many columns.
  public static func pad(_ text: String, _ columns: Int) -> String {
    let cut = fit(text, columns)
    return cut + String(repeating: " ", count: max(0, columns - of(cut)))
  }
}
