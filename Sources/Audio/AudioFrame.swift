/// The one format inside the program: 16 kHz, mono, signed 16-bit.
public enum AudioFormat {
  /// Samples per second.
  public static let sampleRate = 16_000
}

/// A run of consecutive samples with its exact place in the recording.
public struct AudioFrame: Hashable, Sendable {
  /// Index of the first sample since the source started, at ``AudioFormat/sampleRate``.
  public let position: Int64
  /// The samples, mono, signed 16-bit.
  public let samples: [Int16]

  /// Makes a frame from its parts.
  public init(position: Int64, samples: [Int16]) {
    self.position = position
    self.samples = samples
  }

  /// When the first sample sounds, seconds since the source started.
  public var start: Double { Double(position) / Double(AudioFormat.sampleRate) }
  /// When the sample after the last one would sound, seconds since the source started.
  public var end: Double { Double(endPosition) / Double(AudioFormat.sampleRate) }
  /// Index of the sample after the last one.
  public var endPosition: Int64 { position + Int64(samples.count) }
}

/// What a source of sound reports.
public enum AudioEvent: Hashable, Sendable {
  /// Sound.
  case frame(AudioFrame)
  /// Samples were lost in the device (an overrun or a suspend); the next frame's position already counts them.
  case gap(samples: Int64)
  /// The device went away; the source keeps trying to open it again. The text is for the log, without personal data.
  case lost(reason: String)
  /// The device is back; positions continue with the time that passed counted in.
  case reopened
}

/// A microphone or a recording, all alike to what follows.
public protocol AudioSource: Sendable {
  /// Starts and delivers events until the recording ends, ``stop()`` is called or the task is cancelled.
  ///
  /// Call it once. The stream throws an ``AudioError`` when the source can't be opened at all.
  func start() -> AsyncThrowingStream<AudioEvent, any Error>

  /// Ends the stream and closes the device; harmless when called twice.
  func stop()
}
