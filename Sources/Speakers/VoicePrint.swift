/// What a model makes of a voice: a direction in a space where the same voice lies close together.
public struct VoicePrint: Hashable, Sendable, Codable {
  /// The direction, of length 1 (or all zeros for nothing heard).
  public let values: [Float]

  /// Scales the values to length 1.
  public init(_ values: [Float]) {
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    self.values = length > 0 ? values.map { $0 / length } : values
  }

  /// The mean direction; nil of nothing.
  public init?(mean prints: some Collection<VoicePrint>) {
    guard let first = prints.first else { return nil }
    var sum = [Float](repeating: 0, count: first.values.count)
    for print in prints { for index in sum.indices { sum[index] += print.values[index] } }
    self.init(sum)
  }

  /// Cosine of the angle to another print, -1 to 1; 0 for prints of different models.
  public func similarity(_ other: VoicePrint) -> Float {
    guard values.count == other.values.count else { return 0 }
    var sum: Float = 0
    values.withUnsafeBufferPointer { a in
      other.values.withUnsafeBufferPointer { b in for i in a.indices { sum += a[i] * b[i] } }
    }
    return sum
  }
}

/// A window of speech with its print.
public struct VoiceWindow: Hashable, Sendable {
  /// When it begins, seconds.
  public let start: Double
  /// When it ends, seconds.
  public let end: Double
  /// The print of what sounds in it.
  public let print: VoicePrint

  /// Makes a window from its parts.
  public init(start: Double, end: Double, print: VoicePrint) {
    self.start = start
    self.end = end
    self.print = print
  }

  /// The middle, seconds.
  var middle: Double { (start + end) / 2 }
}

/// Where windows lie in a stretch of speech.
public struct WindowGrid: Hashable, Sendable {
  /// Length of a window, seconds.
  public let length: Double
  /// From one window to the next, seconds.
  public let step: Double

  /// Windows that tell which voices there are: longer ones blur changes, shorter ones tell voices apart badly.
  public static let voices = WindowGrid(length: 1.5, step: 0.5)
  /// Windows that tell when one of some known voices speaks: a "sí" in between is no longer than this.
  public static let moments = WindowGrid(length: 0.65, step: 0.25)
  /// Windows that tell where one known voice ends and the other begins.
  public static let instants = WindowGrid(length: 0.5, step: 0.125)
  /// Speech shorter than this gets no window of its own, seconds.
  public static let shortest = 0.3

  /// The windows of a stretch: one of its own length where it is short, else as many as fit and one at its end.
  public func windows(_ start: Double, _ end: Double) -> [(start: Double, end: Double)] {
    guard end - start >= WindowGrid.shortest else { return [] }
    guard end - start > length else { return [(start, end)] }
    var result: [(start: Double, end: Double)] = []
    var place = start
    while place + length < end {
      result.append((place, place + length))
      place += step
    }
    result.append((end - length, end))
    return result
  }
}
