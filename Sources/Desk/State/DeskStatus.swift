// What the desk is told about recording, recogniser and storage.
extension DeskState {
  /// Text of the open segment.
  public struct RevisableText: Hashable, Sendable {
    /// Number of the segment.
    public let segment: Int
    /// When it began, seconds.
    public let start: Double
    /// The text.
    public let text: String

    /// Makes it from its parts.
    public init(segment: Int, start: Double, text: String) {
      self.segment = segment
      self.start = start
      self.text = text
    }
  }

  /// How the recogniser fares.
  public enum EngineStatus: Hashable, Sendable {
    /// Loading its model, for so many seconds.
    case loading(seconds: Int)
    /// Keeping up.
    case ready
    /// Behind by so many milliseconds.
    case behind(Int)
    /// Starting again after it died.
    case restarting
    /// A server that recognises can't be reached; what is recorded is transcribed when it is back.
    case away
    /// Not working; the interview goes on by typing.
    case failed
    /// Its loading was cancelled: what is recorded is not transcribed now.
    case cancelled
    /// Not wanted: typing only.
    case off
  }

  /// Level of the microphone.
  public struct Level: Hashable, Sendable {
    /// Mean level, dBFS.
    public var rms: Double = -90
    /// Whether it is too loud.
    public var isClipping = false

    /// Makes a level.
    public init(rms: Double = -90, isClipping: Bool = false) {
      self.rms = rms
      self.isClipping = isClipping
    }
  }

  /// Whether the sound reaches the disk.
  public struct SoundStorage: Hashable, Sendable {
    /// Whether it can't be written now and waits in memory.
    public var isBlocked: Bool
    /// Seconds that wait.
    public var waiting: Int
    /// Seconds that were given up because the memory for them was full.
    public var lost: Int

    /// Makes a state.
    public init(isBlocked: Bool = false, waiting: Int = 0, lost: Int = 0) {
      self.isBlocked = isBlocked
      self.waiting = waiting
      self.lost = lost
    }
  }

  /// A message to the technician.
  public struct Notice: Hashable, Sendable {
    /// How much it matters.
    public enum Weight: Hashable, Sendable {
      /// Good to know.
      case information
      /// Something is wrong.
      case problem
    }

    /// The text.
    public let text: String
    /// How much it matters.
    public let weight: Weight

    /// Makes a message.
    public init(_ text: String, _ weight: Weight = .information) {
      self.text = text
      self.weight = weight
    }
  }
}
