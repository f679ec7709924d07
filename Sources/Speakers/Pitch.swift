/// How high a voice lies. It says nothing about who somebody is: pitch comes with age, body, language, mood and microphone, and many
/// women's voices are low, many men's high, all children's high. For sums over many recordings only.
public enum PitchClass: String, Hashable, Sendable, Codable, CaseIterable {
  /// Clearly below the voices of which nothing can be said.
  case lower
  /// Clearly above them.
  case higher

  /// Between these fundamental frequencies no class is given, hertz: voices of either kind overlap there.
  static let unsure = 150.0...195.0
  /// Voiced speech that is needed for a class, seconds.
  static let leastSeconds = 10.0
  /// So much of it must lie on one side of the middle.
  static let leastShare = 0.75
  /// Recordings a group must have to be shown.
  public static let leastGroup = 10

  /// The class of a voice; nil where there is too little of it, or where it is not clear.
  ///
  /// - Parameter frequencies: fundamental frequencies of voiced frames (``PitchFrames``), in any order, hertz.
  public init?(_ frequencies: [Double]) {
    guard Double(frequencies.count) * PitchFrames.hop >= PitchClass.leastSeconds else { return nil }
    let median = frequencies.sorted()[frequencies.count / 2]
    let bounds = PitchClass.unsure
    let middle = (bounds.lowerBound * bounds.upperBound).squareRoot()
    let below = Double(frequencies.count { $0 < middle }) / Double(frequencies.count)
    if median < bounds.lowerBound, below >= PitchClass.leastShare {
      self = .lower
    } else if median > bounds.upperBound, 1 - below >= PitchClass.leastShare {
      self = .higher
    } else {
      return nil
    }
  }

  /// The classes of the speakers of a recording; who has none is left out. What it was made from can be forgotten.
  public static func of(
    _ spans: [SpeakerSpan], frames: [PitchFrame]
  ) -> [String: PitchClass] {
    let ordered = spans.sorted { $0.start < $1.start }
    var heard: [String: [Double]] = [:]
    var place = 0
    for frame in frames {
      while place < ordered.count, ordered[place].end <= frame.time { place += 1 }
      guard place < ordered.count, ordered[place].start <= frame.time else { continue }
      heard[ordered[place].speaker, default: []].append(frame.hertz)
    }
    return heard.compactMapValues { PitchClass($0) }
  }
}

/// The fundamental frequency at a moment.
public struct PitchFrame: Hashable, Sendable {
  /// Seconds since the recording began.
  public let time: Double
  /// Fundamental frequency, hertz.
  public let hertz: Double

  /// Makes a frame from its parts.
  public init(time: Double, hertz: Double) {
    self.time = time
    self.hertz = hertz
  }
}

/// Finds the fundamental frequency of voiced speech by the normalised square difference function
/// (McLeod and Wyvill, "A smarter way to find pitch", 2005).
public enum PitchFrames {
  /// Time from frame to frame, seconds.
  public static let hop = 0.02
  private static let rate = 8_000.0
  /// Samples of a frame: three periods of the lowest voice.
  private static let length = 400
  /// Periods that are looked for, samples: 400 to 60 Hz.
  private static let lags = 20...133
  /// A frame that is less like itself is not voiced.
  private static let clarity: Float = 0.8
  /// The first peak this close to the best is the period: a longer one is a multiple.
  private static let nearly: Float = 0.88

  /// The voiced frames of a stretch of speech.
  ///
  /// - Parameters:
  ///   - samples: at 16 kHz, -1 to 1.
  ///   - start: when the stretch begins, seconds.
  public static func voiced(_ samples: [Float], start: Double) -> [PitchFrame] {
    // Half the rate is enough for 400 Hz, and a quarter of the work.
    let sound = (0..<samples.count / 2).map { index -> Float in
      let pair: Float = samples[2 * index] + samples[2 * index + 1]
      return pair / 2
    }
    let level = power(sound[...])
    var frames: [PitchFrame] = []
    for place in stride(from: 0, through: sound.count - length, by: Int(hop * rate)) {
      let frame = Array(sound[place..<place + length])
      guard power(frame[...]) > 0.1 * level, let period = period(frame) else { continue }
      frames.append(PitchFrame(time: start + Double(place) / rate, hertz: rate / period))
    }
    return frames
  }

  /// The period of a frame, samples; nil where it is not voiced.
  static func period(_ frame: [Float]) -> Double? {
    guard frame.count > lags.upperBound + 1 else { return nil }
    let around = lags.lowerBound - 1...lags.upperBound + 1
    let likeness: [Float] = around.map { Self.likeness(frame, $0) }
    let peaks = (1..<likeness.count - 1).filter { place in
      let value = likeness[place]
      return value > 0 && value >= likeness[place - 1] && value > likeness[place + 1]
    }
    guard let best = peaks.map({ likeness[$0] }).max(), best >= clarity,
      let peak = peaks.first(where: { likeness[$0] >= nearly * best })
    else { return nil }
    let (left, middle, right) = (likeness[peak - 1], likeness[peak], likeness[peak + 1])
    let bend = left - 2 * middle + right
    let shift: Float = bend == 0 ? 0 : (left - right) / (2 * bend)
    return Double(lags.lowerBound - 1 + peak) + Double(shift)
  }

  /// Mean square.
  private static func power(_ sound: ArraySlice<Float>) -> Float {
    var sum: Float = 0
    for value in sound { sum += value * value }
    return sum / Float(max(1, sound.count))
  }

  /// How like itself a frame is so many samples later, -1 to 1.
  private static func likeness(_ frame: [Float], _ lag: Int) -> Float {
    var product: Float = 0
    var energy: Float = 0
    for index in 0..<frame.count - lag {
      let (a, b) = (frame[index], frame[index + lag])
      product += a * b
      energy += a * a + b * b
    }
    return energy > 0 ? 2 * product / energy : 0
  }
}
