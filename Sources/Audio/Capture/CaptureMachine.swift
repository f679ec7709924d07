import Foundation

/// Decides what the answers of a microphone mean: sound, a gap, a lost device. A pure value.
struct CaptureMachine: Sendable {
  /// What to do with the device next.
  enum Step: Hashable, Sendable {
    /// Read on.
    case read
    /// Try to recover from this error, then tell ``recovered(_:at:)``.
    case recover(Int32)
    /// Close it and open it again after that many seconds, then tell ``reopened(at:)``.
    case reopen(after: Double)
  }

  /// A device that says nothing for so long is as good as gone, seconds.
  static let silenceLimit = 2.0

  /// Position of the next sample.
  private(set) var position: Int64 = 0
  private var lastSound: Double
  private var attempts = 0
  private var isLost = false

  /// - Parameter time: now, seconds of a clock that never goes back.
  init(time: Double) { lastSound = time }

  /// Takes an answer; returns what to report and what to do.
  mutating func take(
    _ answer: PCMAnswer, samples: [Int16], at time: Double
  ) -> (events: [AudioEvent], step: Step) {
    switch answer {
    case .samples:
      let frame = AudioFrame(position: position, samples: samples)
      position = frame.endPosition
      lastSound = time
      return ([.frame(frame)], .read)
    case .nothing:
      guard time - lastSound > CaptureMachine.silenceLimit else { return ([], .read) }
      return lose("no sound", at: time)
    case .error(let code) where code == -EPIPE || code == -ESTRPIPE || code == -EINTR:
      return ([], .recover(code))
    case .error(let code): return lose(ALSADevice.text(code), at: time)
    }
  }

  /// The device was recovered, or not.
  mutating func recovered(
    _ success: Bool, at time: Double
  ) -> (events: [AudioEvent], step: Step) {
    guard success else { return lose("cannot recover", at: time) }
    let missing = skip(to: time)
    return (missing > 0 ? [.gap(samples: missing)] : [], .read)
  }

  /// Opening again failed.
  mutating func failedToReopen() -> Step {
    attempts += 1
    return .reopen(after: delay)
  }

  /// The device is open again.
  mutating func reopened(at time: Double) -> [AudioEvent] {
    isLost = false
    attempts = 0
    _ = skip(to: time)
    return [.reopened]
  }

  /// How much more sound came than time passed, seconds; 0 within what a real device's clock may be off.
  ///
  /// A device without a clock (ALSA's `null`) would fill memory and disk as fast as they take it.
  func lead(over elapsed: Double) -> Double {
    max(0, Double(position) / Double(AudioFormat.sampleRate) - elapsed * 1.01 - 1)
  }

  /// Seconds until the next attempt: soon at first, then every two seconds.
  private var delay: Double { min(2, 0.1 * Double(1 << min(attempts, 5))) }

  private mutating func lose(
    _ reason: String, at time: Double
  ) -> (events: [AudioEvent], step: Step) {
    let events: [AudioEvent] = isLost ? [] : [.lost(reason: reason)]
    isLost = true
    return (events, .reopen(after: delay))
  }

  /// Counts in the time that passed since the last sound; returns the samples it makes.
  private mutating func skip(to time: Double) -> Int64 {
    let missing = Int64(max(0, time - lastSound) * Double(AudioFormat.sampleRate))
    position += missing
    lastSound = time
    return missing
  }
}
