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
  /// Words a negation reaches over.
  private static let reach = 4
  /// Strength from which a turn has a tone.
  static let threshold = 1.0
  /// The weaker side of a mixed turn has at least this share of the stronger.
  static let mixedShare = 0.3
  /// Words after which a name stands, not a feeling: "calle Soledad".
  private static let placeWords: Set<String> = [
    "calle", "plaza", "avenida", "paseo", "barrio", "street", "road", "avenue", "llamo", "llama",
    "apellido", "nombre", "name", "called",
  ]

  /// - Parameter lexicon: of the language that is spoken.
  public init(_ lexicon: ToneLexicon) { self.lexicon = lexicon }

  /// The tone of a turn.
  public func read(_ text: String) -> ToneReading {
    var words: [ToneReading.Word] = []
    for sentence in Sentence.split(text) where !sentence.isQuestion {
      words += read(sentence)
    }
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

  private func read(_ sentence: Sentence) -> [ToneReading.Word] {
    var found: [ToneReading.Word] = []
    var place = 0
    var negated: Int?
    var factor = 1.0
    var contrast = 1.0
    while place < sentence.folded.count {
      let match = lexicon.match(sentence.folded[place...])
      let length = match?.length ?? 1
      if sentence.isClauseStart[place] {
        negated = nil
        factor = 1
      }
      switch match?.entry {
      case .negation: negated = place
      case .intensifier: factor = 1.5
      case .diminisher: factor = 0.5
      case .contrast:
        contrast = 1.3
        negated = nil
      case .weight(let weight) where weight != 0 && !isName(place, sentence):
        let isNegated = negated.map { place - $0 <= ToneReader.reach } ?? false
        let start = isNegated ? negated ?? place : place
        found.append(
          ToneReading.Word(
            text: sentence.words[start..<place + length].joined(separator: " "),
            weight: contrast * factor * (isNegated ? ToneReader.denied(weight) : weight)))
        factor = 1
      default: break
      }
      place += length
    }
    return found
  }

  /// "No estoy contenta" is negative; "no tengo miedo" is not yet joy.
  private static func denied(_ weight: Double) -> Double {
    weight > 0 ? -0.8 * weight : -0.3 * weight
  }

  /// "Dolores", "calle Alegría": a capital inside a sentence, or a place's or name's word before it.
  private func isName(_ place: Int, _ sentence: Sentence) -> Bool {
    let before = sentence.folded[max(0, place - 2)..<place]
    if before.contains(where: ToneReader.placeWords.contains) { return true }
    guard place > 0, let first = sentence.words[place].first else { return false }
    return first.isUppercase && !sentence.isClauseStart[place]
      && sentence.words[place].dropFirst().contains(where: \.isLowercase)
  }
}
