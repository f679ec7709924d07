import Forms

/// Reads an intake interview in Spanish.
///
/// Each settled segment is cut into tokens, dictated symbols are read in every way they allow, and the
/// last question says what an answer may be. Each hearing is a mention; the candidates are what the
/// mentions of a field agree on.
public struct IntakeExtractor: Extractor {
  private let fields: Set<FieldName>
  private let gazetteers: Gazetteers
  private var mentions: [FieldName: [Heard]] = [:]
  private var topic: Topic?
  private var topicAge = 0
  private var aboutPassport = false
  private var carried: [Token] = []
  private var carriedSegment: TranscriptSegment?

  /// A mention with the evidence it had.
  private struct Heard: Sendable {
    let mention: Mention
    let evidence: [Evidence]
    let said: String
  }

  /// Segments for which a question waits for its answer.
  private static let patience = 3

  /// Makes an extractor for a form.
  ///
  /// - Parameters:
  ///   - form: fields it doesn't have are not looked for.
  ///   - gazetteers: names and places.
  public init(form: FormDefinition, gazetteers: Gazetteers) {
    fields = Set(form.fields.map(\.name))
    self.gazetteers = gazetteers
  }

  /// Reads the next segment.
  public mutating func add(_ segment: TranscriptSegment) {
    let tokens = Tokenizer.tokens(segment)
    let topics = TopicReader.topics(tokens)
    let before = topicAge <= IntakeExtractor.patience ? topic : nil
    let asked = topics.last
    if tokens.contains(where: { $0.folded == "pasaporte" }) { aboutPassport = true }
    let context = Context(
      segment: segment, tokens: tokens, topic: asked?.topic ?? before,
      answerStart: asked?.token ?? 0)
    var heard: [Mention] = dictated(context)
    if let name = NameReader(gazetteers: gazetteers).mention(
      tokens, answer: context.topic == .name ? context.answerStart : nil)
    {
      heard.append(name)
    }
    if let place = PlaceReader(gazetteers: gazetteers).mention(
      tokens, answer: context.topic == .place ? context.answerStart : nil)
    {
      heard.append(place)
    }
    for mention in heard where fields.contains(mention.field) {
      mentions[mention.field, default: []].append(heardMention(mention, context))
    }
    remember(asked?.topic, heard: heard)
  }

  /// The best candidate of every field heard so far.
  public var candidates: [FieldName: Candidate] {
    mentions.compactMapValues { IntakeExtractor.candidate($0) }
  }

  private struct Context {
    let segment: TranscriptSegment
    let tokens: [Token]
    let topic: Topic?
    let answerStart: Int
  }

  private mutating func remember(_ asked: Topic?, heard: [Mention]) {
    if let asked {
      topic = asked
      topicAge = 0
      if asked == .document { aboutPassport = false }
    } else {
      topicAge += 1
    }
  }

  // MARK: - Dictated numbers

  private mutating func dictated(_ context: Context) -> [Mention] {
    var found: [Mention] = []
    let plus = context.tokens.contains { $0.text == "+" || $0.folded == "mas" }
    for readings in SymbolReader.runs(context.tokens) {
      let documents = DocumentReader.mention(
        readings, expected: context.topic == .document,
        passport: aboutPassport && context.topic == .document)
      if !documents.isEmpty {
        found += documents
        continue
      }
      if let phone = PhoneReader.mention(
        readings, expected: context.topic == .phone, hasPlus: plus)
      {
        found.append(phone)
      }
    }
    return found
  }

  // MARK: - From mentions to candidates

  private func heardMention(_ mention: Mention, _ context: Context) -> Heard {
    let tokens = context.tokens[mention.tokens]
    let start = tokens.first?.range.lowerBound ?? 0
    let end = tokens.last?.range.upperBound ?? start
    let scalars = Array(context.segment.text.unicodeScalars)
    let words = String(String.UnicodeScalarView(scalars[start..<end]))
    let length = context.segment.end - context.segment.start
    let time = { (place: Int) in
      context.segment.start + length * Double(place) / Double(max(1, scalars.count))
    }
    let evidence = Evidence(
      segment: context.segment.id, characters: start..<end, start: time(start), end: time(end),
      text: words)
    return Heard(mention: mention, evidence: [evidence], said: words)
  }

  /// Weighs the mentions of a field: agreement makes surer, and between different values the surer one
  /// wins, the later one where they are alike.
  private static func candidate(_ heard: [Heard]) -> Candidate? {
    var groups: [(value: FieldValue, score: Double, members: [Heard])] = []
    for item in heard {
      if let index = groups.firstIndex(where: { $0.value == item.mention.value }) {
        groups[index].members.append(item)
        let doubt = (1 - groups[index].score) * (1 - 0.6 * item.mention.confidence)
        groups[index].score = 1 - doubt
      } else {
        groups.append((item.mention.value, item.mention.confidence, [item]))
      }
    }
    var best: (value: FieldValue, score: Double, members: [Heard])?
    for group in groups where group.score >= (best?.score ?? 0) - 0.1 { best = group }
    guard let best, let last = best.members.last else { return nil }
    let others = groups.filter { $0.value != best.value }.sorted { $0.score > $1.score }
    let isContested = others.contains { $0.score > best.score - 0.15 }
    let checks = last.mention.checks
    let isDoubtful =
      best.score < 0.6 || checks.contains { !$0.passed } || isContested
    return Candidate(
      field: last.mention.field, value: best.value, said: last.said,
      confidence: min(isContested ? 0.5 : 0.99, best.score),
      state: isDoubtful ? .doubtful : .suggested,
      checks: checks, evidence: best.members.flatMap(\.evidence),
      alternatives: others.map { Alternative(value: $0.value, confidence: $0.score) }
        + last.mention.alternatives,
      rules: best.members.map(\.mention.rule))
  }
}
