/// How something sounds. It describes words, not people, and decides nothing.
public enum Tone: String, Hashable, Sendable, Codable, CaseIterable {
  /// Words of relief, thanks, joy outweigh.
  case positive
  /// Neither: facts, questions, courtesy.
  case neutral
  /// Words of fear, pain, distress outweigh.
  case negative
  /// Both, about as strong.
  case mixed
}

/// The tone of a turn with what led to it.
public struct ToneReading: Hashable, Sendable, Codable {
  /// The tone.
  public let tone: Tone
  /// Strength of the positive words, 0 for none.
  public let positive: Double
  /// Strength of the negative words, 0 for none.
  public let negative: Double
  /// The words that led to it, as they were said, in order.
  public let words: [Word]

  /// What was said that led to it, each once and in order.
  public var phrases: [String] {
    words.reduce(into: []) { if $0.last != $1.text { $0.append($1.text) } }
  }

  /// Of words that carry no tone.
  public static let neutral = ToneReading(tone: .neutral, positive: 0, negative: 0, words: [])

  /// A word or phrase that carries a tone.
  public struct Word: Hashable, Sendable, Codable {
    /// As it was said, with the negation before it.
    public let text: String
    /// What it adds, negative or positive.
    public let weight: Double
  }
}

/// Reads the tone of turns with a lexicon, negation and intensifiers.
public struct ToneReader: Sendable {
  private let lexicon: ToneLexicon
  /// Strength from which a turn has a tone.
  static let threshold = 1.0
  /// The weaker side of a mixed turn has at least this share of the stronger.
  static let mixedShare = 0.3

  /// - Parameter lexicon: of the language that is spoken.
  public init(_ lexicon: ToneLexicon) { self.lexicon = lexicon }

  /// The tone of a turn.
  public func read(_ text: String) -> ToneReading {
    var scan = ToneScan(lexicon)
    for sentence in Sentence.split(text) where !sentence.isQuestion { scan.read(sentence) }
    let words = scan.words
    let positive = words.reduce(0) { $0 + max(0, $1.weight) }
    let negative = words.reduce(0) { $0 - min(0, $1.weight) }
    return ToneReading(
      tone: ToneReader.tone(positive, negative), positive: positive, negative: negative,
      words: words)
  }

  /// The tone of a whole talk from those of its turns.
  public static func overall(_ readings: some Collection<ToneReading>) -> Tone {
    let spoken = readings.count { $0.tone != .neutral }
    // A few courtesies in a long list of facts do not colour the talk.
    guard spoken > 0, spoken > 1 || readings.count < 4,
      Double(spoken) >= 0.08 * Double(readings.count)
    else { return .neutral }
    let toned = readings.filter { $0.tone != .neutral }
    return tone(
      toned.reduce(0) { $0 + $1.positive }, toned.reduce(0) { $0 + $1.negative })
  }

  static func tone(_ positive: Double, _ negative: Double) -> Tone {
    let (high, low) = (max(positive, negative), min(positive, negative))
    guard high >= threshold else { return .neutral }
    if low >= threshold, low >= mixedShare * high { return .mixed }
    return positive > negative ? .positive : .negative
  }
}
