/// What an engine is told before it hears anything.
public struct EngineConfiguration: Hashable, Sendable, Codable {
  /// Folder with the model's files.
  public var modelFolder: String
  /// ISO 639-1 codes: one language, a set to choose from, or none for automatic detection.
  public var languages: [String]
  /// Threads for decoding.
  public var threads: Int
  /// Silence that ends a segment, seconds.
  public var endSilence: Double
  /// Longest segment, seconds; Whisper itself hears no more than 29.5.
  public var maximumSegment: Double
  /// Sound kept before and after a segment's speech, seconds; nil is what suits live work.
  public var margin: Double?
  /// Whether text is shown while a segment is still going on.
  public var isLive: Bool
  /// Where results of checking the model's files are kept; nil checks them each time.
  public var cacheFolder: String?
  /// The server that recognises instead; nil for the model on this machine.
  public var remote: RemoteEngine?

  /// File of the model that tells voices apart while the talk goes on; nil leaves speakers unnamed.
  public var voiceModel: String?
  /// Print of the technician's enrolled voice.
  public var technicianVoice: [Float]?

  /// Makes a configuration.
  public init(
    modelFolder: String, languages: [String] = ["es"], threads: Int = 1, endSilence: Double = 0.6,
    maximumSegment: Double = 15, margin: Double? = nil, isLive: Bool = true,
    cacheFolder: String? = nil, remote: RemoteEngine? = nil
  ) {
    self.modelFolder = modelFolder
    self.languages = languages
    self.threads = threads
    self.endSilence = endSilence
    self.maximumSegment = maximumSegment
    self.margin = margin
    self.isLive = isLive
    self.cacheFolder = cacheFolder
    self.remote = remote
  }
}
