import Forms

/// Values that were clearly asked for, or announced, and fail their check: a day that no calendar has, a DNI without its letter.
///
/// They take part in nothing: no correction, no agreement, no other field looks at them. They are shown, doubted and as they were
/// said, only as long as nothing else was heard for their field.
struct FailedValues: Sendable {
  private var ledgers: [FieldName: Ledger] = [:]

  /// Writes down what failed in a turn; what a later turn sets right goes.
  mutating func hear(_ mentions: [Mention], _ scene: Scene) {
    for mention in mentions {
      if scene.isCorrection {
        ledgers[mention.field]?.deny("corrected") { $0.value != mention.value }
      }
      ledgers[mention.field, default: Ledger()].hear(mention, in: scene.turn)
    }
  }

  /// Adds candidates for fields that have none.
  func fill(_ candidates: inout [FieldName: Candidate]) {
    let hasNumber = candidates["document_number"] != nil
    for (field, ledger) in ledgers where candidates[field] == nil {
      // The type goes with the number.
      if field == "document_type", hasNumber { continue }
      candidates[field] = ledger.candidate(field)
    }
  }
}
