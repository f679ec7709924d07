/// How values are spread: what one number would hide.
public struct Distribution: Hashable, Sendable {
  /// How many values.
  public let count: Int
  /// The smallest.
  public let low: Double
  /// A quarter is below.
  public let lowerQuartile: Double
  /// Half is below.
  public let median: Double
  /// Three quarters are below.
  public let upperQuartile: Double
  /// The largest.
  public let high: Double
  /// The mean.
  public let mean: Double

  /// nil of no values.
  public init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    count = sorted.count
    low = first
    high = last
    mean = sorted.reduce(0, +) / Double(sorted.count)
    lowerQuartile = Distribution.quantile(sorted, 0.25)
    median = Distribution.quantile(sorted, 0.5)
    upperQuartile = Distribution.quantile(sorted, 0.75)
  }

  /// Linear between the neighbours (type 7, as R and NumPy do).
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  /// A box plot from 0 to 1 in one line: `├──[▒▒┃▒▒]──┤`, or with signs of ASCII.
  public func boxPlot(width: Int = 40, ascii: Bool) -> String {
    let column = { (value: Double) in
      max(0, min(width - 1, Int((value * Double(width - 1)).rounded())))
    }
    let signs: [Character] = ascii ? ["|", "-", "=", "#", "|"] : ["├", "─", "▒", "┃", "┤"]
    var line = [Character](repeating: " ", count: width)
    for index in column(low)...column(high) { line[index] = signs[1] }
    for index in column(lowerQuartile)...column(upperQuartile) { line[index] = signs[2] }
    line[column(low)] = signs[0]
    line[column(high)] = signs[4]
    line[column(median)] = signs[3]
    return String(line)
  }
}
