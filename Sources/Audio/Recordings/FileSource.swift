import Foundation
import Synchronization

/// A recording played into the program as if it were a microphone, or as fast as it is consumed.
public final class FileSource: AudioSource {
  /// How fast the sound comes.
  public enum Pace: String, Sendable, CaseIterable {
    /// As it was recorded.
    case realtime
    /// As fast as the consumer takes it; nothing piles up in memory.
    case fast
  }

  private let feeder: Feeder

  /// Opens a recording.
  ///
  /// - Throws: ``AudioError``.
  public init(path: String, pace: Pace) throws(AudioError) {
    feeder = Feeder(reader: try RecordingReader(path: path), pace: pace)
  }

  /// Length at 16 kHz, as far as the file says.
  public var expectedSamples: Int64? { feeder.expectedSamples }

  /// Whether the recording ended before its own header said; known when the stream has ended.
  public var isCutShort: Bool { get async { await feeder.isCutShort } }

  /// Delivers the recording; each frame is made when the consumer asks for it.
  public func start() -> AsyncThrowingStream<AudioEvent, any Error> {
    AsyncThrowingStream { [feeder] in try await feeder.next() }
  }

  /// Ends the stream with the frame that is being delivered.
  public func stop() { feeder.isStopped.store(true, ordering: .relaxed) }
}

/// Owns the reader; one frame at a time.
private actor Feeder {
  let isStopped = Atomic(false)
  nonisolated let expectedSamples: Int64?
  private let reader: RecordingReader
  private let pace: FileSource.Pace
  private var began: ContinuousClock.Instant?
  private var position: Int64 = 0

  var isCutShort: Bool { reader.isTruncated }

  /// Samples a frame has: 40 ms, as from the microphone, or a quarter of a second.
  private var frameSize: Int { pace == .realtime ? 640 : 4_000 }

  init(reader: sending RecordingReader, pace: FileSource.Pace) {
    expectedSamples = reader.expectedSamples
    self.reader = reader
    self.pace = pace
  }

  func next() async throws -> AudioEvent? {
    guard !isStopped.load(ordering: .relaxed) else { return nil }
    let samples = try reader.read(frameSize)
    guard !samples.isEmpty else { return nil }
    let frame = AudioFrame(position: position, samples: samples)
    position = frame.endPosition
    if pace == .realtime {
      // A frame is there when its last sample has sounded.
      let start = began ?? ContinuousClock.now
      began = start
      try await Task.sleep(until: start + .seconds(frame.end), clock: .continuous)
    }
    return .frame(frame)
  }
}
