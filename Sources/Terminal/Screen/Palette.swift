import CNcurses

/// Colour pairs, made as they are first used.
struct Palette {
  private let theme: Theme
  private let enabled: Bool
  private var colors = 0
  private var capacity = 0
  private var pairs: [Int: Int32] = [:]

  /// A palette that may be switched off.
  init(enabled: Bool, theme: Theme) {
    self.enabled = enabled && !theme.isMono
    self.theme = theme
  }

  /// Asks the terminal what it can do; curses must have started.
  mutating func start() {
    guard enabled, colors == 0, has_colors() else { return }
    start_color()
    use_default_colors()
    colors = Int(cn_colors())
    capacity = Int(cn_color_pairs())
  }

  /// Attributes and colour pair for a style.
  mutating func look(of style: Style) -> (attr_t, Int32) {
    let style = colors >= 8 ? style : style.monochrome
    let shown = style.attributes.subtracting(colors >= 8 ? theme.without : [])
    var attributes = CN_NORMAL
    let names: [(Attributes, attr_t)] = [
      (.bold, CN_BOLD), (.dim, CN_DIM), (.underline, CN_UNDERLINE), (.reverse, CN_REVERSE),
      (.italic, CN_ITALIC),
    ]
    for (name, bit) in names where shown.contains(name) { attributes |= bit }
    guard colors >= 8 else { return (attributes, 0) }
    var foreground = theme.foreground(style.foreground, colors: colors)
    if let bright = foreground, bright >= 8, colors < 16 {
      // Eight colours: bright is bold, and bright black would vanish on black.
      foreground = bright == 8 ? nil : bright - 8
      attributes |= bright == 8 ? CN_DIM : CN_BOLD
    }
    let background = theme.background(style.background, colors: colors)
      .map { colors < 16 ? $0 % 8 : $0 }
    return (attributes, pair(foreground ?? -1, background ?? -1))
  }

  private mutating func pair(_ foreground: Int, _ background: Int) -> Int32 {
    if foreground < 0, background < 0 { return 0 }
    let key = (foreground + 1) * 512 + background + 1
    if let known = pairs[key] { return known }
    let number = Int32(pairs.count + 1)
    guard Int(number) < capacity,
      init_pair(Int16(number), Int16(foreground), Int16(background)) != CN_ERR
    else { return 0 }
    pairs[key] = number
    return number
  }
}
