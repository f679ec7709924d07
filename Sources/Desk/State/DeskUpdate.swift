import Extraction
import Forms
import Interview
import Messages
import Terminal

extension DeskState {
  /// Takes an input; returns what has to be done. Pure: no clock, no files, no devices.
  public mutating func update(_ input: DeskInput, size: Size) -> [DeskEffect] {
    switch input {
    case .terminal(let event): return take(event, size: size)
    case .happened(let stamped):
      if case .accepted(let field) = stamped.event { deciding.remove(field) }
      let wasAsking = view == .consent
      happen(stamped, size: size)
      // Only now: what the microphone tells must find the interview, not the question, on the screen.
      if wasAsking, case .consented(let consent) = stamped.event, consent.recording, hasSound {
        return [.startRecording]
      }
    case .revisable(let text, let candidates):
      // What is recognised late, of sound from before a pause, is no longer shown as it comes.
      revisable = phase == .paused ? nil : text
      preview = phase == .paused ? [:] : candidates
    case .level(let new, let seconds):
      level = new
      self.seconds = seconds
    case .sound(let storage): sound = storage
    case .unsaved(let events): unsavedEvents = events
    case .engine(let status): engine = status
    case .notice(let new): notice = new
    case .submitted(let id, let unsent):
      self.unsent = unsent
      view = .receipt(id)
    }
    return []
  }

  private mutating func happen(_ stamped: StampedEvent, size: Size) {
    interview.apply(stamped)
    switch stamped.event {
    case .consented: if view == .consent { view = .interview }
    case .recording: requestedPhase = nil
    case .settled(let segment):
      if revisable?.segment == segment.id {
        revisable = nil
        preview = [:]
      }
      // What is being read stays in place while new text arrives below.
      if scroll > 0 { scroll += TranscriptPane.lineCount(of: segment, self, size) }
    default: break
    }
  }

  private mutating func take(_ event: InputEvent, size: Size) -> [DeskEffect] {
    switch event {
    case .key(let key): return press(key, size: size)
    case .paste:
      if context != .editing { notice = Notice(catalogue.text("notice.pasteNeedsField")) }
      return type(event)
    case .click(let point): return click(point, size: size)
    case .wheel(let direction, _):
      scrollBy(-3 * direction, size: size)
      return []
    case .suspendRequested: return suspend()
    case .resized, .resumed: return [.repaint]
    case .terminate(let signal):
      // Interrupt is a question as long as there is something to lose; the others are orders.
      if signal == 2, view != .consent, !interview.isSubmitted { return quit() }
      return leave
    }
  }

  private var leave: [DeskEffect] {
    phase.isUnderWay ? [.stopRecording, .quit] : [.quit]
  }

  private mutating func press(_ key: Key, size: Size) -> [DeskEffect] {
    // A problem stays in sight until it is solved or another message takes its place.
    if notice?.weight == .information { notice = nil }
    if case .interview = view, let digit = key.typed?.wholeNumberValue, digit > 0 {
      return choose(digit)
    }
    if let command = Command.find(key, in: context) { return run(command, size: size) }
    if case .help = view { return turnHelp(key, size: size) }
    return context == .question ? answer(yes: false) : type(.key(key))
  }

  /// Moves through a help that is longer than the screen; any other key closes it.
  private mutating func turnHelp(_ key: Key, size: Size) -> [DeskEffect] {
    let page = max(1, size.rows - 5)
    switch key.code {
    case .down: helpScroll += 1
    case .up: helpScroll -= 1
    case .pageDown: helpScroll += page
    case .pageUp: helpScroll -= page
    default: closeReading()
    }
    helpScroll = min(max(0, helpScroll), HelpView.furthest(self, size))
    return []
  }

  private mutating func closeReading() {
    if case .help(let before) = view { view = before }
  }

  /// A click on the key bar presses its key; one on a field focuses it.
  private mutating func click(_ point: Point, size: Size) -> [DeskEffect] {
    let layout = layout(size)
    if point.row == layout.bar.row, let id = KeyBar.command(at: point.column, self, size.columns) {
      return run(id, size: size)
    }
    if case .interview = view, layout.form.contains(point),
      let index = FormPane.field(at: point.row, self, layout.form)
    {
      focus = index
    }
    return []
  }

  private mutating func answer(yes: Bool) -> [DeskEffect] {
    let question = view
    view = .interview
    switch question {
    case .confirmSubmit where yes: return [.submit]
    case .confirmQuit where yes: return leave
    default: return []
    }
  }

  private mutating func run(_ command: Command.ID, size: Size) -> [DeskEffect] {
    switch command {
    case .consentYes:
      return consent(recording: hasSound, data: true)
    case .consentTyping: return typeOnly()
    case .consentNo:
      notice = Notice(catalogue.text("notice.noDataConsent"), .problem)
      return consent(recording: false, data: false)
    case .pause: return pause()
    case .nextOpen: moveToOpen(1)
    case .previousOpen: moveToOpen(-1)
    case .down: focus = min(form.fields.count - 1, focus + 1)
    case .up: focus = max(0, focus - 1)
    case .accept: return accept()
    case .edit: edit()
    case .clear: return decide { .cleared($0) }
    case .refuse: return decide { .absent($0, .refused) }
    case .hear: return hear(size: size)
    case .undo: return interview.canUndo ? [.record(.undone)] : say("notice.nothingToUndo")
    case .redo: return interview.canRedo ? [.record(.redone)] : say("notice.nothingToRedo")
    case .scrollUp: scrollBy(max(1, size.rows / 2), size: size)
    case .scrollDown: scrollBy(-max(1, size.rows / 2), size: size)
    case .scrollEnd: scroll = 0
    case .stop: return toggleRecording()
    case .submit: return submit()
    case .keep: return keep()
    case .cancel: view = .interview
    case .yes: return answer(yes: true)
    case .no: return answer(yes: false)
    case .close:
      if case .receipt = view { return [.quit] }
      closeReading()
    case .help: openHelp()
    case .repaint: return [.repaint]
    case .suspend: return suspend()
    case .quit: return quit()
    }
    return []
  }

  private mutating func say(_ key: String) -> [DeskEffect] {
    notice = Notice(catalogue.text(key))
    return []
  }

  /// Where sound can be recorded, typing only is an answer; where not, it means that nobody was asked yet.
  private mutating func typeOnly() -> [DeskEffect] {
    if hasSound { return consent(recording: false, data: true) }
    view = .interview
    return []
  }

  /// The person's answers, as an event and in the form's own fields for what was asked.
  private func consent(recording: Bool, data: Bool) -> [DeskEffect] {
    var answers: [(FieldName, Bool)] = [("consent_data", data)]
    if hasSound { answers.insert(("consent_recording", recording), at: 0) }
    let fields = answers.filter { form.field($0.0) != nil }
    return [.record(.consented(Consent(recording: recording, data: data)))]
      + fields.map { .record(.edited($0.0, .boolean($0.1))) }
  }

  private mutating func openHelp() {
    if case .help = view { return closeReading() }
    helpScroll = 0
    view = .help(view)
  }

  /// Moves the transcript back (positive) or on, never beyond its beginning or end.
  private mutating func scrollBy(_ lines: Int, size: Size) {
    let wanted = max(0, scroll + lines)
    scroll = lines > 0 ? TranscriptPane.scroll(upTo: wanted, self, size) : wanted
  }

  private mutating func pause() -> [DeskEffect] {
    switch phase {
    case .recording, .deviceLost:
      requestedPhase = .paused
      revisable = nil
      preview = [:]
      return [.pauseRecording]
    case .paused:
      requestedPhase = .recording
      return [.resumeRecording]
    case .idle, .stopped:
      return say("notice.notRecording")
    }
  }

  private mutating func toggleRecording() -> [DeskEffect] {
    switch phase {
    case .recording, .paused, .deviceLost: return [.stopRecording]
    case .idle, .stopped:
      if interview.mayCapture && hasSound { return [.startRecording] }
      return say("notice.noConsent")
    }
  }

  private mutating func suspend() -> [DeskEffect] {
    guard phase == .recording || phase == .deviceLost else { return [.suspend] }
    // Nobody watches the screen while the program is stopped: off the record, and marked.
    let effects = pause()
    notice = Notice(catalogue.text("notice.pausedBySuspend"))
    return effects + [.suspend]
  }

  private mutating func quit() -> [DeskEffect] {
    if view == .consent || interview.isSubmitted { return leave }
    view = .confirmQuit
    return []
  }

  private mutating func submit() -> [DeskEffect] {
    let progress = Progress(state: interview, form: form)
    if progress.unconfirmed.isEmpty && progress.missing.isEmpty { return [.submit] }
    view = .confirmSubmit
    return []
  }

  /// To the next field, in that direction and around, that waits for a person; else one that is missing.
  private mutating func moveToOpen(_ step: Int) {
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

  private mutating func accept() -> [DeskEffect] {
    guard let field, !deciding.contains(field.name) else { return [] }
    let entry = interview.entry(field.name)
    guard entry.contested != nil || entry.status == .suggested || entry.status == .doubtful else {
      edit()
      return []
    }
    let effects: [DeskEffect] = [.record(.accepted(field.name))]
    deciding.insert(field.name)
    moveAfterDecision()
    return effects
  }

  /// Focuses the next field that waits, after this one was decided.
  private mutating func moveAfterDecision(from before: View = .interview) {
    let here = field?.name
    let waiting = Progress(state: interview, form: form).unconfirmed.filter {
      $0 != here && !deciding.contains($0)
    }
    if !waiting.isEmpty {
      moveToOpen(1)
    } else if case .editing = before {
      // Nothing waits to be confirmed: whoever types goes down the form.
      focus = min(form.fields.count - 1, focus + 1)
    }
  }

  private func decide(_ event: (FieldName) -> InterviewEvent) -> [DeskEffect] {
    field.map { [.record(event($0.name))] } ?? []
  }

  /// Takes the alternative with that number.
  private mutating func choose(_ number: Int) -> [DeskEffect] {
    guard let field else { return [] }
    let alternatives = interview.entry(field.name).shownCandidate?.alternatives ?? []
    guard alternatives.indices.contains(number - 1) else {
      return say("notice.noAlternative")
    }
    let value = alternatives[number - 1].value
    return [.record(.edited(field.name, value))]
  }

  private mutating func hear(size: Size) -> [DeskEffect] {
    guard let field, let evidence = interview.entry(field.name).evidence.last else {
      return say("notice.noSound")
    }
    // What is heard is seen too.
    scroll = TranscriptPane.scroll(toShow: evidence.segment, self, size)
    return [.play(evidence)]
  }

  // MARK: - Editing

  private mutating func edit() {
    guard let field else { return }
    let value = interview.entry(field.name).value
    view = .editing(Editing(editor: LineEditor(editable(value, field)), problem: nil))
  }

  /// A value as it is edited: labels of choices, not codes.
  private func editable(_ value: FieldValue?, _ field: FieldDefinition) -> String {
    value.map { FieldText.text($0, field, self, separator: ", ") } ?? ""
  }

  private mutating func type(_ event: InputEvent) -> [DeskEffect] {
    guard case .editing(var editing) = view else { return [] }
    if editing.editor.handle(event) { editing.problem = nil }
    view = .editing(editing)
    return []
  }

  private mutating func keep() -> [DeskEffect] {
    guard case .editing(let editing) = view, let field else { return [] }
    let text = editing.editor.text
    if text.allSatisfy(\.isWhitespace) {
      view = .interview
      let hadValue = interview.entry(field.name).value != nil
      return hadValue ? [.record(.cleared(field.name))] : []
    }
    // Enter a second time keeps what the person insists on.
    let insists = editing.problem?.mayBeKept == true
    switch FieldInput.value(text, for: field, in: form, today: today, keepsDoubtful: insists) {
    case .success(let value):
      let before = view
      view = .interview
      let effects: [DeskEffect] = [.record(.edited(field.name, value))]
      moveAfterDecision(from: before)
      return effects
    case .failure(let problem):
      view = .editing(Editing(editor: editing.editor, problem: problem))
      return []
    }
  }
}
