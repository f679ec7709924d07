import Forms
import Interview
import Store

/// What became of one field of one interview: the record that judges extraction and recogniser.
///
/// Schema `acogida.fields/1`: grows at the end, never changes meaning. Of fields that identify a person, and of free
/// text, neither the value nor the words are in it unless they are asked for.
struct FieldRecord: Hashable, Sendable {
  /// How the value came about.
  enum Outcome: String, Sendable, CaseIterable {
    /// Heard, and a person accepted it or wrote the same.
    case accepted
    /// Heard, and a person wrote something else.
    case corrected
    /// Nothing was heard, a person wrote it.
    case typed
    /// The person prefers not to say.
    case refused
    /// The person does not know.
    case unknown
    /// Heard, and nobody looked.
    case unreviewed
    /// Heard, and a person threw it away.
    case rejected
    /// Nothing heard, nothing written.
    case empty
  }

  let field: String
  let outcome: Outcome
  /// State at submit.
  let state: FieldStatus
  /// The resolved value: of lists the items with `; ` between them. Nil where nobody decided.
  var value: String?
  /// The words that were resolved.
  var said: String?
  /// Whether every check passed; nil where nothing was heard or there is nothing to check.
  let valid: Bool?
  /// 0 to 1; nil where nothing was heard.
  let confidence: Double?
  /// What the machine thought of it: suggested or doubtful.
  let heardState: String?
  /// When the words behind it begin, seconds since the recording began.
  let heardAt: Double?
  /// Times in milliseconds, see ``FieldTimes``.
  let times: FieldTimes?

  /// Whether anything was heard.
  var isHeard: Bool { confidence != nil }
}

/// A submission as analytics sees it.
struct SubmissionRecord: Sendable {
  var summary: SubmissionSummary
  var fields: [FieldRecord]
}

extension SubmissionRecord {
  /// Reads a kept submission.
  ///
  /// - Parameter hidden: whether a field's value and words are left out.
  static func read(
    _ json: ArraySlice<UInt8>, hidden: (String) -> Bool
  ) throws -> SubmissionRecord {
    var scanner = JSONScanner(json)
    var texts: [String: String] = [:]
    var began: Int64 = 0
    var submitted: Int64 = 0
    var fields: [FieldRecord] = []
    try scanner.object { scanner, key in
      switch key {
      case "id", "form", "formVersion", "stage", "language", "office":
        if scanner.kind() == UInt8(ascii: "\"") {
          texts[key] = try scanner.string()
        } else {
          try scanner.skip()
        }
      case "began": began = try scanner.integer()
      case "submitted": submitted = try scanner.integer()
      case "fields":
        try scanner.array { fields.append(try FieldReader.read(&$0, hidden: hidden)) }
      default: try scanner.skip()
      }
    }
    return SubmissionRecord(
      summary: SubmissionSummary(
        id: texts["id"] ?? "", form: texts["form"] ?? "", formVersion: texts["formVersion"] ?? "",
        stage: texts["stage"] ?? "", language: texts["language"] ?? "",
        office: texts["office"] ?? "", created: began, submitted: submitted),
      fields: fields)
  }
}

/// Reads one element of a submission's `fields`.
private struct FieldReader {
  private var name = ""
  private var status = FieldStatus.empty
  private var value: String?
  private var heard: Heard?
  private var times: FieldTimes?

  private struct Heard {
    var value: String?
    var said: String?
    var confidence = 0.0
    var state: String?
    var start: Double?
    var valid: Bool?
  }

  static func read(
    _ scanner: inout JSONScanner, hidden: (String) -> Bool
  ) throws -> FieldRecord {
    var reader = FieldReader()
    try scanner.object { scanner, key in
      switch key {
      case "name": reader.name = try scanner.string()
      case "status": reader.status = FieldStatus(rawValue: try scanner.string()) ?? .empty
      case "value": reader.value = try text(&scanner)
      case "heard": reader.heard = try heard(&scanner)
      case "times": reader.times = try times(&scanner)
      default: try scanner.skip()
      }
    }
    return reader.record(isHidden: hidden(reader.name))
  }

  private func record(isHidden: Bool) -> FieldRecord {
    FieldRecord(
      field: name, outcome: outcome, state: status,
      value: isHidden || !status.isDecided ? nil : value, said: isHidden ? nil : heard?.said,
      valid: heard?.valid, confidence: heard?.confidence, heardState: heard?.state,
      heardAt: heard?.start, times: times)
  }

  private var outcome: FieldRecord.Outcome {
    switch status {
    case .confirmed: .accepted
    case .edited where heard == nil: .typed
    case .edited: heard?.value == value ? .accepted : .corrected
    case .refused: .refused
    case .unknown: .unknown
    case .suggested, .doubtful: .unreviewed
    case .empty: heard == nil ? .empty : .rejected
    }
  }

  /// A field's value as one line of text; nil for null.
  private static func text(_ scanner: inout JSONScanner) throws -> String? {
    switch scanner.kind() {
    case UInt8(ascii: "\""): return try scanner.string()
    case UInt8(ascii: "["):
      var items: [String] = []
      try scanner.array { items.append(try $0.string()) }
      return items.joined(separator: "; ")
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return scanner.flag().map { $0 ? "true" : "false" }
    case UInt8(ascii: "n"), UInt8(ascii: "{"):
      try scanner.skip()
      return nil
    default: return String(try scanner.integer())
    }
  }

  private static func heard(_ scanner: inout JSONScanner) throws -> Heard? {
    guard scanner.kind() == UInt8(ascii: "{") else {
      try scanner.skip()
      return nil
    }
    var heard = Heard()
    try scanner.object { scanner, key in
      switch key {
      case "value": heard.value = try text(&scanner)
      case "said": heard.said = try scanner.string()
      case "confidence": heard.confidence = try scanner.number()
      case "state": heard.state = try scanner.string()
      case "evidence":
        try scanner.array { scanner in
          try scanner.object { scanner, key in
            if key == "start" { heard.start = try scanner.number() } else { try scanner.skip() }
          }
        }
      case "checks":
        try scanner.array { scanner in
          try scanner.object { scanner, key in
            if key == "passed", let passed = scanner.flag() {
              heard.valid = (heard.valid ?? true) && passed
            } else {
              try scanner.skip()
            }
          }
        }
      default: try scanner.skip()
      }
    }
    return heard
  }

  private static func times(_ scanner: inout JSONScanner) throws -> FieldTimes? {
    guard scanner.kind() == UInt8(ascii: "{") else {
      try scanner.skip()
      return nil
    }
    var values: [String: Int64] = [:]
    try scanner.object { scanner, key in values[key] = try scanner.integer() }
    return FieldTimes(
      heard: values["heard"], decided: values["decided"], extraction: values["extraction"],
      recogniser: values["recogniser"])
  }
}
