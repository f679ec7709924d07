import Foundation

/// Converts mono sound from any rate to 16 kHz, block by block (polyphase windowed sinc).
///
/// Kaiser window with beta 9: stop band below -90 dB; the pass band ends at 7.2 kHz.
struct Resampler {
  private let up: Int
  private let down: Int
  private let taps: Int
  private let filter: [Float]
  private var history: [Float]
  private var nextOutput = 0
  private var consumed = 0

  /// - Parameter rate: the rate of the input, samples per second.
  init(from rate: Int) {
    let common = Resampler.gcd(rate, AudioFormat.sampleRate)
    up = AudioFormat.sampleRate / common
    down = rate / common
    let scale = max(1, Double(down) / Double(up))
    let half = Int((24 * scale).rounded(.up))
    taps = 2 * half
    filter = Resampler.filter(up: up, down: down, taps: taps)
    history = [Float](repeating: 0, count: half)
  }

  /// Takes input and returns the output that it completes.
  mutating func process(_ input: [Float]) -> [Float] {
    if up == down { return input }
    history.append(contentsOf: input)
    var output: [Float] = []
    output.reserveCapacity(input.count * up / down + 1)
    while true {
      let place = nextOutput * down / up - consumed
      guard place + taps <= history.count else { break }
      let phase = nextOutput * down % up * taps
      var sum: Float = 0
      for tap in 0..<taps { sum += history[place + tap] * filter[phase + tap] }
      output.append(sum)
      nextOutput += 1
    }
    let gone = min(max(0, nextOutput * down / up - consumed), history.count)
    history.removeFirst(gone)
    consumed += gone
    return output
  }

  /// The rest of the output after the last input.
  mutating func finish() -> [Float] {
    up == down ? [] : process([Float](repeating: 0, count: taps / 2))
  }

  private static func filter(up: Int, down: Int, taps: Int) -> [Float] {
    let cutoff = min(1, Double(up) / Double(down)) * 0.9
    let half = Double(taps) / 2
    var filter = [Float](repeating: 0, count: up * taps)
    for phase in 0..<up {
      var sum = 0.0
      var row = [Double](repeating: 0, count: taps)
      for tap in 0..<taps {
        let x = Double(tap) - half - Double(phase) / Double(up)
        let edge = x / half
        guard abs(edge) < 1 else { continue }
        let sinc = x == 0 ? cutoff : sin(.pi * x * cutoff) / (.pi * x)
        row[tap] = sinc * bessel(9 * (1 - edge * edge).squareRoot()) / bessel(9)
        sum += row[tap]
      }
      for tap in 0..<taps { filter[phase * taps + tap] = Float(row[tap] / sum) }
    }
    return filter
  }

  /// Modified Bessel function of the first kind, order 0 (power series).
  private static func bessel(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var k = 1.0
    while term > sum * 1e-12 {
      term *= (x / 2 / k) * (x / 2 / k)
      sum += term
      k += 1
    }
    return sum
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}
