/// How the screen is to be used.
public struct ScreenOptions: Hashable, Sendable {
  /// Whether colours may be used.
  public enum ColorUse: String, Hashable, Sendable, CaseIterable {
    /// Where the terminal has them and `NO_COLOR` is unset or empty.
    case auto
    /// Wherever the terminal has them.
    case always
    /// Never.
    case never
  }

  /// Colour or not.
  public var color: ColorUse
  /// Lines and symbols in ASCII; letters too when the locale can't show them.
  public var ascii: Bool
  /// Whether clicks and the wheel are asked for.
  public var mouse: Bool
  /// How colours look.
  public var theme: Theme

  /// Makes options; the defaults suit most terminals.
  public init(
    color: ColorUse = .auto, ascii: Bool = false, mouse: Bool = true, theme: Theme = Theme.table[0]
  ) {
    self.theme = theme
    self.color = color
    self.ascii = ascii
    self.mouse = mouse
  }

  /// Whether colours are used, given the value of `NO_COLOR`.
  public func usesColor(noColor: String?) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: (noColor ?? "").isEmpty
    }
  }
}
