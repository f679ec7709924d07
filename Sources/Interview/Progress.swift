import Forms

/// What is left to do before an interview can be submitted.
public struct Progress: Hashable, Sendable {
  /// Fields with a value or a decision.
  public let answered: Int
  /// Fields of the form.
  public let total: Int
  /// Heard fields that nobody has confirmed, in the form's order.
  public let unconfirmed: [FieldName]
  /// Required fields with neither value nor decision, in the form's order.
  public let missing: [FieldName]

  /// Compares an interview with its form.
  public init(state: InterviewState, form: FormDefinition) {
    let fields = form.fields
    let status = { (field: FieldDefinition) in state.entry(field.name).status }
    total = fields.count
    answered = fields.count { status($0) != .empty }
    unconfirmed = fields.filter { [.suggested, .doubtful].contains(status($0)) }.map(\.name)
    missing = fields.filter { $0.required && status($0) == .empty }.map(\.name)
  }
}

extension InterviewState {
  /// Says why an event makes no sense now, before it is written to the journal.
  ///
  /// - Returns: nil when the event may be applied.
  public func objection(to event: InterviewEvent, form: FormDefinition) -> InterviewError? {
    if isSubmitted { return .alreadySubmitted }
    if header == nil {
      if case .began = event { return nil }
      return .notBegun
    }
    switch event {
    case .accepted(let field):
      let entry = entry(field)
      if (entry.contested ?? entry.shownCandidate) == nil { return .nothingToAccept(field) }
      return form.field(field) == nil ? .noSuchField(field) : nil
    case .edited(let field, _), .cleared(let field), .absent(let field, _):
      return form.field(field) == nil ? .noSuchField(field) : nil
    default: return nil
    }
  }
}
