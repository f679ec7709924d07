/// A report: tables and charts, written for people or for machines.
public struct Report: Sendable {
  /// A part, in order.
  public enum Part: Sendable {
    /// A sentence or more.
    case text(String)
    /// A table.
    case table(Table)
    /// A chart.
    case chart(BarChart)
    /// Box plots from 0 to 1, one a label, with the numbers behind them.
    case boxes(String, [(label: String, distribution: Distribution, number: String)])
  }

  /// Its heading.
  public let title: String
  /// Its parts.
  public private(set) var parts: [Part] = []

  /// An empty report.
  public init(_ title: String) { self.title = title }

  /// Adds a part.
  public mutating func add(_ part: Part) { parts.append(part) }

  /// The first table, which is what CSV and JSON hold.
  public var table: Table? {
    for case .table(let table) in parts { return table }
    return nil
  }

  /// For a terminal.
  public func text(ascii: Bool) -> String {
    title + "\n\n"
      + parts.map { part in
        switch part {
        case .text(let text): text + "\n"
        case .table(let table): table.text(ascii: ascii)
        case .chart(let chart): chart.text(ascii: ascii)
        case .boxes(let title, let boxes): Report.boxes(title, boxes, ascii)
        }
      }.joined(separator: "\n")
  }

  private static func boxes(
    _ title: String, _ boxes: [(label: String, distribution: Distribution, number: String)],
    _ ascii: Bool
  ) -> String {
    let width = boxes.map(\.label.count).max() ?? 0
    return title + "\n"
      + boxes.map { box in
        let space = String(repeating: " ", count: width - box.label.count)
        return
          "\(box.label)\(space)  \(box.distribution.boxPlot(ascii: ascii))  \(box.number)\n"
      }.joined()
  }
}
