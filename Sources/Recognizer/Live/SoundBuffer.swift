/// The last stretch of a stream of sound, by position.
struct SoundBuffer {
  private var samples: [Float] = []
  /// Position of the first sample kept.
  private(set) var start: Int64
  private var offset = 0

  init(position: Int64 = 0) { start = position }

  /// Position after the last sample.
  var end: Int64 { start + Int64(samples.count - offset) }

  mutating func append(_ new: [Int16]) {
    samples.reserveCapacity(samples.count + new.count)
    for sample in new { samples.append(Float(sample) / 32_768) }
  }

  /// The samples of a range, as far as they are kept.
  subscript(range: Range<Int64>) -> ArraySlice<Float> {
    let low = offset + Int(min(max(range.lowerBound, start), end) - start)
    let high = offset + Int(min(max(range.upperBound, start), end) - start)
    return samples[low..<max(low, high)]
  }

  /// Forgets what is before that position.
  mutating func forget(before position: Int64) {
    let gone = Int(min(max(position, start), end) - start)
    offset += gone
    start += Int64(gone)
    // Moving the rest to the front each time would make long recordings quadratic.
    if offset > 160_000, offset * 2 > samples.count {
      samples.removeFirst(offset)
      offset = 0
    }
  }

  /// Forgets everything; the stream goes on at that position.
  mutating func restart(at position: Int64) {
    samples.removeAll(keepingCapacity: true)
    offset = 0
    start = position
  }
}
