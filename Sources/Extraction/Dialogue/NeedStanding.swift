import Foundation

/// What speaks for a need after a talk: the turns most like those that tell it, and what the cues found.
struct NeedStanding: Sendable {
  /// The two highest scores of one side's turns, with the words of the highest.
  struct Best: Sendable {
    private let bias: Double
    private(set) var first: Double
    private(set) var second: Double
    private(set) var evidence: Evidence?

    /// - Parameter bias: what a turn without any telling word scores.
    init(bias: Double) {
      self.bias = bias
      first = bias
      second = bias
    }

    /// How much more the best turn tells than one without any telling word.
    var gain: Double { first - bias }

    mutating func note(_ likeness: NeedWeights.Likeness, in turn: Turn) {
      if likeness.score > first {
        second = first
        first = likeness.score
        evidence = turn.evidence(likeness.tokens ?? 0..<min(3, turn.tokens.count))
      } else if likeness.score > second {
        second = likeness.score
      }
    }
  }

  private var person: Best
  private var technician: Best

  /// - Parameters:
  ///   - person: what a turn of the person's scores without any telling word.
  ///   - technician: what one of the technician's does.
  init(person: Double, technician: Double) {
    self.person = Best(bias: person)
    self.technician = Best(bias: technician)
  }

  mutating func note(
    _ likeness: NeedWeights.Likeness, of side: NeedWeights.Side, in turn: Turn
  ) {
    switch side {
    case .person: person.note(likeness, in: turn)
    case .technician: technician.note(likeness, in: turn)
    }
  }

  /// Its parts as numbers, in the order of the decision weights: scores, kinds of cues, how sure they are, whether it was denied.
  ///
  /// - Parameter entry: what the cues heard of the need.
  func parts(_ entry: Ledger.Entry?) -> [Double] {
    let scores = [person.first, person.second, technician.first, technician.second].map {
      min(8, max(-8, $0))
    }
    let isHeard = entry.map { !$0.isDenied } ?? false
    let cues = NeedStanding.cues.map { cue -> Double in
      isHeard && entry?.rules.contains { $0.hasPrefix(cue) } ?? false ? 1 : 0
    }
    return scores + cues
      + [
        isHeard ? entry?.confidence ?? 0 : 0, isHeard && (entry?.times ?? 0) > 1 ? 1 : 0,
        entry?.isDenied ?? false ? 1 : 0,
      ]
  }

  /// How many parts there are.
  static let count = 4 + cues.count + 3

  /// Beginnings of the rules of ``NeedsReader`` and ``NeedsDialogue``.
  private static let cues = [
    "told", "asked", "offered", "answered", "taken_up", "lacking", "hinted",
  ]

  /// How likely the need is told, 0...1.
  func probability(_ entry: Ledger.Entry?, _ weights: NeedWeights) -> Double {
    guard let bias = weights.decision.first else { return 0 }
    let sum = zip(weights.decision.dropFirst(), parts(entry)).reduce(bias) { $0 + $1.0 * $1.1 }
    return 1 / (1 + exp(-sum))
  }

  /// The words that speak for it most where no cue found any.
  var evidence: Evidence? {
    person.gain >= technician.gain
      ? person.evidence ?? technician.evidence : technician.evidence ?? person.evidence
  }
}
