import Interview
import Messages
import Terminal

// Somebody may have been here before: linking, going on, or a second submission with a reason.
extension DeskState {
  /// Takes what was found by the values as they stand now, and warns of what is new.
  mutating func take(_ found: [DuplicateState.Entry]) {
    let known = Set(duplicates.found.map(\.id))
    duplicates.found = found
    if case .duplicates(var question) = view {
      question.focus = max(0, min(question.focus, duplicateEntries.count - 1))
      view = .duplicates(question)
    }
    guard let first = undecidedDuplicates.first(where: { !known.contains($0.id) }) else {
      return dismissDuplicateNotice()
    }
    let key = keys.keys(.duplicates).first.map(Command.name) ?? ""
    let warning = Notice(
      catalogue.text(
        "notice.duplicate",
        ["match": DuplicateView.matches(first, self), "time": first.time, "key": key]),
      .problem)
    duplicates.notice = warning
    notice = warning
  }

  /// A decision is safe in the journal.
  mutating func happen(_ decision: DuplicateDecision) {
    duplicates.deciding.remove(decision.other)
    dismissDuplicateNotice()
  }

  private mutating func dismissDuplicateNotice() {
    guard undecidedDuplicates.isEmpty, notice == duplicates.notice else { return }
    notice = nil
    duplicates.notice = nil
  }

  mutating func openDuplicates(isSaving: Bool = false) -> [DeskEffect] {
    guard !duplicateEntries.isEmpty else { return say("duplicates.none") }
    if notice == duplicates.notice { notice = nil }
    let waiting = Set(undecidedDuplicates.map(\.id))
    let first = duplicateEntries.firstIndex { waiting.contains($0.id) }
    view = .duplicates(DuplicateState.Question(focus: first ?? 0, isSaving: isSaving))
    return []
  }

  mutating func moveDuplicate(_ step: Int) {
    guard case .duplicates(var question) = view else { return }
    question.focus = max(0, min(duplicateEntries.count - 1, question.focus + step))
    view = .duplicates(question)
  }

  /// Decides about the entry in focus; a second submission on purpose is asked for its reason.
  mutating func decideDuplicate(
    _ choice: DuplicateDecision.Choice, size: Size
  ) -> [DeskEffect] {
    guard case .duplicates(let question) = view,
      duplicateEntries.indices.contains(question.focus)
    else { return [] }
    let other = duplicateEntries[question.focus].id
    guard choice != .overridden else {
      let reason = decision(about: other)?.reason ?? ""
      view = .prompt(
        Prompt(purpose: .duplicateReason(question), editor: LineEditor(reason)))
      return []
    }
    return decide(DuplicateDecision(other: other, choice: choice), question, size: size)
  }

  /// Keeps the reason for a second submission.
  mutating func keepReason(
    _ text: String, _ question: DuplicateState.Question, size: Size
  ) -> [DeskEffect] {
    let reason = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !reason.isEmpty else { return say("duplicates.reasonNeeded") }
    guard duplicateEntries.indices.contains(question.focus) else {
      view = .interview
      return []
    }
    let other = duplicateEntries[question.focus].id
    return decide(
      DuplicateDecision(other: other, choice: .overridden, reason: reason), question, size: size)
  }

  /// Records a decision; the next one that waits comes into focus, and saving goes on behind the last.
  private mutating func decide(
    _ decision: DuplicateDecision, _ question: DuplicateState.Question, size: Size
  ) -> [DeskEffect] {
    duplicates.deciding.insert(decision.other)
    let effects: [DeskEffect] = [.record(.duplicate(decision))]
    if let next = undecidedDuplicates.first,
      let place = duplicateEntries.firstIndex(where: { $0.id == next.id })
    {
      view = .duplicates(DuplicateState.Question(focus: place, isSaving: question.isSaving))
      return effects
    }
    view = .interview
    return question.isSaving ? effects + submit(size: size) : effects
  }
}
