import Forms

/// What was heard for one field: every value with what speaks for and against it.
///
/// A value said again gains, one that is denied or corrected loses; what stands at the end is the
/// candidate. A value never wins by being repaired: only by having been said.
struct Ledger: Sendable {
  /// A value that was heard, and its standing.
  struct Entry: Sendable {
    let value: FieldValue
    var confidence: Double
    var checks: [Check]
    var evidence: [Evidence]
    var rules: [String]
    var alternatives: [Alternative]
    var firstTurn: Int
    var lastTurn: Int
    var times = 1
    var isDenied = false
    var isConfirmed = false
  }

  private(set) var entries: [Entry] = []
  /// Hearings of one value that are kept; more of the same tell nothing.
  private static let longest = 32
  /// Values that are kept: nobody has so many, and each is compared with all that is said after it.
  private static let most = 64

  /// Writes a mention down. A denied value that is said again stands again.
  mutating func hear(_ mention: Mention, in turn: Turn) {
    let evidence = mention.earlier + [turn.evidence(mention.tokens)]
    if let index = entries.firstIndex(where: { $0.value == mention.value }) {
      var entry = entries[index]
      entry.confidence = max(
        entry.confidence, mention.confidence,
        1 - (1 - entry.confidence) * (1 - 0.5 * mention.confidence))
      for piece in evidence
      where entry.evidence.count < Ledger.longest && !entry.evidence.contains(piece) {
        entry.evidence.append(piece)
      }
      if entry.lastTurn != turn.number { entry.times += 1 }
      if mention.checks.allSatisfy(\.passed) { entry.checks = mention.checks }
      if entry.rules.count < Ledger.longest { entry.rules.append(mention.rule) }
      entry.lastTurn = turn.number
      entry.isDenied = false
      entries.remove(at: index)
      entries.append(entry)
    } else {
      entries.append(
        Entry(
          value: mention.value, confidence: mention.confidence, checks: mention.checks,
          evidence: evidence, rules: [mention.rule], alternatives: mention.alternatives,
          firstTurn: turn.number, lastTurn: turn.number))
      if entries.count > Ledger.most {
        entries.remove(at: entries.firstIndex { $0.isDenied } ?? entries.startIndex)
      }
    }
  }

  /// Strikes out what that test names.
  mutating func deny(_ rule: String, where test: (Entry) -> Bool) {
    for index in entries.indices where test(entries[index]) {
      entries[index].isDenied = true
      entries[index].isConfirmed = false
      if entries[index].rules.count < Ledger.longest { entries[index].rules.append(rule) }
    }
  }

  /// Notes that the other speaker agreed.
  mutating func confirm(where test: (Entry) -> Bool) {
    for index in entries.indices where test(entries[index]) && !entries[index].isDenied {
      entries[index].isConfirmed = true
      entries[index].confidence = 1 - (1 - entries[index].confidence) * 0.4
      if entries[index].rules.count < Ledger.longest { entries[index].rules.append("confirmed") }
    }
  }

  /// The values that stand, as texts.
  var texts: [String] {
    entries.filter { !$0.isDenied }.compactMap {
      if case .text(let text) = $0.value { text } else { nil }
    }
  }

  /// What was heard last and still stands.
  var last: Entry? { entries.last { !$0.isDenied } }

  /// The value that stands best.
  ///
  /// Agreement counts most, then confidence; between equals the later one, since people correct
  /// themselves forwards.
  var best: Entry? {
    entries.filter { !$0.isDenied }.max { Ledger.standing($0) < Ledger.standing($1) }
  }

  private static func standing(_ entry: Entry) -> Double {
    entry.confidence + (entry.isConfirmed ? 0.15 : 0) + 0.04 * Double(min(entry.times, 4) - 1)
      + 0.0005 * Double(min(entry.lastTurn, 400)) - (entry.checks.allSatisfy(\.passed) ? 0 : 0.4)
  }

  /// The candidate that these hearings make.
  func candidate(_ field: FieldName) -> Candidate? {
    guard let best else { return nil }
    let rivals = entries.filter { !$0.isDenied && $0.value != best.value }
    let margin = rivals.map { Ledger.standing(best) - Ledger.standing($0) }.min() ?? 1
    let isContested = margin < 0.12
    let failed = best.checks.contains { !$0.passed }
    let confidence = min(isContested ? 0.55 : 0.99, best.confidence)
    let isDoubtful = failed || isContested || confidence < Ledger.doubt
    return Candidate(
      field: field, value: best.value, said: best.evidence.last?.text ?? "",
      confidence: confidence, state: isDoubtful ? .doubtful : .suggested, checks: best.checks,
      evidence: best.evidence.sorted { $0.segment < $1.segment },
      alternatives: rivals.reversed().map {
        Alternative(value: $0.value, confidence: min($0.confidence, confidence))
      } + best.alternatives, rules: best.rules)
  }

  /// The candidate of a field that takes several values: all that stand.
  func listCandidate(_ field: FieldName) -> Candidate? {
    Ledger.listCandidate(
      field, of: entries.filter { !$0.isDenied && $0.confidence >= Ledger.shown })
  }

  /// The candidate that these items make; nil for none.
  static func listCandidate(_ field: FieldName, of standing: [Entry]) -> Candidate? {
    guard let last = standing.max(by: { $0.lastTurn < $1.lastTurn }) else { return nil }
    let values = standing.compactMap { if case .text(let code) = $0.value { code } else { nil } }
    let lowest = standing.map(\.confidence).min() ?? 0
    return Candidate(
      field: field, value: .list(Array(Set(values)).sorted()), said: last.evidence.last?.text ?? "",
      confidence: min(0.99, lowest), state: lowest < Ledger.doubt ? .doubtful : .suggested,
      evidence: standing.flatMap(\.evidence).sorted { $0.segment < $1.segment },
      rules: standing.flatMap(\.rules))
  }

  /// Below this an item of a list is not shown at all.
  static let shown = 0.6

  /// Below this a value is shown as doubtful.
  static let doubt = 0.7
}

extension FieldValue {
  /// Whether it is one of these texts.
  func isText(in texts: Set<String>) -> Bool {
    if case .text(let text) = self { texts.contains(text) } else { false }
  }
}

extension Ledger.Entry {
  /// A value that no rule heard; its confidence is still to be told.
  init(_ value: FieldValue, evidence: Evidence) {
    self.init(
      value: value, confidence: 0, checks: [], evidence: [evidence], rules: [], alternatives: [],
      firstTurn: evidence.segment, lastTurn: evidence.segment)
  }
}
