import Extraction
import Forms

/// What `acogida extract --json` prints: schema `acogida.extraction/1`.
struct ExtractionReport: Encodable {
  struct Field: Encodable {
    let value: FieldValue
    let confidence: Double
    let state: CandidateState
    let evidence: [Words]
    let alternatives: [Alternative]
    let said: String
    /// Whether all checks passed.
    let valid: Bool
    let checks: [Check]
    let rules: [String]?
  }

  struct Words: Encodable {
    let segment: Int
    let start: Double
    let end: Double
    let characters: [Int]
    let text: String
  }

  let schema = "acogida.extraction/1"
  let fields: [String: Field]
  /// What speaks for each need, in numbers; only with `--explain`.
  let needParts: [String: [Double]]?

  init(
    _ candidates: [FieldName: Candidate], explain: Bool = false,
    needParts: [String: [Double]]? = nil
  ) {
    self.needParts = needParts
    fields = Dictionary(
      uniqueKeysWithValues: candidates.map { name, candidate in
        (name.rawValue, ExtractionReport.field(candidate, explain: explain))
      })
  }

  private static func field(_ candidate: Candidate, explain: Bool) -> Field {
    Field(
      value: candidate.value, confidence: rounded(candidate.confidence), state: candidate.state,
      evidence: candidate.evidence.map {
        Words(
          segment: $0.segment, start: rounded($0.start), end: rounded($0.end),
          characters: [$0.characters.lowerBound, $0.characters.upperBound], text: $0.text)
      },
      alternatives: candidate.alternatives, said: candidate.said,
      valid: candidate.checks.allSatisfy(\.passed), checks: candidate.checks,
      rules: explain ? candidate.rules : nil)
  }

  /// Three digits are more than any of these numbers means.
  private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}
