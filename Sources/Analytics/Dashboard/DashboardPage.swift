import Foundation

/// A dashboard as one HTML file that needs nothing else: no script, no network, its data inside.
public struct DashboardPage: Sendable {
  private let dashboard: Dashboard
  private let language: String
  /// What was chosen and when it was made, in words.
  private let subtitle: String
  private let text: @Sendable (String) -> String

  /// - Parameters:
  ///   - text: the text of a catalogue key.
  public init(
    _ dashboard: Dashboard, language: String, subtitle: String,
    text: @escaping @Sendable (String) -> String
  ) {
    self.dashboard = dashboard
    self.language = language
    self.subtitle = subtitle
    self.text = text
  }

  /// The page.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="\(language)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escape(text("dashboard.title")))</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    <h1>\(escape(text("dashboard.title")))</h1>
    <p class="sub">\(escape(subtitle))</p>
    <dl class="tiles">
    \(dashboard.tiles.map(tile).joined(separator: "\n"))
    </dl>
    \(dashboard.charts.map(section).joined(separator: "\n"))
    <p class="sub">\(escape(text("dashboard.suppressed").replacing("{n}", with: String(dashboard.minimum))))</p>
    </body>
    </html>

    """
  }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
    .sub{color:#555}.tiles{display:flex;flex-wrap:wrap;gap:1rem;margin:0}.tiles div{border:1px solid #ccc;border-radius:6px;padding:.5rem 1rem}
    dt{color:#555}dd{margin:0;font-size:1.8rem}svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#333}
    table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #ccc;padding:.1rem .5rem;text-align:left}td.n{text-align:right}
    section{margin:2rem 0;break-inside:avoid}@media print{details{display:none}body{margin:0}}
    """

  private func tile(_ tile: Dashboard.Tile) -> String {
    let value = tile.value.map(String.init) ?? "<\(dashboard.minimum)"
    return "<div><dt>\(escape(text(tile.title)))</dt><dd>\(escape(value))</dd></div>"
  }

  private func section(_ chart: Chart) -> String {
    let title = escape(text(chart.title))
    guard !chart.points.isEmpty else {
      return "<section><h2>\(title)</h2><p>\(escape(text("dashboard.empty")))</p></section>"
    }
    let drawing = chart.shape == .bars ? bars(chart, title) : line(chart, title)
    let files = [("csv", "text/csv", chart.csv), ("json", "application/json", chart.json)].map {
      let data = Data($0.2.utf8).base64EncodedString()
      return """
        <a download="\(chart.name).\($0.0)" href="data:\($0.1);charset=utf-8;base64,\(data)">\($0.0)</a>
        """
    }
    return """
      <section>
      <h2>\(title)</h2>
      \(drawing)
      <details><summary>\(escape(text("dashboard.numbers")))</summary>\(table(chart))</details>
      <p>\(files.joined(separator: " · "))</p>
      </section>
      """
  }

  private func table(_ chart: Chart) -> String {
    let hasBand = chart.points.contains { $0.band != nil }
    let rows = chart.points.map { point in
      let numbers =
        [point.value.map(Chart.number) ?? "<\(dashboard.minimum)"]
        + (hasBand
          ? [
            point.band.map { Chart.number($0.lowerBound) } ?? "",
            point.band.map { Chart.number($0.upperBound) } ?? "",
          ] : [])
      return "<tr><td>\(escape(point.label))</td>"
        + numbers.map { "<td class=\"n\">\(escape($0))</td>" }.joined() + "</tr>"
    }
    return "<table>\(rows.joined())</table>"
  }

  private func bars(_ chart: Chart, _ title: String) -> String {
    let most = max(chart.points.compactMap(\.value).max() ?? 0, 1)
    let rows = chart.points.enumerated().map { index, point in
      let y = index * 24
      let width = (point.value ?? 0) / most * 440
      let value = point.value.map(Chart.number) ?? "<\(dashboard.minimum)"
      return """
        <text x="170" y="\(y + 16)" text-anchor="end">\(escape(point.label))</text>\
        <rect x="180" y="\(y + 3)" width="\(Chart.number(width))" height="17" fill="#2a6f97"/>\
        <text x="\(Chart.number(188 + width))" y="\(y + 16)">\(escape(value))</text>
        """
    }
    return """
      <svg viewBox="0 0 700 \(chart.points.count * 24)" role="img" aria-label="\(title)">\(rows.joined())</svg>
      """
  }

  private func line(_ chart: Chart, _ title: String) -> String {
    let most = max(chart.points.map { max($0.value ?? 0, $0.band?.upperBound ?? 0) }.max() ?? 0, 1)
    let step = 640 / Double(max(chart.points.count - 1, 1))
    let place = { (index: Int, value: Double) in
      "\(Chart.number(40 + Double(index) * step)),\(Chart.number(170 - value / most * 150))"
    }
    let points = chart.points.enumerated()
    let path = points.map { place($0, $1.value ?? 0) }.joined(separator: " ")
    let upper = points.compactMap { index, point in
      point.band.map { place(index, $0.upperBound) }
    }
    let lower = points.compactMap { index, point in
      point.band.map { place(index, $0.lowerBound) }
    }
    let band =
      upper.isEmpty
      ? ""
      : "<polygon points=\"\((upper + lower.reversed()).joined(separator: " "))\" fill=\"#a9d6e5\"/>"
    let first = escape(chart.points.first?.label ?? "")
    let last = escape(chart.points.last?.label ?? "")
    return """
      <svg viewBox="0 0 700 200" role="img" aria-label="\(title)">\
      <line x1="40" y1="170" x2="680" y2="170" stroke="#999"/>\
      <text x="34" y="24" text-anchor="end">\(Chart.number(most))</text>\
      <text x="34" y="174" text-anchor="end">0</text>\(band)\
      <polyline points="\(path)" fill="none" stroke="#01497c" stroke-width="2"/>\
      <text x="40" y="190">\(first)</text><text x="680" y="190" text-anchor="end">\(last)</text></svg>
      """
  }

  private func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
