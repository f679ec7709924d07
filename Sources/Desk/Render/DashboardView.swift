import Messages
import Terminal

/// The numbers of the organisation: figures, weeks, and charts of bars, side by side where there is room.
enum DashboardView {
  static func page(
    _ dashboard: DashboardState?, _ state: DeskState, _ size: Size
  ) -> ReadingView.Page {
    let title = state.catalogue.text("dashboard.title")
    guard let dashboard else {
      return ReadingView.Page(
        title: title, lines: [[], [(state.catalogue.text("dashboard.reading"), 1, .dim)]])
    }
    let isWide = size.columns >= 110
    let width = isWide ? size.columns / 2 - 2 : size.columns - 2
    let blocks =
      [weeks(dashboard, state, width)] + dashboard.charts.map { chart($0, dashboard, state, width) }
    var lines = figures(dashboard, state, size.columns - 2)
    if isWide {
      lines += beside(blocks, by: size.columns / 2)
    } else {
      lines += blocks.flatMap { [[]] + $0 }
    }
    lines.append([])
    lines += Wrap.lines(suppressed(dashboard, state), columns: size.columns - 2).map {
      [($0, 1, .dim)]
    }
    return ReadingView.Page(title: title, lines: lines)
  }

  /// The same as lines to be read out.
  static func text(_ dashboard: DashboardState?, _ state: DeskState) -> [String] {
    let text = { (key: String) in state.catalogue.text(key) }
    guard let dashboard else { return [text("dashboard.title"), text("dashboard.reading")] }
    var lines = [text("dashboard.title")]
    lines += dashboard.figures.map { "\(text($0.title)): \(figure($0.value, dashboard))" }
    lines.append(text("dashboard.weeks"))
    lines += dashboard.weeks.map { "\($0.monday): \($0.days.reduce(0, +))" }
    for chart in dashboard.charts {
      lines.append(text(chart.title))
      lines += chart.bars.map { "\($0.label): \(value($0, dashboard))" }
      if chart.bars.isEmpty { lines.append(text("dashboard.empty")) }
    }
    return lines + [suppressed(dashboard, state)]
  }

  private static func suppressed(_ dashboard: DashboardState, _ state: DeskState) -> String {
    state.catalogue.text("dashboard.suppressed", ["n": String(dashboard.minimum)])
  }

  /// `Hoy 14 · Esta semana 63`, over as many lines as it takes; a figure is never broken.
  private static func figures(
    _ dashboard: DashboardState, _ state: DeskState, _ columns: Int
  ) -> [[ReadingView.Part]] {
    let words = dashboard.figures.map {
      state.catalogue.text($0.title).replacing(" ", with: "\u{A0}")
        + "\u{A0}" + figure($0.value, dashboard)
    }
    return Wrap.lines(words.joined(separator: " · "), columns: columns).map {
      [($0.replacing("\u{A0}", with: " "), 1, .bold)]
    }
  }

  private static func figure(_ value: Int?, _ dashboard: DashboardState) -> String {
    value.map(String.init) ?? "<\(dashboard.minimum)"
  }

  // MARK: - Weeks

  private static func weeks(
    _ dashboard: DashboardState, _ state: DeskState, _ width: Int
  ) -> [[ReadingView.Part]] {
    let days = (0..<7).map {
      TextWidth.pad(String(state.catalogue.text("weekday.\($0)").prefix(2)), 4)
    }
    let rows = dashboard.weeks.map { week in
      let cells = (0..<7).map { week.days.indices.contains($0) ? String(week.days[$0]) : "" }
      let total = right(String(week.days.reduce(0, +)), min(6, width - 34))
      return week.monday.suffix(5) + " " + cells.map { right($0, 4) }.joined() + total
    }
    let head = String(repeating: " ", count: 8) + days.joined()
    return [heading("dashboard.weeks", state, width), [(head, 1, .dim)]]
      + rows.map { [(TextWidth.fit($0, width), 1, .plain)] }
  }

  private static func right(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.count)) + text
  }

  // MARK: - Charts

  private static func heading(
    _ key: String, _ state: DeskState, _ width: Int
  ) -> [ReadingView.Part] {
    let style = Style(.standard, on: .standard, [.bold, .underline])
    return [(TextWidth.fit(state.catalogue.text(key), width), 1, style)]
  }

  private static func chart(
    _ chart: DashboardState.Chart, _ dashboard: DashboardState, _ state: DeskState, _ width: Int
  ) -> [[ReadingView.Part]] {
    let head = [heading(chart.title, state, width)]
    guard !chart.bars.isEmpty else {
      return head + [[(state.catalogue.text("dashboard.empty"), 1, .dim)]]
    }
    let values = chart.bars.map { value($0, dashboard) }
    let valueWidth = values.map(\.count).max() ?? 0
    let labelWidth = min(
      chart.bars.map { TextWidth.of($0.label) }.max() ?? 0, max(8, width * 2 / 5))
    let room = max(0, width - labelWidth - valueWidth - 2)
    let most =
      chart.full ?? chart.bars.map { max($0.value ?? 0, $0.band?.upperBound ?? 0) }.max() ?? 0
    return head
      + zip(chart.bars, values).map { bar, value in
        let length = { (number: Double) in most > 0 ? Int(number / most * Double(room)) : 0 }
        let full = length(bar.value ?? 0)
        let rest = bar.band.map { max(0, length($0.upperBound) - full) } ?? 0
        return [
          (TextWidth.fit(bar.label, labelWidth), 1, .plain),
          (right(value, valueWidth), 2 + labelWidth, .bold),
          (
            String(repeating: "█", count: full) + String(repeating: "░", count: rest),
            3 + labelWidth + valueWidth, Style(.cyan)
          ),
        ]
      }
  }

  /// `12`, `12 (8-17)`, `<5`.
  private static func value(_ bar: DashboardState.Bar, _ dashboard: DashboardState) -> String {
    guard let value = bar.value else { return "<\(dashboard.minimum)" }
    let whole = { (number: Double) in String(Int(number.rounded())) }
    return whole(value)
      + (bar.band.map { " (\(whole($0.lowerBound))-\(whole($0.upperBound)))" } ?? "")
  }

  /// Blocks in two columns, each where there is less so far.
  private static func beside(
    _ blocks: [[[ReadingView.Part]]], by column: Int
  ) -> [[ReadingView.Part]] {
    var sides: [[[ReadingView.Part]]] = [[], []]
    for block in blocks {
      let side = sides[1].count < sides[0].count ? 1 : 0
      sides[side] += [[]] + block
    }
    return (0..<max(sides[0].count, sides[1].count)).map { row in
      let left = sides[0].indices.contains(row) ? sides[0][row] : []
      let right = sides[1].indices.contains(row) ? sides[1][row] : []
      return left + right.map { ($0.text, $0.column + column, $0.style) }
    }
  }
}
