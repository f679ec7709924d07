import Forms
import Interview

/// The values of one submission without what was said: what lists, exports and reports read.
public struct SubmissionRow: Hashable, Sendable {
  /// One field of the form.
  public struct Field: Hashable, Sendable {
    /// The field's name.
    public let name: FieldName
    /// State at submit.
    public let status: FieldStatus
    /// The value; nil where there is none.
    public let value: FieldValue?
  }

  /// Identifier, form and times.
  public let summary: SubmissionSummary
  /// The technician's name or code; may be empty.
  public let technician: String
  /// The person's answer about consent; nil when nobody asked.
  public let consent: Consent?
  /// Other submissions of the same person, as the technician decided.
  public let linked: [String]
  /// Fields in the form's order.
  public let fields: [Field]

  /// The field of that name.
  public func field(_ name: FieldName) -> Field? { fields.first { $0.name == name } }
}

/// What is known of a submission without opening it.
public struct SubmissionSummary: Hashable, Sendable, Codable {
  /// The submission's UUID in lower case.
  public let id: String
  /// The form's identifier.
  public let form: String
  /// The form's version.
  public let formVersion: String
  /// The stage.
  public let stage: String
  /// ISO 639-1 code of the language spoken.
  public let language: String
  /// The office's code; empty where none was set.
  public let office: String
  /// When the interview began, milliseconds since 1970-01-01 UTC.
  public let created: Int64
  /// When it was submitted, milliseconds since 1970-01-01 UTC.
  public let submitted: Int64

  /// Makes a summary from its parts.
  public init(
    id: String, form: String, formVersion: String, stage: String, language: String,
    office: String = "", created: Int64, submitted: Int64
  ) {
    self.id = id
    self.form = form
    self.formVersion = formVersion
    self.stage = stage
    self.language = language
    self.office = office
    self.created = created
    self.submitted = submitted
  }
}

extension SubmissionSummary {
  /// The summary of a submission.
  init(_ submission: Submission) {
    self.init(
      id: submission.id, form: submission.form, formVersion: submission.formVersion,
      stage: submission.stage, language: submission.language, office: submission.office ?? "",
      created: submission.began, submitted: submission.submitted)
  }
}
