/// Where the recording stands.
public struct RecordingState: Hashable, Sendable, Codable {
  /// What the microphone is doing.
  public enum Phase: String, Hashable, Sendable, Codable {
    /// Not begun.
    case idle
    /// On the record.
    case recording
    /// Off the record: nothing is kept.
    case paused
    /// The microphone went away; the program keeps trying.
    case deviceLost
    /// Over.
    case stopped

    /// Whether a recording was begun and not ended.
    public var isUnderWay: Bool { self == .recording || self == .paused || self == .deviceLost }
  }

  /// A stretch that is missing from the recording; samples at 16 kHz.
  public struct Gap: Hashable, Sendable, Codable {
    /// Why it is missing.
    public enum Reason: String, Hashable, Sendable, Codable {
      /// Somebody asked for it.
      case offTheRecord
      /// The microphone was away.
      case deviceLost
      /// The device lost samples.
      case overrun
    }

    /// Why it is missing.
    public let reason: Reason
    /// First missing sample.
    public let start: Int64
    /// Sample after the last missing one; nil while it lasts.
    public var end: Int64?

    /// Makes a gap.
    public init(reason: Reason, start: Int64, end: Int64?) {
      self.reason = reason
      self.start = start
      self.end = end
    }
  }

  /// What the microphone is doing.
  public private(set) var phase: Phase = .idle
  /// Everything that is missing, in order.
  public private(set) var gaps: [Gap] = []

  /// Nothing recorded yet.
  public init() {}

  /// Takes the next change; what makes no sense in this phase changes nothing.
  public mutating func apply(_ change: RecordingChange) {
    switch (phase, change) {
    case (.idle, .started), (.stopped, .started): phase = .recording
    case (.recording, .paused(let position)), (.deviceLost, .paused(let position)):
      closeGap(position)
      gaps.append(Gap(reason: .offTheRecord, start: position, end: nil))
      phase = .paused
    case (.paused, .resumed(let position)):
      closeGap(position)
      phase = .recording
    case (.recording, .deviceLost(let position)):
      gaps.append(Gap(reason: .deviceLost, start: position, end: nil))
      phase = .deviceLost
    case (.deviceLost, .deviceReturned(let position)):
      closeGap(position)
      phase = .recording
    case (.recording, .gap(let position, let samples)):
      gaps.append(Gap(reason: .overrun, start: position, end: position + samples))
    case (.recording, .stopped(let position)), (.paused, .stopped(let position)),
      (.deviceLost, .stopped(let position)):
      closeGap(position)
      phase = .stopped
    default: break
    }
  }

  private mutating func closeGap(_ position: Int64) {
    guard let last = gaps.indices.last, gaps[last].end == nil else { return }
    gaps[last].end = max(position, gaps[last].start)
  }
}
