import Forms
import Interview
import Store

/// How well fields are heard: what to improve, and what can be relied on.
public struct FieldReport: Hashable, Sendable, Codable {
  /// One field.
  public struct Row: Hashable, Sendable, Codable {
    /// The field's name.
    public let field: String
    /// Interviews that had the field.
    public internal(set) var interviews = 0
    /// In how many something was heard for it.
    public internal(set) var heard = 0
    /// Heard and right at once: accepted, or written the same.
    public internal(set) var accepted = 0
    /// Heard, and a person wrote something else.
    public internal(set) var corrected = 0
    /// Heard, and a person threw it away.
    public internal(set) var rejected = 0
    /// Heard, and nobody looked.
    public internal(set) var unreviewed = 0
    /// Not heard, and a person wrote it.
    public internal(set) var typed = 0
    /// The person would not or could not say.
    public internal(set) var absent = 0
    /// Heard, and a check failed.
    public internal(set) var invalid = 0
    /// Mean confidence of what was heard; nil where nothing was.
    public internal(set) var confidence: Double?
    /// Mean time of extraction, milliseconds; nil where it was not measured.
    public internal(set) var extractionMilliseconds: Double?
    /// Mean time that the recogniser was behind the sound, milliseconds; nil where it was not measured.
    public internal(set) var recogniserMilliseconds: Double?

    /// Of what was heard and decided about, the share that was right at once; nil where there is none.
    public var rightAtOnce: Double? {
      let decided = accepted + corrected + rejected
      return decided > 0 ? Double(accepted) / Double(decided) : nil
    }
  }

  /// Words that stood for a value of a vocabulary.
  public struct Synonym: Hashable, Sendable, Codable {
    /// The field's name.
    public let field: String
    /// The value's code.
    public let value: String
    /// What was said, in lower case.
    public let said: String
    /// How often.
    public let count: Int
  }

  /// Schema of the report.
  public private(set) var schema = "acogida.report.fields/1"
  /// Interviews.
  public private(set) var interviews = 0
  /// Fields in the form's order.
  public private(set) var rows: [Row]
  /// What was said for values of vocabularies, the most frequent first; rare ones are left out.
  public private(set) var synonyms: [Synonym] = []
  /// How many different words were left out because fewer than ``minimum`` people used them.
  public private(set) var suppressed = 0
  /// People that have to use a word before it is told.
  public private(set) var minimum: Int

  /// Reads all submissions of a source.
  ///
  /// - Parameter minimum: people that have to use a word before it is told.
  /// - Throws: ``StoreError``.
  public init(_ source: AnalyticsSource, minimum: Int = 5) throws {
    self.minimum = minimum
    rows = source.form.fields.map { Row(field: $0.name.rawValue) }
    let places = Dictionary(
      rows.enumerated().map { ($1.field, $0) }, uniquingKeysWith: { first, _ in first })
    let choices = Set(
      source.shownFields.filter { $0.vocabulary != nil }.map(\.name.rawValue))
    var said: [[String]: Int] = [:]
    var sums = Array(repeating: Sums(), count: rows.count)
    try source.forEachRecord { _, record in
      interviews += 1
      for field in record.fields {
        guard let place = places[field.field] else { continue }
        rows[place].add(field)
        sums[place].add(field)
        if field.outcome == .accepted, choices.contains(field.field), let value = field.value,
          let words = field.said
        {
          said[[field.field, value, words.lowercased()], default: 0] += 1
        }
      }
    }
    for place in rows.indices { rows[place].take(sums[place]) }
    synonyms = said.filter { $0.value >= minimum }
      .map { Synonym(field: $0.key[0], value: $0.key[1], said: $0.key[2], count: $0.value) }
      .sorted { ($1.count, $0.field, $0.said) < ($0.count, $1.field, $1.said) }
    suppressed = said.count - synonyms.count
  }
}

/// Sums behind the means of a row.
private struct Sums {
  var confidence = (sum: 0.0, count: 0)
  var extraction = (sum: 0.0, count: 0)
  var recogniser = (sum: 0.0, count: 0)

  mutating func add(_ field: FieldRecord) {
    if let value = field.confidence, value.isFinite {
      confidence = (confidence.sum + value, confidence.count + 1)
    }
    if let value = field.times?.extraction {
      extraction = (extraction.sum + Double(value), extraction.count + 1)
    }
    if let value = field.times?.recogniser {
      recogniser = (recogniser.sum + Double(value), recogniser.count + 1)
    }
  }

  static func mean(_ sum: (sum: Double, count: Int)) -> Double? {
    sum.count > 0 ? sum.sum / Double(sum.count) : nil
  }
}

extension FieldReport.Row {
  fileprivate mutating func add(_ field: FieldRecord) {
    interviews += 1
    if field.isHeard { heard += 1 }
    if field.valid == false { invalid += 1 }
    switch field.outcome {
    case .accepted: accepted += field.isHeard ? 1 : 0
    case .corrected: corrected += 1
    case .rejected: rejected += 1
    case .unreviewed: unreviewed += 1
    case .typed: typed += 1
    case .refused, .unknown: absent += 1
    case .empty: break
    }
  }

  fileprivate mutating func take(_ sums: Sums) {
    confidence = Sums.mean(sums.confidence)
    extractionMilliseconds = Sums.mean(sums.extraction)
    recogniserMilliseconds = Sums.mean(sums.recogniser)
  }
}
