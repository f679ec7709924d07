import Exchange
import Forms
import Foundation
import Interview
import Store

/// The submissions of a stage as analytics reads them: one at a time, opened in memory only.
public struct AnalyticsSource: Sendable {
  let submissions: SubmissionStore
  let form: FormDefinition
  /// Which submissions.
  let filter: SubmissionFilter
  /// Whether what identifies a person is shown.
  let isIdentified: Bool
  private let hiddenFields: Set<String>
  private let knownFields: Set<String>

  /// Prepares reading the submissions of one form.
  ///
  /// - Parameters:
  ///   - form: its fields are the columns; submissions of other forms are passed over.
  ///   - isIdentified: shows fields that identify a person, and free text. Note it in the audit trail first.
  public init(
    _ submissions: SubmissionStore, form: FormDefinition, filter: SubmissionFilter = .init(),
    isIdentified: Bool = false
  ) {
    self.submissions = submissions
    self.form = form
    var filter = filter
    filter.form = form.id
    self.filter = filter
    self.isIdentified = isIdentified
    hiddenFields = isIdentified ? [] : Set(form.fields.filter(Self.isPersonal).map(\.name.rawValue))
    knownFields = Set(form.fields.map(\.name.rawValue))
  }

  /// Whether a field can tell who somebody is: it says so, or it holds whatever somebody wrote.
  static func isPersonal(_ field: FieldDefinition) -> Bool {
    field.identifying || [.text, .personName, .email, .phone, .streetAddress].contains(field.type)
  }

  /// The fields that may be shown, in the form's order.
  var shownFields: [FieldDefinition] {
    form.fields.filter { isIdentified || !Self.isPersonal($0) }
  }

  /// The same with another choice of submissions.
  func with(_ filter: SubmissionFilter) -> AnalyticsSource {
    AnalyticsSource(submissions, form: form, filter: filter, isIdentified: isIdentified)
  }

  /// Calls the body with the packed values of every submission, until the task is cancelled.
  func forEachRow(_ body: (borrowing PackedRow) throws -> Void) throws {
    try submissions.forEachPackedRow(filter) {
      try Task.checkCancellation()
      try body($0)
    }
  }

  /// Calls the body with the field records of every submission, until the task is cancelled.
  func forEachRecord(_ body: (Int64, SubmissionRecord) throws -> Void) throws {
    try submissions.forEachPayload(filter) { number, id, json in
      try Task.checkCancellation()
      let record: SubmissionRecord
      do { record = try SubmissionRecord.read(json, hidden: isHidden) } catch {
        throw StoreError.unreadable(id: id)
      }
      try body(number, record)
    }
  }

  /// A field that the form does not know might identify somebody.
  func isHidden(_ field: String) -> Bool {
    hiddenFields.contains(field) || !isIdentified && !knownFields.contains(field)
  }
}
