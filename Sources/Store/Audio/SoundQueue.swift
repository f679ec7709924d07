/// Sound on its way to the disk: cut into chunks, without gaps inside a chunk, bounded in size.
struct SoundQueue: Sendable {
  /// Index of the sample after the last one taken.
  private(set) var end: Int64
  /// Sound given up because too much was waiting, oldest first.
  private(set) var lost: [Range<Int64>] = []
  private let chunkLength: Int
  private let waitingLimit: Int
  private var closed: [RecordedSound] = []
  private var first = 0
  private var openStart: Int64
  private var open: [Int16] = []

  init(end: Int64, chunkLength: Int, waitingLimit: Int) {
    self.end = end
    self.chunkLength = chunkLength
    self.waitingLimit = waitingLimit
    openStart = end
  }

  /// The oldest chunk that is ready to be written.
  var next: RecordedSound? { first < closed.count ? closed[first] : nil }

  /// Samples that wait, those of the open chunk included.
  var waiting: Int { closed[first...].reduce(open.count) { $0 + $1.samples.count } }

  /// Everything that waits, in order.
  var sound: [RecordedSound] {
    closed[first...] + (open.isEmpty ? [] : [RecordedSound(position: openStart, samples: open)])
  }

  /// Takes samples; those before ``end`` were taken already and are left out.
  mutating func append(position: Int64, samples: [Int16]) {
    let known = Int(max(0, min(end - position, Int64(samples.count))))
    guard known < samples.count else { return }
    let start = position + Int64(known)
    if start != end { closeChunk() }
    if open.isEmpty { openStart = start }
    open.append(contentsOf: samples[known...])
    end = start + Int64(samples.count - known)
    cutFullChunks()
    dropBeyondLimit()
  }

  /// Makes the open chunk ready although it is not full.
  mutating func closeChunk() {
    if !open.isEmpty { closed.append(RecordedSound(position: openStart, samples: open)) }
    open.removeAll(keepingCapacity: true)
    openStart = end
  }

  /// Forgets the chunk that was written.
  mutating func removeNext() {
    first += 1
    // In batches, because removing from the front moves everything behind.
    if first == closed.count || first >= 64 {
      closed.removeFirst(first)
      first = 0
    }
  }

  private mutating func cutFullChunks() {
    var cut = 0
    while open.count - cut >= chunkLength {
      closed.append(
        RecordedSound(
          position: openStart + Int64(cut), samples: Array(open[cut..<cut + chunkLength])))
      cut += chunkLength
    }
    open.removeFirst(cut)
    openStart += Int64(cut)
  }

  private mutating func dropBeyondLimit() {
    var excess = waiting - waitingLimit
    while excess > 0, let oldest = next {
      lost = Self.joined(lost + [oldest.range])
      excess -= oldest.samples.count
      removeNext()
    }
  }

  /// Joins ranges that touch; they come in order.
  static func joined(_ ranges: [Range<Int64>]) -> [Range<Int64>] {
    ranges.reduce(into: []) { joined, range in
      if let last = joined.last, last.upperBound == range.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<range.upperBound
      } else {
        joined.append(range)
      }
    }
  }
}
