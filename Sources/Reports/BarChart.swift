/// Bars for a terminal: blocks of eighths, or signs where there is ASCII alone. The numbers stand beside them.
public struct BarChart: Sendable {
  /// A bar.
  public struct Bar: Hashable, Sendable {
    /// What it is about.
    public let label: String
    /// Its length; nothing below 0 is drawn.
    public let value: Double
    /// The number as it is shown.
    public let number: String

    /// Makes a bar.
    public init(_ label: String, _ value: Double, number: String) {
      self.label = label
      self.value = value
      self.number = number
    }
  }

  /// Its heading.
  public let title: String
  /// Its bars.
  public let bars: [Bar]
  /// The value of a full bar; nil is the largest.
  public let full: Double?

  /// Makes a chart.
  public init(_ title: String, _ bars: [Bar], full: Double? = nil) {
    self.title = title
    self.bars = bars
    self.full = full
  }

  /// The chart for a terminal.
  ///
  /// - Parameter width: columns a full bar has.
  public func text(ascii: Bool, width: Int = 40) -> String {
    let most = full ?? bars.map(\.value).max() ?? 0
    let label = bars.map(\.label.count).max() ?? 0
    let lines = bars.map { bar in
      let space = String(repeating: " ", count: label - bar.label.count)
      let drawn = BarChart.bar(most > 0 ? bar.value / most : 0, width: width, ascii: ascii)
      let rest = String(repeating: " ", count: max(0, width - drawn.count))
      return "\(bar.label)\(space)  \(drawn)\(rest)  \(bar.number)\n"
    }
    return (title.isEmpty ? "" : title + "\n") + lines.joined()
  }

  /// A bar of that share, 0 to 1.
  static func bar(_ share: Double, width: Int, ascii: Bool) -> String {
    let share = max(0, min(1, share.isFinite ? share : 0))
    if ascii { return String(repeating: "#", count: Int((share * Double(width)).rounded())) }
    let eighths = Int((share * Double(width) * 8).rounded())
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + part
  }
}
