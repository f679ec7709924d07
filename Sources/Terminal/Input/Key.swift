/// What a key says, whatever is held with it.
public enum KeyCode: Hashable, Sendable {
  /// A printable character, one grapheme cluster or one scalar of it.
  case character(Character)
  /// A function key, 1 to 24.
  case function(Int)
  /// Return.
  case enter
  /// Tabulator.
  case tab
  /// Escape.
  case escape
  /// Delete to the left.
  case backspace
  /// Delete to the right.
  case delete
  /// Insert.
  case insert
  /// Arrow up.
  case up
  /// Arrow down.
  case down
  /// Arrow left.
  case left
  /// Arrow right.
  case right
  /// To the beginning.
  case home
  /// To the end.
  case end
  /// A screenful up.
  case pageUp
  /// A screenful down.
  case pageDown
}

/// What is held together with a key.
public struct Modifiers: OptionSet, Hashable, Sendable {
  /// One bit a modifier, as xterm encodes them.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Shift, where the terminal reports it.
  public static let shift = Modifiers(rawValue: 1)
  /// Alt or Meta.
  public static let alt = Modifiers(rawValue: 2)
  /// Control.
  public static let control = Modifiers(rawValue: 4)
}

/// A key press.
public struct Key: Hashable, Sendable {
  /// The key.
  public let code: KeyCode
  /// What is held with it.
  public let modifiers: Modifiers

  /// Makes a key press.
  public init(_ code: KeyCode, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
  }

  /// A key that types this character.
  public static func character(_ character: Character) -> Key { Key(.character(character)) }
  /// The character with Control held; lower case.
  public static func control(_ character: Character) -> Key {
    Key(.character(character), .control)
  }
  /// The character with Alt held.
  public static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
  /// A function key.
  public static func function(_ number: Int) -> Key { Key(.function(number)) }
  /// Shift and tabulator.
  public static let backTab = Key(.tab, .shift)

  /// The function key that Alt and a digit stand for, on terminals without function keys; 0 is F10.
  public var functionEquivalent: Key? {
    guard modifiers == .alt, case .character(let character) = code,
      let digit = character.wholeNumberValue, character.isASCII
    else { return nil }
    return .function(digit == 0 ? 10 : digit)
  }

  /// The character typed, when nothing but Shift is held.
  public var typed: Character? {
    guard case .character(let character) = code,
      modifiers.isDisjoint(with: [.alt, .control])
    else { return nil }
    return character
  }
}

/// Something that comes from the terminal.
public enum InputEvent: Hashable, Sendable {
  /// A key press.
  case key(Key)
  /// Text pasted as a whole: data, never keys. Line ends are line feeds; other control characters are gone.
  case paste(String)
  /// The first mouse button pressed on a cell.
  case click(Point)
  /// The wheel turned: -1 up, 1 down.
  case wheel(Int, Point)
  /// The terminal has a new size.
  case resized(Size)
  /// The terminal was away (suspended, stopped) and everything must be drawn again.
  case resumed
  /// The shell or a person asks to stop for a while (SIGTSTP).
  case suspendRequested
  /// The system asks to end, by this signal number; a vanished terminal counts as SIGHUP.
  case terminate(Int32)
}
