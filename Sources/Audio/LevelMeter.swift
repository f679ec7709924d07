import Foundation

/// How loud the last moments were.
public struct LevelMeter: Hashable, Sendable {
  /// Loudest sample, dBFS: 0 is full scale, -90 and below is digital silence.
  public private(set) var peak: Double = -90
  /// Mean level, dBFS.
  public private(set) var rms: Double = -90
  /// Whether samples reached full scale.
  public private(set) var isClipping = false

  /// Samples a reading covers: 200 ms.
  private static let span = AudioFormat.sampleRate / 5
  private var blocks: [Block] = []

  private struct Block: Hashable, Sendable {
    let count: Int
    let peak: Int
    let energy: Double
    let clipped: Int
  }

  /// Silence.
  public init() {}

  /// Takes the next samples.
  public mutating func add(_ samples: [Int16]) {
    guard !samples.isEmpty else { return }
    var peak = 0
    var energy = 0.0
    var clipped = 0
    for sample in samples {
      let size = abs(Int(sample))
      peak = max(peak, size)
      energy += Double(size * size)
      if size >= 32_767 { clipped += 1 }
    }
    blocks.append(Block(count: samples.count, peak: peak, energy: energy, clipped: clipped))
    while let first = blocks.first,
      blocks.reduce(0, { $0 + $1.count }) - first.count >= LevelMeter.span
    {
      blocks.removeFirst()
    }
    read()
  }

  private mutating func read() {
    let count = Double(blocks.reduce(0) { $0 + $1.count })
    let mean = (blocks.reduce(0) { $0 + $1.energy } / max(1, count)).squareRoot()
    peak = LevelMeter.decibels(Double(blocks.map(\.peak).max() ?? 0))
    rms = LevelMeter.decibels(mean)
    // One sample at full scale can be chance; three are a flattened top.
    isClipping = blocks.reduce(0) { $0 + $1.clipped } >= 3
  }

  private static func decibels(_ amplitude: Double) -> Double {
    max(-90, 20 * log10(max(amplitude, 1e-9) / 32_768))
  }
}
