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
      interview.apply(stamped)
      if case .consented = stamped.event, case .consent = view { view = .interview }
      if case .settled(let segment) = stamped.event, revisable?.segment == segment.id {
        revisable = nil
        preview = [:]
      }
    case .revisable(let text, let candidates):
      revisable = text
      preview = candidates
    case .level(let new, let seconds):
      level = new
      self.seconds = seconds
    case .engine(let status): engine = status
    case .notice(let new): notice = new
    case .submitted(let id, let unsent):
      self.unsent = unsent
      view = .receipt(id)
    }
    return []
  }

  private mutating func take(_ event: InputEvent, size: Size) -> [DeskEffect] {
    switch event {
    case .key(let key): return press(key, size: size)
    case .paste: return type(event)
    case .click(let point): return click(point, size: size)
    case .wheel(let direction, _):
      scroll = max(0, scroll - 3 * direction)
      return []
    case .suspendRequested: return suspend()
    case .resized, .resumed: return [.repaint]
    case .terminate: return isRecording ? [.stopRecording, .quit] : [.quit]
    }
  }

  private mutating func press(_ key: Key, size: Size) -> [DeskEffect] {
    notice = nil
    switch view {
    case .help(let before):
      view = before
      return []
    case .confirmSubmit: return answer(key, yes: [.submit])
    case .confirmQuit: return answer(key, yes: isRecording ? [.stopRecording, .quit] : [.quit])
    case .receipt: return [.quit]
    case .editing:
      if let command = Command.find(key, in: .interview, typing: true), command.isForTyping {
        return run(command, size: size)
      }
      return type(.key(key))
    case .consent:
      return Command.find(key, in: .consent, typing: false).map { run($0, size: size) } ?? []
    case .interview:
      if let digit = key.typed?.wholeNumberValue, digit > 0 { return choose(digit) }
      return Command.find(key, in: .interview, typing: false).map { run($0, size: size) } ?? []
    }
  }

  /// A click on the key bar presses its key; one on a field focuses it.
  private mutating func click(_ point: Point, size: Size) -> [DeskEffect] {
    let layout = Layout(size: size)
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

  private mutating func answer(_ key: Key, yes: [DeskEffect]) -> [DeskEffect] {
    view = .interview
    let isYes = key.code == .enter || ["s", "y", "S", "Y"].contains(key.typed)
    return isYes ? yes : []
  }

  private mutating func run(_ command: Command.ID, size: Size) -> [DeskEffect] {
    switch command {
    case .consentYes: return consentYes()
    case .consentTyping:
      return consent(recording: false)
    case .pause: return pause()
    case .nextOpen: moveToOpen(1)
    case .previousOpen: moveToOpen(-1)
    case .down: focus = min(form.fields.count - 1, focus + 1)
    case .up: focus = max(0, focus - 1)
    case .accept: return accept()
    case .edit: edit()
    case .clear: return decide { .cleared($0) }
    case .refuse: return decide { .absent($0, .refused) }
    case .hear: return hear()
    case .undo: return interview.canUndo ? [.record(.undone)] : []
    case .redo: return interview.canRedo ? [.record(.redone)] : []
    case .scrollUp: scroll += max(1, size.rows / 2)
    case .scrollDown: scroll = max(0, scroll - max(1, size.rows / 2))
    case .scrollEnd: scroll = 0
    case .stop: return toggleRecording()
    case .submit: return submit()
    case .help: view = .help(view)
    case .repaint: return [.repaint]
    case .suspend: return suspend()
    case .quit: return quit()
    }
    return []
  }

  private func consentYes() -> [DeskEffect] {
    hasSound ? consent(recording: true) + [.startRecording] : consent(recording: false)
  }

  /// The person's answer, as an event and in the form's own fields for it.
  private func consent(recording: Bool) -> [DeskEffect] {
    let answers: [(FieldName, Bool)] = [("consent_recording", recording), ("consent_data", true)]
    let fields = answers.filter { form.field($0.0) != nil }
    return [.record(.consented(Consent(recording: recording, data: true)))]
      + fields.map { .record(.edited($0.0, .boolean($0.1))) }
  }

  private func pause() -> [DeskEffect] {
    switch interview.recording.phase {
    case .recording, .deviceLost: [.pauseRecording]
    case .paused: [.resumeRecording]
    case .idle, .stopped: []
    }
  }

  private func toggleRecording() -> [DeskEffect] {
    switch interview.recording.phase {
    case .recording, .paused, .deviceLost: [.stopRecording]
    case .idle, .stopped: interview.mayCapture && hasSound ? [.startRecording] : []
    }
  }

  private func suspend() -> [DeskEffect] {
    // Nobody watches the screen while the program is stopped: off the record, and marked.
    isRecording ? [.pauseRecording, .suspend] : [.suspend]
  }

  private mutating func quit() -> [DeskEffect] {
    if case .consent = view { return [.quit] }
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
    let wanted = Set(progress.unconfirmed.isEmpty ? progress.missing : progress.unconfirmed)
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
    guard let field else { return [] }
    let entry = interview.entry(field.name)
    guard entry.contested != nil || entry.status == .suggested || entry.status == .doubtful else {
      edit()
      return []
    }
    let effects: [DeskEffect] = [.record(.accepted(field.name))]
    moveAfterDecision()
    return effects
  }

  /// Focuses the next field that waits, after this one was decided.
  private mutating func moveAfterDecision() {
    let here = field?.name
    let waiting = Progress(state: interview, form: form).unconfirmed.filter { $0 != here }
    guard !waiting.isEmpty else { return }
    moveToOpen(1)
  }

  private func decide(_ event: (FieldName) -> InterviewEvent) -> [DeskEffect] {
    field.map { [.record(event($0.name))] } ?? []
  }

  /// Takes the alternative with that number.
  private mutating func choose(_ number: Int) -> [DeskEffect] {
    guard let field else { return [] }
    let alternatives = interview.entry(field.name).shownCandidate?.alternatives ?? []
    guard alternatives.indices.contains(number - 1) else { return [] }
    let value = alternatives[number - 1].value
    return [.record(.edited(field.name, value))]
  }

  private mutating func hear() -> [DeskEffect] {
    guard let field, let evidence = interview.entry(field.name).evidence.last else {
      notice = Notice(catalogue.text("notice.noSound"))
      return []
    }
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
    if case .key(let key) = event {
      if key.code == .escape {
        view = .interview
        return []
      }
      if key.code == .enter || key.code == .tab { return keep(editing) }
    }
    if editing.editor.handle(event) { editing.problem = nil }
    view = .editing(editing)
    return []
  }

  private mutating func keep(_ editing: Editing) -> [DeskEffect] {
    guard let field else { return [] }
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
      view = .interview
      let effects: [DeskEffect] = [.record(.edited(field.name, value))]
      moveAfterDecision()
      return effects
    case .failure(let problem):
      view = .editing(Editing(editor: editing.editor, problem: problem))
      return []
    }
  }
}

extension Command.ID {
  /// Whether it works while a line is edited.
  var isForTyping: Bool { [.pause, .repaint, .suspend, .help].contains(self) }
}
