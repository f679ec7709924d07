import Forms
import Foundation
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
  /// The number in the store of the last submission written; 0 when there was none.
  public internal(set) var last: Int64 = 0
}

/// Writes submissions for other programs, one at a time: memory does not grow with their number.
public struct Export: Sendable {
  private let form: FormDefinition
  private let options: ExportOptions

  /// Bytes between two notes of how far a resumable export is.
  var checkpointSize = 8 << 20

  /// Prepares an export of submissions made with a form; its fields are the columns.
  public init(form: FormDefinition, options: ExportOptions) {
    self.form = form
    self.options = options
  }

  /// Writes the submissions of this form in the order they were saved.
  ///
  /// - Parameters:
  ///   - resumes: whether to go on with an export of the same kind to the same file that was interrupted, and
  ///     to leave behind, should this one be, what the next needs; see ``ExportDraft``.
  ///   - progress: hears now and then how many submissions are written.
  /// - Throws: ``ExportError``, also when the task is cancelled; a file that was there before is then unchanged.
  public func write(
    _ submissions: SubmissionStore, to destination: ExportDestination, resumes: Bool = false,
    progress: @escaping (Int) -> Void = { _ in }
  ) throws(ExportError) -> ExportReport {
    do {
      try Task.checkCancellation()
      var state = ExportState()
      if resumes, case .file(let path) = destination {
        let draft = try ExportDraft(
          for: destination.realPath(path), kind: fingerprint(), erased: submissions.erasedCount())
        state = draft.state
        try draft.write { output in try write(submissions, &output, &state, draft, progress) }
      } else {
        try destination.write { output in try write(submissions, &output, &state, nil, progress) }
      }
      return state.report
    } catch {
      throw ExportError(error, path: destination.name)
    }
  }

  /// Tells exports apart that would not go on in the same file.
  private func fingerprint() -> String {
    let columns = form.fields.map { "\($0.name) \($0.type) \($0.identifying)" }
    let text = "\(form.id) \(form.version) \(columns) \(options)"
    return Digest.hexadecimal(Digest.sha256(Array(text.utf8)))
  }

  private func write(
    _ submissions: SubmissionStore, _ output: inout ExportOutput, _ state: inout ExportState,
    _ draft: ExportDraft?, _ progress: (Int) -> Void
  ) throws {
    var filter = options.filter
    filter.form = form.id
    filter.after = state.number
    switch options.format {
    case .csv:
      var csv = CSVExport(form: form, options: options)
      if state.number == 0 { csv.appendHeader(to: &output.buffer) }
      let omitted = Set(state.omitted)
      let before = state.unconfirmed
      var strangers = 0
      try submissions.forEachPackedRow(filter) { row in
        csv.append(row, to: &output.buffer)
        state.unconfirmed = before + csv.unconfirmed
        if csv.omitted.count != strangers {
          strangers = csv.omitted.count
          state.omitted = omitted.union(csv.omitted).sorted()
        }
        try step(row.number, &output, &state, draft, progress)
      }
    case .json, .jsonl:
      let isDocument = options.format == .json
      if isDocument, state.number == 0 {
        output.buffer.append(contentsOf: #"{"schema":"acogida.export/1","submissions":["#.utf8)
      }
      try forEachObject(submissions, filter) { number, object, unconfirmed in
        if isDocument {
          output.buffer.append(contentsOf: (state.submissions == 0 ? "\n" : ",\n").utf8)
        }
        output.buffer.append(contentsOf: object)
        if !isDocument { output.buffer.append(UInt8(ascii: "\n")) }
        state.unconfirmed += unconfirmed
        try step(number, &output, &state, draft, progress)
      }
      if isDocument { output.buffer.append(contentsOf: "\n]}\n".utf8) }
    }
  }

  /// Counts a submission that stands in the buffer, writes when enough has come together, and notes how far it is.
  private func step(
    _ number: Int64, _ output: inout ExportOutput, _ state: inout ExportState,
    _ draft: ExportDraft?, _ progress: (Int) -> Void
  ) throws {
    state.number = number
    state.submissions += 1
    if state.submissions % 1_024 == 0 {
      try Task.checkCancellation()
      progress(state.submissions)
    }
    try output.drain()
    if let draft, output.unsynced >= checkpointSize {
      try draft.note(state, bytes: output.settle())
    }
  }

  /// Calls the body with the number and the JSON object of each submission, in one line, and how many values were left out.
  private func forEachObject(
    _ submissions: SubmissionStore, _ filter: SubmissionFilter,
    _ body: (Int64, ArraySlice<UInt8>, Int) throws -> Void
  ) throws {
    if options.valuesOnly || options.leavesOutIdentity {
      let values = ValuesJSON(form: form, options: options)
      var object: [UInt8] = []
      try submissions.forEachPackedRow(filter) { row in
        object.removeAll(keepingCapacity: true)
        let unconfirmed = values.append(row, to: &object)
        try body(row.number, object[...], unconfirmed)
      }
    } else {
      // A kept submission is one line of JSON with its schema already.
      try submissions.forEachPayload(filter) { number, id, payload in
        guard !options.unconfirmed, KeptSubmission.mayHoldGuesses(payload) else {
          return try body(number, payload, 0)
        }
        let (object, count) = try KeptSubmission.leavingOutUnconfirmed(payload, id: id)
        try body(number, object[...], count)
      }
    }
  }
}
