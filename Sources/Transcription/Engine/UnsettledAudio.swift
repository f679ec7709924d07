import Audio

/// Sound that was captured but is not settled yet: what is sent to the engine, and again after it died.
///
/// A pure value. With a limit set, the oldest sound is forgotten and has to come from the spool.
struct UnsettledAudio: Sendable {
  /// Most samples kept; the rest is in the spool.
  private let limit: Int
  private var frames: [AudioFrame] = []
  private var head = 0
  private var held = 0
  /// Everything before this sample is settled.
  private(set) var settled: Int64
  /// The next sample to send.
  private(set) var sent: Int64
  /// The sample after the last one captured.
  private(set) var captured: Int64
  /// Positions where the open segment has to be closed, ascending.
  private var flushes: [Int64] = []
  private var flushesSent = 0

  init(position: Int64, limit: Int) {
    settled = position
    sent = position
    captured = position
    self.limit = limit
  }

  /// What is to be sent next.
  enum Item: Hashable, Sendable {
    /// A frame.
    case frame(AudioFrame)
    /// A request to close the open segment.
    case flush
    /// Sound of that range has to be read from the spool first.
    case missing(Range<Int64>)
  }

  mutating func append(_ frame: AudioFrame) {
    guard frame.endPosition > captured else { return }
    frames.append(frame)
    held += frame.samples.count
    captured = frame.endPosition
    while held > limit, head < frames.count - 1 { forgetFirst() }
  }

  /// Notes that the open segment has to be closed after what was captured so far.
  mutating func flush() {
    if flushes.last != captured { flushes.append(captured) }
  }

  /// The next thing to send, marked as sent.
  mutating func next() -> Item? {
    if flushesSent < flushes.count, flushes[flushesSent] <= sent {
      flushesSent += 1
      return .flush
    }
    guard sent < captured else { return nil }
    guard head < frames.count else { return nil }
    if frames[head].position > sent, firstForgotten <= sent, sent < forgottenEnd {
      let range = sent..<min(frames[head].position, forgottenEnd)
      sent = range.upperBound
      return .missing(range)
    }
    let index = firstIndex { $0.endPosition > sent }
    guard index < frames.count else { return nil }
    sent = frames[index].endPosition
    return .frame(frames[index])
  }

  /// Everything before this sample is settled.
  mutating func settle(_ position: Int64) {
    settled = max(settled, position)
    while head < frames.count, frames[head].endPosition <= settled { dropFirst() }
    let gone = flushes.prefix { $0 <= settled }.count
    flushes.removeFirst(min(gone, flushesSent))
    flushesSent = max(0, flushesSent - gone)
  }

  /// Starts again from what is settled: the engine died and forgot the rest.
  mutating func rewind() {
    sent = settled
    flushesSent = 0
  }

  private var forgottenEnd: Int64 = 0
  private var firstForgotten: Int64 = .max

  private mutating func forgetFirst() {
    firstForgotten = min(firstForgotten, frames[head].position)
    forgottenEnd = max(forgottenEnd, frames[head].endPosition)
    dropFirst()
  }

  private mutating func dropFirst() {
    held -= frames[head].samples.count
    head += 1
    if head > 256, head * 2 > frames.count {
      frames.removeFirst(head)
      head = 0
    }
  }

  private func firstIndex(_ isAfter: (AudioFrame) -> Bool) -> Int {
    var low = head
    var high = frames.count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(frames[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
