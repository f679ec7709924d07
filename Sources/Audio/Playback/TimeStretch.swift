/// Makes speech slower without making it lower.
///
/// Waveform similarity overlap-add (W. Verhelst and M. Roelands, ICASSP 1993): windows of the sound are laid
/// further apart, each taken from where it goes on best from the one before.
public enum TimeStretch {
  /// Samples of a window, 32 ms at 16 kHz: two periods of a low voice.
  private static let window = 512
  /// Samples that a window may be shifted to fit.
  private static let search = 128

  /// The samples, so many times longer.
  ///
  /// - Parameter factor: 1 to 4; 1.6 is a slow reader.
  public static func slower(_ samples: [Int16], by factor: Double) -> [Int16] {
    let hop = window / 2
    guard factor > 1, factor <= 4, samples.count > 2 * window + 2 * search else { return samples }
    var result = [Float](
      repeating: 0, count: Int(Double(samples.count) * factor) + window)
    let sound = samples.map(Float.init)
    let slopes = (0..<hop).map { Float($0) / Float(hop) }
    var source = 0
    var target = 0
    for index in 0..<window { result[index] = sound[index] }
    while true {
      target += hop
      let wanted = Int(Double(target) / factor)
      // Where the last window would have gone on by itself.
      let natural = source + hop
      let lowest = max(0, wanted - search)
      let highest = min(sound.count - window, wanted + search)
      guard highest >= lowest, natural + hop <= sound.count else { break }
      source = best(in: lowest...highest, like: natural, hop, sound)
      for index in 0..<hop {
        let rising = slopes[index]
        let place = target + index
        result[place] = result[place] * (1 - rising) + sound[source + index] * rising
      }
      for index in hop..<window { result[target + index] = sound[source + index] }
    }
    return result.prefix(target + hop).map { Int16(max(-32_768, min(32_767, $0))) }
  }

  /// The start in the range whose samples are most like those at a place.
  private static func best(
    in range: ClosedRange<Int>, like place: Int, _ length: Int, _ sound: [Float]
  ) -> Int {
    var best = range.lowerBound
    var highest = -Float.infinity
    for start in stride(from: range.lowerBound, through: range.upperBound, by: 2) {
      var product: Float = 0
      var energy: Float = 1
      for index in stride(from: 0, to: length, by: 2) {
        product += sound[start + index] * sound[place + index]
        energy += sound[start + index] * sound[start + index]
      }
      let likeness = product / energy.squareRoot()
      if likeness > highest { (highest, best) = (likeness, start) }
    }
    return best
  }
}
