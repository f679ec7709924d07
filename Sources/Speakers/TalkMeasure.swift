/// How a talk was shared among its speakers.
public struct TalkMeasure: Hashable, Sendable, Codable {
  /// What one speaker did.
  public struct Speaker: Hashable, Sendable, Codable {
    /// The speaker's label.
    public let speaker: String
    /// Seconds of speech.
    public fileprivate(set) var seconds: Double
    /// Share of all speech, 0 to 1.
    public fileprivate(set) var share: Double
    /// Turns: what is said without somebody else in between.
    public fileprivate(set) var turns: Int
    /// Speech of the longest turn, seconds.
    public fileprivate(set) var longestTurn: Double
    /// Turns that began before the other's had ended, or with no pause after it.
    public fileprivate(set) var interruptions: Int
  }

  /// Length from the first to the last word, or of the recording where it is known, seconds.
  public let seconds: Double
  /// Seconds in which nobody speaks.
  public let silence: Double
  /// The longest time in which nobody speaks, between words, seconds.
  public let longestSilence: Double
  /// Who spoke, whoever spoke most first.
  public let speakers: [Speaker]

  /// Speech in which the next speaker begins this soon after the other is no pause, seconds.
  public static let noPause = 0.1
  /// The other must have spoken for this long to be interrupted, seconds.
  public static let interruptible = 1.0
  /// After so much silence somebody who goes on begins a new turn, seconds.
  public static let turnPause = 3.0

  /// Measures a talk.
  ///
  /// - Parameters:
  ///   - spans: who speaks when; may overlap.
  ///   - length: of the recording, seconds.
  public init(_ spans: [SpeakerSpan], length: Double? = nil) {
    let ordered = spans.filter { $0.seconds > 0 }.sorted { $0.start < $1.start }
    let spoken = TalkMeasure.union(ordered)
    let speech = spoken.reduce(0) { $0 + $1.end - $1.start }
    let last = spoken.last?.end ?? 0
    seconds = max(length ?? last, last)
    silence = max(0, seconds - speech)
    longestSilence = zip(spoken, spoken.dropFirst()).map { $1.start - $0.end }.max() ?? 0
    var found: [String: Speaker] = [:]
    for turn in TalkMeasure.turns(ordered) {
      var speaker =
        found[turn.speaker]
        ?? Speaker(
          speaker: turn.speaker, seconds: 0, share: 0, turns: 0, longestTurn: 0, interruptions: 0)
      speaker.seconds += turn.speech
      speaker.turns += 1
      speaker.longestTurn = max(speaker.longestTurn, turn.speech)
      if turn.isInterruption { speaker.interruptions += 1 }
      found[turn.speaker] = speaker
    }
    let all = found.values.reduce(0) { $0 + $1.seconds }
    speakers = found.values.map { speaker in
      var speaker = speaker
      speaker.share = all > 0 ? speaker.seconds / all : 0
      return speaker
    }.sorted { ($1.seconds, $0.speaker) < ($0.seconds, $1.speaker) }
  }

  /// What that speaker did; nil where they said nothing.
  public func speaker(_ label: String) -> Speaker? { speakers.first { $0.speaker == label } }

  private struct Turn {
    let speaker: String
    var end: Double
    var speech: Double
    let isInterruption: Bool
  }

  private static func turns(_ spans: [SpeakerSpan]) -> [Turn] {
    var turns: [Turn] = []
    for span in spans {
      if let last = turns.last, last.speaker == span.speaker, span.start - last.end <= turnPause {
        turns[turns.count - 1].end = max(last.end, span.end)
        turns[turns.count - 1].speech += span.seconds
        continue
      }
      let isInterruption =
        turns.last.map {
          $0.speaker != span.speaker && span.start <= $0.end + noPause
            && $0.speech >= interruptible
        } ?? false
      turns.append(
        Turn(
          speaker: span.speaker, end: span.end, speech: span.seconds,
          isInterruption: isInterruption))
    }
    return turns
  }

  private static func union(_ spans: [SpeakerSpan]) -> [(start: Double, end: Double)] {
    var result: [(start: Double, end: Double)] = []
    for span in spans {
      if let last = result.last, span.start <= last.end {
        result[result.count - 1].end = max(last.end, span.end)
      } else {
        result.append((span.start, span.end))
      }
    }
    return result
  }
}
