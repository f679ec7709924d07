import Extraction
import Forms
import Tone

/// A finished interview as it is kept, exported and sent.
public struct Submission: Hashable, Sendable, Codable {
  /// Schema of this record; grows, never changes meaning.
  public let schema: String
  /// The interview's UUID in lower case.
  public let id: String
  /// The form's identifier.
  public let form: String
  /// The form's version.
  public let formVersion: String
  /// The stage it belongs to.
  public let stage: String
  /// ISO 639-1 code of the language spoken.
  public let language: String
  /// The technician's name or code; may be empty.
  public let technician: String
  /// The office's code; nil where none was set.
  public let office: String?
  /// Where the sound came from.
  public let source: InterviewHeader.Source
  /// When the interview began, milliseconds since 1970-01-01 UTC.
  public let began: Int64
  /// When it was submitted, milliseconds since 1970-01-01 UTC.
  public let submitted: Int64
  /// The person's answer about consent; nil when nobody asked.
  public private(set) var consent: Consent?
  /// Fields in the form's order.
  public private(set) var fields: [SubmittedField]
  /// The transcript.
  public private(set) var segments: [TranscriptSegment]
  /// How segments sound, where that was read; neutral ones are left out.
  public private(set) var tones: [TurnTone]?
  /// What is missing from the recording.
  public let gaps: [RecordingState.Gap]
  /// Decisions about possible duplicates; nil where there were none.
  public let duplicates: [DuplicateDecision]?

  /// The schema written by this version.
  public static let currentSchema = "acogida.submission/1"

  /// Makes the record of an interview as it stands.
  ///
  /// - Parameters:
  ///   - state: the interview; it must have begun.
  ///   - form: the form it was made with; decides the order of fields.
  ///   - submitted: now, milliseconds since 1970-01-01 UTC.
  /// - Throws: ``InterviewError/notBegun``.
  public init(state: InterviewState, form: FormDefinition, submitted: Int64) throws(InterviewError)
  {
    guard let header = state.header else { throw .notBegun }
    schema = Submission.currentSchema
    id = header.id
    self.form = header.form
    formVersion = header.formVersion
    stage = header.stage
    language = header.language
    technician = header.technician
    office = header.office
    source = header.source
    began = state.began
    self.submitted = submitted
    consent = state.consent
    // What the person did not agree to is not kept: without the recording no words, without the data nothing that
    // says who they are.
    let keepsWords = state.consent?.recording != false
    let keepsIdentity = state.consent?.data != false
    fields = form.fields.map { field in
      let isLeftOut = field.identifying && !keepsIdentity
      let entry = isLeftOut ? FieldEntry() : state.entry(field.name)
      return SubmittedField(
        name: field.name, entry: entry, withWords: keepsWords && keepsIdentity,
        times: isLeftOut ? nil : state.times[field.name])
    }
    segments = keepsWords && keepsIdentity ? state.segments : []
    gaps = state.recording.gaps
    // Without consent to the data, a link would say who it is.
    duplicates = state.duplicates.isEmpty || !keepsIdentity ? nil : state.duplicates
  }

  /// Leaves out the values that no person confirmed or wrote; what was heard stays beside them.
  ///
  /// - Returns: how many values were left out.
  public mutating func leaveOutUnconfirmed() -> Int {
    var count = 0
    for index in fields.indices where fields[index].isUnconfirmed {
      fields[index].leaveOutValue()
      count += 1
    }
    return count
  }

  /// Leaves out everything that was said: the transcript, and the words and candidates behind the values.
  public mutating func leaveOutWords() {
    segments = []
    tones = nil
    for index in fields.indices { fields[index].leaveOutHeard() }
  }

  /// Keeps with the transcript how it sounds.
  public mutating func readTone(_ reader: ToneReader) {
    tones = segments.isEmpty ? nil : TurnTone.of(segments, by: reader)
  }

  /// Notes that the consent to record was withdrawn after the interview.
  public mutating func withdrawRecording() {
    consent = Consent(recording: false, data: consent?.data ?? false)
  }

  /// Whether the person refused, or took back, the consent to the data: then nothing that tells who they are is kept.
  public var refusesData: Bool { consent?.data == false }

  /// Whether anything that was said is in it.
  public var hasWords: Bool { !segments.isEmpty || fields.contains { $0.heard != nil } }

  /// Other submissions that are of the same person, as the technician decided.
  public var linked: [String] {
    duplicates?.filter { $0.choice != .continued }.map(\.other) ?? []
  }

  /// The field of that name.
  public func field(_ name: FieldName) -> SubmittedField? { fields.first { $0.name == name } }
}

/// A field as submitted: the value, how it came about, and what was heard.
public struct SubmittedField: Hashable, Sendable, Codable {
  /// The field's name.
  public let name: FieldName
  /// The value; nil where there is none.
  public private(set) var value: FieldValue?
  /// State at submit.
  public let status: FieldStatus
  /// What extraction made of the talk, whatever the technician decided.
  public private(set) var heard: Candidate?
  /// When it was heard and decided about; nil where it was never touched, and in older records.
  public let times: FieldTimes?

  /// Whether there is a value that no person confirmed or wrote.
  public var isUnconfirmed: Bool { value != nil && !status.isDecided }

  fileprivate mutating func leaveOutValue() { value = nil }
  fileprivate mutating func leaveOutHeard() { heard = nil }

  /// Makes the record of a field.
  ///
  /// - Parameter withWords: whether what was heard is kept beside the value.
  public init(
    name: FieldName, entry: FieldEntry, withWords: Bool = true, times: FieldTimes? = nil
  ) {
    self.name = name
    self.times = times
    value = entry.value
    status = entry.status
    heard = withWords ? entry.shownCandidate ?? entry.candidate : nil
  }
}

/// What can't be done with an interview in its present state.
public enum InterviewError: Error, Hashable, Sendable {
  /// The interview has not begun.
  case notBegun
  /// The interview was submitted already.
  case alreadySubmitted
  /// There is nothing to accept for the field.
  case nothingToAccept(FieldName)
  /// The form has no such field.
  case noSuchField(FieldName)
}
