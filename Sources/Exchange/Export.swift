import Forms
import Interview
import Store
import Vault

/// The shape of an export.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// One row a submission, for spreadsheets and statistics.
  case csv
  /// One JSON document: `{"schema":"acogida.export/1","submissions":[…]}`.
  case json
  /// JSON Lines: one object a line, each with its `schema`.
  case jsonl
}

/// What an export holds and how.
public struct ExportOptions: Hashable, Sendable {
  /// The shape.
  public var format: ExportFormat
  /// Which submissions.
  public var filter: SubmissionFilter
  /// CSV: a column `<field>_state` behind every field.
  public var states: Bool
  /// CSV: a row of HXL hashtags behind the header.
  ///
  /// Leaves out what identifies a person.
  public var hxl: Bool
  /// CSV: a byte order mark, by which Excel recognises UTF-8.
  public var byteOrderMark: Bool
  /// Leaves out fields that identify the person, and all that was said.
  public var withoutIdentity: Bool
  /// JSON: the values alone (`acogida.values/1`) instead of whole submissions with transcript and evidence.
  public var valuesOnly: Bool
  /// Also values that no person confirmed or wrote; otherwise they are left out, and only their states stay.
  public var unconfirmed: Bool

  /// Makes options.
  public init(
    format: ExportFormat = .csv, filter: SubmissionFilter = .init(), states: Bool = false,
    hxl: Bool = false, byteOrderMark: Bool = false, withoutIdentity: Bool = false,
    valuesOnly: Bool = false, unconfirmed: Bool = false
  ) {
    self.format = format
    self.filter = filter
    self.states = states
    self.hxl = hxl
    self.byteOrderMark = byteOrderMark
    self.withoutIdentity = withoutIdentity
    self.valuesOnly = valuesOnly
    self.unconfirmed = unconfirmed
  }

  /// HXL data are made to be shared, so they never identify anybody.
  var leavesOutIdentity: Bool { withoutIdentity || hxl }

  /// Whether a value of that status is written.
  func holds(_ status: FieldStatus) -> Bool { unconfirmed || status.isDecided }
}

/// What an export did.
public struct ExportReport: Hashable, Sendable {
  /// Submissions written.
  public let submissions: Int
  /// Fields that some submissions have values for and the form lacks, sorted; CSV has no column for them.
  public let omittedFields: [FieldName]
  /// Values left out because no person confirmed or wrote them.
  public internal(set) var unconfirmed = 0
}

/// Writes submissions for other programs, one at a time: memory does not grow with their number.
public struct Export: Sendable {
  private let form: FormDefinition
  private let options: ExportOptions

  /// Prepares an export of submissions made with a form; its fields are the columns.
  public init(form: FormDefinition, options: ExportOptions) {
    self.form = form
    self.options = options
  }

  /// Writes the submissions of this form in the order they were saved.
  ///
  /// - Throws: ``ExportError``; a file that was there before is then unchanged.
  public func write(
    _ submissions: SubmissionStore, to destination: ExportDestination
  ) throws(ExportError) -> ExportReport {
    var filter = options.filter
    filter.form = form.id
    var report = ExportReport(submissions: 0, omittedFields: [])
    do {
      try destination.write { output in
        report =
          switch options.format {
          case .csv: try writeCSV(submissions, filter, &output)
          case .json: try writeJSON(submissions, filter, &output)
          case .jsonl: try writeLines(submissions, filter, &output)
          }
      }
    } catch {
      throw ExportError(error, path: destination.name)
    }
    return report
  }

  private func writeCSV(
    _ submissions: SubmissionStore, _ filter: SubmissionFilter, _ output: inout ExportOutput
  ) throws -> ExportReport {
    var csv = CSVExport(form: form, options: options)
    var count = 0
    csv.appendHeader(to: &output.buffer)
    try submissions.forEachPackedRow(filter) { row in
      csv.append(row, to: &output.buffer)
      count += 1
      try output.drain()
    }
    return ExportReport(
      submissions: count, omittedFields: csv.omitted.sorted().map(FieldName.init(rawValue:)),
      unconfirmed: csv.unconfirmed)
  }

  private func writeJSON(
    _ submissions: SubmissionStore, _ filter: SubmissionFilter, _ output: inout ExportOutput
  ) throws -> ExportReport {
    output.buffer.append(contentsOf: #"{"schema":"acogida.export/1","submissions":["#.utf8)
    var count = 0
    let unconfirmed = try forEachObject(submissions, filter) { object in
      output.buffer.append(contentsOf: (count == 0 ? "\n" : ",\n").utf8)
      output.buffer.append(contentsOf: object)
      count += 1
      try output.drain()
    }
    output.buffer.append(contentsOf: "\n]}\n".utf8)
    return ExportReport(submissions: count, omittedFields: [], unconfirmed: unconfirmed)
  }

  private func writeLines(
    _ submissions: SubmissionStore, _ filter: SubmissionFilter, _ output: inout ExportOutput
  ) throws -> ExportReport {
    var count = 0
    let unconfirmed = try forEachObject(submissions, filter) { object in
      output.buffer.append(contentsOf: object)
      output.buffer.append(UInt8(ascii: "\n"))
      count += 1
      try output.drain()
    }
    return ExportReport(submissions: count, omittedFields: [], unconfirmed: unconfirmed)
  }

  /// Calls the body with the JSON object of each submission, in one line; returns how many values were left out.
  private func forEachObject(
    _ submissions: SubmissionStore, _ filter: SubmissionFilter,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    var unconfirmed = 0
    if options.valuesOnly || options.leavesOutIdentity {
      let values = ValuesJSON(form: form, options: options)
      var object: [UInt8] = []
      try submissions.forEachPackedRow(filter) { row in
        object.removeAll(keepingCapacity: true)
        unconfirmed += values.append(row, to: &object)
        try body(object[...])
      }
    } else {
      // A kept submission is one line of JSON with its schema already.
      try submissions.forEachPayload(filter) { id, payload in
        guard !options.unconfirmed, KeptSubmission.mayHoldGuesses(payload) else {
          return try body(payload)
        }
        let (object, count) = try KeptSubmission.leavingOutUnconfirmed(payload, id: id)
        unconfirmed += count
        try body(object[...])
      }
    }
    return unconfirmed
  }
}
