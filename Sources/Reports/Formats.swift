/// How a report is written.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Tables and plots for a terminal.
  case table
  /// RFC 4180, the main table.
  case csv
  /// JSON Lines, a row of the main table a line.
  case json
  /// One page that needs nothing else.
  case html
}

extension Table {
  /// RFC 4180 in UTF-8; a cell that a spreadsheet would take for a formula gets an apostrophe in front.
  public var csv: String {
    let line = { (cells: [String]) in cells.map(Table.cell).joined(separator: ",") + "\r\n" }
    return line(columns.map(\.name)) + rows.map { line($0.map(\.plain)) }.joined()
  }

  private static func cell(_ text: String) -> String {
    var text = text
    if let first = text.first, "=+@\t\r".contains(first) || (first == "-" && Double(text) == nil) {
      text = "'" + text
    }
    guard text.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// An object a line; numbers as numbers, what is not shown as null.
  public var jsonLines: String {
    rows.map { row in
      let parts = zip(columns, row).map { column, cell in
        "\(Table.quoted(column.name)):\(Table.json(cell))"
      }
      return "{" + parts.joined(separator: ",") + "}\n"
    }.joined()
  }

  private static func json(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): quoted(text)
    case .number, .share: cell.plain.isEmpty ? "null" : cell.plain
    case .none: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension Report {
  /// One page of HTML with its styles in it: no script, nothing fetched.
  ///
  /// - Parameter language: ISO 639-1 code of the texts.
  public func html(language: String) -> String {
    """
    <!doctype html>
    <html lang="\(Report.escape(language))"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(Report.escape(title))</title>
    <style>
    body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
    table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;border-bottom:1px solid #bbb;text-align:left}
    .n{text-align:right;font-variant-numeric:tabular-nums}.bar{display:inline-block;height:.8em;background:#06c}
    .box{position:relative;height:1em;width:20rem;background:#eee}.box i{position:absolute;top:0;height:100%;background:#9bd}
    .box b{position:absolute;top:0;height:100%;width:2px;background:#024}
    @media(prefers-color-scheme:dark){body{color:#eee;background:#111}.bar{background:#6af}.box{background:#333}}
    </style></head><body><h1>\(Report.escape(title))</h1>
    \(parts.map(Report.html).joined(separator: "\n"))
    </body></html>

    """
  }

  private static func html(_ part: Part) -> String {
    switch part {
    case .text(let text): "<p>\(escape(text).replacing("\n", with: "<br>"))</p>"
    case .table(let table): html(table)
    case .chart(let chart): html(chart)
    case .boxes(let title, let boxes):
      "<h2>\(escape(title))</h2><table>"
        + boxes.map { box in
          "<tr><th>\(escape(box.label))</th><td>\(html(box.distribution))</td><td class=n>\(escape(box.number))</td></tr>"
        }.joined() + "</table>"
    }
  }

  private static func html(_ table: Table) -> String {
    let kind = { (index: Int) in table.columns[index].isNumber ? " class=n" : "" }
    let head = table.columns.indices.map {
      "<th\(kind($0))>\(escape(table.columns[$0].title))</th>"
    }
    let rows = table.rows.map { row in
      "<tr>" + row.indices.map { "<td\(kind($0))>\(escape(row[$0].text))</td>" }.joined() + "</tr>"
    }
    let title = table.title.isEmpty ? "" : "<h2>\(escape(table.title))</h2>"
    return title + "<table><tr>\(head.joined())</tr>\(rows.joined(separator: "\n"))</table>"
  }

  private static func html(_ chart: BarChart) -> String {
    let most = chart.full ?? chart.bars.map(\.value).max() ?? 0
    let rows = chart.bars.map { bar in
      let share = most > 0 ? max(0, min(1, bar.value / most)) : 0
      return "<tr><th>\(escape(bar.label))</th><td>"
        + "<span class=bar style=\"width:\(Table.Cell.fixed(share * 20, 2))rem\"></span></td>"
        + "<td class=n>\(escape(bar.number))</td></tr>"
    }
    return "<h2>\(escape(chart.title))</h2><table>\(rows.joined())</table>"
  }

  private static func html(_ box: Distribution) -> String {
    let percent = { (value: Double) in Table.Cell.fixed(max(0, min(1, value)) * 100, 1) }
    return "<div class=box><i style=\"left:\(percent(box.lowerQuartile))%;"
      + "width:\(percent(box.upperQuartile - box.lowerQuartile))%\"></i>"
      + "<b style=\"left:\(percent(box.median))%\"></b></div>"
  }

  static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
