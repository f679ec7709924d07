import Extraction
import Forms
import Interview
import Messages
import Terminal

// What waits for a person, and what is decided about it.
extension DeskState {
  /// Saves the interview; while something waits for a person, the talk ends and the walk through it begins.
  mutating func submit(size: Size) -> [DeskEffect] {
    let progress = Progress(state: interview, form: form)
    if phase.isUnderWay, !progress.unconfirmed.isEmpty { return stopRecording() }
    if !undecidedDuplicates.isEmpty { return openDuplicates(isSaving: true) }
    if progress.unconfirmed.isEmpty && progress.missing.isEmpty { return [.submit] }
    view = .confirmSubmit
    return []
  }

  /// The talk is over: the first field that waits comes into focus, unless something is being written.
  mutating func beginReview(size: Size) {
    isReviewing = true
    guard case .interview = view else { return }
    let waiting = Progress(state: interview, form: form).unconfirmed
    guard let first = waiting.first else { return }
    if notice?.weight != .problem { _ = say(isBehind ? "review.behind" : "review.begins") }
    if !(field.map { waiting.contains($0.name) } ?? false) {
      focus = form.fields.firstIndex { $0.name == first } ?? focus
    }
    followEvidence(size: size)
  }

  /// In the review the transcript shows the words behind the field in focus.
  mutating func followEvidence(size: Size) {
    guard isReviewing, case .interview = view, reading.search == nil, let field,
      let evidence = interview.entry(field.name).evidence.last
    else { return }
    scroll = TranscriptPane.scroll(toShow: evidence.segment, self, size)
  }

  /// To the next field, in that direction and around, that waits for a person; else one that is missing.
  mutating func moveToOpen(_ step: Int) {
    let count = form.fields.count
    let progress = Progress(state: interview, form: form)
    let unconfirmed = Set(progress.unconfirmed).subtracting(deciding)
    let wanted = unconfirmed.isEmpty ? Set(progress.missing).subtracting(deciding) : unconfirmed
    guard count > 0, !wanted.isEmpty else { return }
    var index = focus
    for _ in 0..<count {
      index = (index + step + count) % count
      if wanted.contains(form.fields[index].name) {
        focus = index
        return
      }
    }
  }

  mutating func accept() -> [DeskEffect] {
    guard let field, !deciding.contains(field.name) else { return [] }
    let entry = interview.entry(field.name)
    // What is still being said is no value yet, and whoever accepts it does not mean to write.
    if entry.status == .empty, shown(field.name).value != nil { return say("notice.stillHeard") }
    guard entry.contested != nil || entry.status == .suggested || entry.status == .doubtful else {
      return edit()
    }
    let effects: [DeskEffect] = [.record(.accepted(field.name))]
    deciding.insert(field.name)
    moveAfterDecision()
    return effects
  }

  /// Focuses the next field that waits, after this one was decided.
  mutating func moveAfterDecision(from before: View = .interview) {
    let here = field?.name
    let progress = Progress(state: interview, form: form)
    let waiting = progress.unconfirmed.filter { $0 != here && !deciding.contains($0) }
    if !waiting.isEmpty {
      moveToOpen(1)
    } else if case .editing = before {
      // Nothing waits to be confirmed: whoever types goes down the form.
      focus = min(form.fields.count - 1, focus + 1)
    } else if isReviewing {
      let missing = progress.missing.filter { $0 != here && !deciding.contains($0) }
      // What is still being transcribed may bring more.
      _ = say(isBehind ? "review.behind" : missing.isEmpty ? "review.done" : "review.missing")
      if !missing.isEmpty { moveToOpen(1) }
    }
  }

  /// Whether what was said is still being transcribed.
  private var isBehind: Bool { if case .behind = engine { true } else { false } }

  func decide(_ event: (FieldName) -> InterviewEvent) -> [DeskEffect] {
    field.map { [.record(event($0.name))] } ?? []
  }

  /// Takes the alternative with that number.
  mutating func choose(_ number: Int) -> [DeskEffect] {
    guard let field else { return [] }
    let alternatives = interview.entry(field.name).shownCandidate?.alternatives ?? []
    guard alternatives.indices.contains(number - 1) else {
      return say("notice.noAlternative")
    }
    let value = alternatives[number - 1].value
    return [.record(.edited(field.name, value))]
  }

  mutating func hear(_ manner: Playback.Manner, size: Size) -> [DeskEffect] {
    guard let field, let evidence = interview.entry(field.name).evidence.last else {
      return say("notice.noSound")
    }
    // What is heard is seen too.
    scroll = TranscriptPane.scroll(toShow: evidence.segment, self, size)
    return [.play(Playback(field: field.name, evidence: evidence, manner: manner))]
  }

  /// Takes the last decision back and shows its field.
  mutating func undo() -> [DeskEffect] {
    guard let field = interview.undoable else { return say("notice.nothingToUndo") }
    show(field)
    return [.record(.undone)]
  }

  mutating func redo() -> [DeskEffect] {
    guard let field = interview.redoable else { return say("notice.nothingToRedo") }
    show(field)
    return [.record(.redone)]
  }

  private mutating func show(_ name: FieldName) {
    focus = form.fields.firstIndex { $0.name == name } ?? focus
  }
}
