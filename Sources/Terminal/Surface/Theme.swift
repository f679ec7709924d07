/// How the 16 colours of the pictures look on a screen: a table, so that a theme is one more row.
///
/// Pictures never know their theme; the driver turns their colours into the terminal's as it draws.
public struct Theme: Hashable, Sendable {
  /// A colour of the terminal for each depth it may have.
  public struct Shade: Hashable, Sendable {
    /// Number in xterm's 256 colours.
    public let indexed: Int
    /// Number in the 16 ANSI colours; nil for the terminal's own colour.
    public let ansi: Int?

    /// Makes a shade.
    public init(_ indexed: Int, _ ansi: Int?) {
      self.indexed = indexed
      self.ansi = ansi
    }
  }

  /// The name that a configuration uses.
  public let name: String
  /// Colours that look otherwise than the terminal's own.
  let shades: [Color: Shade]
  /// Colour behind everything; nil for the terminal's own.
  let background: Shade?
  /// Attributes that are left out.
  let without: Attributes
  /// Whether nothing has a colour.
  let isMono: Bool

  init(
    _ name: String, shades: [Color: Shade] = [:], background: Shade? = nil,
    without: Attributes = [], isMono: Bool = false
  ) {
    self.name = name
    self.shades = shades
    self.background = background
    self.without = without
    self.isMono = isMono
  }

  /// Every theme; the first is the default, which leaves all colours to the terminal.
  public static let table: [Theme] = [
    Theme("default"),
    Theme("high-contrast", shades: bright, background: Shade(16, 0), without: [.dim, .italic]),
    Theme("mono", isMono: true),
    Theme(
      "dusk", shades: soft(text: Shade(246, 7), strong: Shade(254, 15)), background: Shade(234, 0)),
    Theme(
      "paper", shades: soft(text: Shade(240, 0), strong: Shade(234, 0)), background: Shade(230, 7)),
  ]

  /// The theme of a name.
  public init?(named name: String) {
    guard let theme = Theme.table.first(where: { $0.name == name }) else { return nil }
    self = theme
  }

  /// Everything in the strongest colour there is.
  private static let bright: [Color: Shade] = {
    var shades: [Color: Shade] = [.standard: Shade(231, 15), .white: Shade(231, 15)]
    for (dark, light, index) in [
      (Color.red, 9, 203), (.green, 10, 46), (.yellow, 11, 226), (.blue, 12, 117),
      (.magenta, 13, 213), (.cyan, 14, 51),
    ] {
      shades[dark] = Shade(index, light)
      shades[Color(rawValue: dark.rawValue + 8) ?? dark] = Shade(index, light)
    }
    shades[.brightBlack] = Shade(231, 15)
    shades[.black] = Shade(16, 0)
    shades[.brightWhite] = Shade(231, 15)
    return shades
  }()

  /// Muted accents of one lightness, which read on dark and on light ground alike.
  private static func soft(text: Shade, strong: Shade) -> [Color: Shade] {
    var shades: [Color: Shade] = [.standard: text, .white: strong, .brightWhite: strong]
    for (color, index) in [
      (Color.red, 160), (.green, 64), (.yellow, 136), (.blue, 32), (.magenta, 125), (.cyan, 37),
    ] {
      shades[color] = Shade(index, color.ansi)
      shades[Color(rawValue: color.rawValue + 8) ?? color] = Shade(index, color.ansi)
    }
    shades[.brightBlack] = Shade(243, text.ansi)
    shades[.black] = Shade(234, 0)
    return shades
  }

  /// The number of a colour of text on a terminal with so many colours; nil for the terminal's own.
  func foreground(_ color: Color, colors: Int) -> Int? {
    number(shades[color], colors) ?? color.ansi
  }

  /// The number of a colour behind text; nil for the terminal's own.
  func background(_ color: Color, colors: Int) -> Int? {
    color == .standard ? number(background, colors) : foreground(color, colors: colors)
  }

  private func number(_ shade: Shade?, _ colors: Int) -> Int? {
    colors >= 256 ? shade?.indexed : shade?.ansi
  }
}
