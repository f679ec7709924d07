/// One of the 16 colours every terminal has, or the user's own.
///
/// The user's theme decides how they look; meaning is never carried by colour alone.
public enum Color: UInt8, Hashable, Sendable, CaseIterable {
  /// What the terminal uses when nothing is asked for.
  case standard
  /// ANSI 0.
  case black
  /// ANSI 1.
  case red
  /// ANSI 2.
  case green
  /// ANSI 3.
  case yellow
  /// ANSI 4.
  case blue
  /// ANSI 5.
  case magenta
  /// ANSI 6.
  case cyan
  /// ANSI 7.
  case white
  /// ANSI 8.
  case brightBlack
  /// ANSI 9.
  case brightRed
  /// ANSI 10.
  case brightGreen
  /// ANSI 11.
  case brightYellow
  /// ANSI 12.
  case brightBlue
  /// ANSI 13.
  case brightMagenta
  /// ANSI 14.
  case brightCyan
  /// ANSI 15.
  case brightWhite

  /// The ANSI number, 0 to 15; nil for the user's own colour.
  public var ansi: Int? { self == .standard ? nil : Int(rawValue) - 1 }
}

/// Weight and decoration of text.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit an attribute.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// Underlined.
  public static let underline = Attributes(rawValue: 4)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 8)
  /// Slanted, where the terminal can.
  public static let italic = Attributes(rawValue: 16)
}

/// How a cell looks.
public struct Style: Hashable, Sendable {
  /// Colour of the text.
  public var foreground: Color
  /// Colour behind the text.
  public var background: Color
  /// Weight and decoration.
  public var attributes: Attributes

  /// Makes a style; everything left out is the terminal's own.
  public init(
    _ foreground: Color = .standard, on background: Color = .standard,
    _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own look.
  public static let plain = Style()
  /// Heavier text.
  public static let bold = Style(.standard, on: .standard, .bold)
  /// Fainter text.
  public static let dim = Style(.standard, on: .standard, .dim)
  /// Foreground and background exchanged.
  public static let reverse = Style(.standard, on: .standard, .reverse)

  /// The same style with these attributes too.
  public func adding(_ more: Attributes) -> Style {
    Style(foreground, on: background, attributes.union(more))
  }

  /// The same style without colour; a background becomes reverse video so that it stays visible.
  public var monochrome: Style {
    background == .standard
      ? Style(.standard, on: .standard, attributes)
      : Style(.standard, on: .standard, attributes.symmetricDifference(.reverse))
  }

  /// A short code for golden files, for example `red/-+bold`.
  public var code: String {
    var parts: [String] = []
    if foreground != .standard { parts.append("\(foreground)") }
    if background != .standard { parts.append("on-\(background)") }
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse"),
      (.italic, "italic"),
    ]
    parts += names.filter { attributes.contains($0.0) }.map(\.1)
    return parts.isEmpty ? "plain" : parts.joined(separator: " ")
  }
}
