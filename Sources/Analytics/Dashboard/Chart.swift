import Exchange

/// A chart of a dashboard: numbers with labels, drawn as bars or as a line with a band.
public struct Chart: Hashable, Sendable {
  /// One place on the chart.
  public struct Point: Hashable, Sendable {
    /// What stands under it.
    public let label: String
    /// The number; nil where it is not told.
    public let value: Double?
    /// The band around it, where there is one.
    public let band: ClosedRange<Double>?

    /// Makes a point.
    public init(_ label: String, _ value: Double?, band: ClosedRange<Double>? = nil) {
      self.label = label
      self.value = value
      self.band = band
    }
  }

  /// How it is drawn.
  public enum Shape: String, Hashable, Sendable {
    /// Bars from left to right, with their labels at their side.
    case bars
    /// A line over time, with a band where points have one.
    case line
  }

  /// A code: the name of its files.
  public let name: String
  /// The catalogue key of its title.
  public let title: String
  /// How it is drawn.
  public let shape: Shape
  /// The points in order.
  public let points: [Point]

  /// The points as CSV.
  public var csv: String {
    let hasBand = points.contains { $0.band != nil }
    let head = hasBand ? "label,value,low,high\r\n" : "label,value\r\n"
    return head
      + points.map { point in
        let cells =
          [point.label, point.value.map(Self.number) ?? ""]
          + (hasBand
            ? [
              point.band.map { Self.number($0.lowerBound) } ?? "",
              point.band.map { Self.number($0.upperBound) } ?? "",
            ] : [])
        return cells.joined(separator: ",") + "\r\n"
      }.joined()
  }

  /// The points as JSON.
  public var json: String {
    let objects = points.map { point in
      var buffer: [UInt8] = [UInt8(ascii: "{")]
      RecordText.appendPairs(
        [
          ("label", .text(point.label)), ("value", SQLValue(point.value)),
          ("low", SQLValue(point.band?.lowerBound)), ("high", SQLValue(point.band?.upperBound)),
        ], to: &buffer)
      return String(decoding: buffer, as: UTF8.self)
    }
    return "[" + objects.joined(separator: ",\n") + "]\n"
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? String(Int(value)) : "\((value * 10).rounded() / 10)"
  }
}

extension RecordText {
  /// Appends `"key":value` pairs and the end of their object.
  static func appendPairs(_ pairs: [(String, SQLValue)], to buffer: inout [UInt8]) {
    for (key, value) in pairs {
      JSONText.appendKey(key.utf8, to: &buffer)
      appendJSON(value, to: &buffer)
    }
    buffer.append(UInt8(ascii: "}"))
  }
}
