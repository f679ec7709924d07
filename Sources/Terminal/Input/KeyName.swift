/// Keys by their names, as a configuration writes them: `F4`, `ctrl-p`, `alt-x`, `shift-tab`, `pageup`, `e`.
extension Key {
  private static let names: [(String, KeyCode)] = [
    ("enter", .enter), ("tab", .tab), ("esc", .escape), ("backspace", .backspace),
    ("delete", .delete), ("insert", .insert), ("up", .up), ("down", .down), ("left", .left),
    ("right", .right), ("home", .home), ("end", .end), ("pageup", .pageUp),
    ("pagedown", .pageDown), ("space", .character(" ")),
  ]

  private static let synonyms = [
    "return": "enter", "escape": "esc", "del": "delete", "ins": "insert", "pgup": "pageup",
    "pgdn": "pagedown", "pgdown": "pagedown",
  ]

  /// Control and these letters are other keys to every terminal: Backspace, Tab, Enter, Enter.
  private static let sameAsOthers: Set<Character> = ["h", "i", "j", "m"]

  /// The key of a name; nil for a name no key has, and for keys that no terminal tells apart from others.
  ///
  /// Capitals matter only where a single character is the whole name.
  public init?(name: String) {
    var rest = Substring(name)
    var held: Modifiers = []
    let prefixes: [(String, Modifiers)] = [
      ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]
    while let (prefix, modifier) = prefixes.first(where: {
      rest.count > $0.0.count && rest.lowercased().hasPrefix($0.0)
    }) {
      guard !held.contains(modifier) else { return nil }
      held.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    guard let code = Key.code(rest, held) else { return nil }
    self.init(code, held)
  }

  private static func code(_ name: Substring, _ held: Modifiers) -> KeyCode? {
    if name.count == 1, let character = name.first { return letter(character, held) }
    let lower = name.lowercased()
    if lower.hasPrefix("f"), let number = Int(lower.dropFirst()) {
      return (1...24).contains(number) ? .function(number) : nil
    }
    let known = synonyms[lower] ?? lower
    return names.first { $0.0 == known }?.1
  }

  /// A character on its own, with Alt, or an ASCII letter with Control; Shift is part of the character.
  private static func letter(_ character: Character, _ held: Modifiers) -> KeyCode? {
    guard !held.contains(.shift), TextWidth.drawable(character).0 == character else { return nil }
    guard held.contains(.control) else { return .character(character) }
    guard let letter = character.lowercased().first, letter.isASCII, letter.isLetter,
      !sameAsOthers.contains(letter)
    else { return nil }
    return .character(letter)
  }

  /// The name that ``init(name:)`` understands.
  public var configurationName: String {
    let name =
      switch code {
      case .function(let number): "F\(number)"
      case .character(let character) where character != " ": String(character)
      default: Key.names.first { $0.1 == code }?.0 ?? ""
      }
    let prefixes: [(Modifiers, String)] = [(.control, "ctrl-"), (.alt, "alt-"), (.shift, "shift-")]
    return prefixes.filter { modifiers.contains($0.0) }.map(\.1).joined() + name
  }
}
