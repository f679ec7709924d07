import Extraction
import Forms
import Interview
import Messages
import Terminal

// The line in which a value, or words to look for, are written.
extension DeskState {
  mutating func edit() -> [DeskEffect] {
    guard let field else { return [] }
    // Who did not agree to the data being kept is not written down by name.
    if field.identifying, interview.consent?.data == false {
      return say("notice.identityNotKept")
    }
    let value = interview.entry(field.name).value
    let limit = field.type == .text ? Self.longestText : Self.longestValue
    view = .editing(Editing(editor: LineEditor(editable(value, field), limit: limit)))
    return []
  }

  /// Characters of a note.
  private static let longestText = 20_000
  /// Characters of any other value.
  private static let longestValue = 1_000

  /// A value as it is edited: labels of choices, not codes.
  private func editable(_ value: FieldValue?, _ field: FieldDefinition) -> String {
    let text = value.map { FieldText.text($0, field, self, separator: ", ") } ?? ""
    // Where several are possible, the next one can be written at once.
    return field.type == .multipleChoice && !text.isEmpty ? text + ", " : text
  }

  mutating func prompt(_ purpose: Prompt.Purpose, _ words: String?) {
    view = .prompt(Prompt(purpose: purpose, editor: LineEditor(words ?? "")))
  }

  mutating func type(_ event: InputEvent, size: Size) -> [DeskEffect] {
    switch view {
    case .editing(var editing):
      if editing.editor.handle(event) { (editing.problem, editing.choice) = (nil, nil) }
      if editing.editor.cut > 0 {
        let numbers = [
          "cut": String(editing.editor.cut), "limit": String(editing.editor.limit),
        ]
        notice = Notice(catalogue.text("editing.cut", numbers), .problem)
      }
      view = .editing(editing)
    case .prompt(var prompt):
      guard prompt.editor.handle(event) else { return [] }
      view = .prompt(prompt)
      if prompt.purpose == .home { return find(prompt.editor.text) }
    case .exporting(var exporting):
      _ = exporting.editor.handle(event)
      view = .exporting(exporting)
    default: break
    }
    return []
  }

  /// What may be chosen for the line being edited; nil where there is no vocabulary.
  func choices(_ editing: Editing) -> ChoiceList? {
    field.flatMap {
      ChoiceList(editing.editor.text, $0, form, language: catalogue.language)
    }
  }

  /// Through the choices that fit; in a search on the first screen, through what it found.
  mutating func moveChoice(_ step: Int) {
    if case .prompt(let prompt) = view, prompt.purpose == .home { return moveEntry(step) }
    if case .exporting = view { return moveFormat(step) }
    guard case .editing(var editing) = view, let choices = choices(editing),
      !choices.entries.isEmpty
    else { return }
    let now = editing.choice ?? (step > 0 && highlighted(editing) == nil ? -1 : 0)
    editing.choice = max(0, min(choices.entries.count - 1, now + step))
    editing.problem = nil
    view = .editing(editing)
  }

  /// The choice that Enter takes: the one moved to, else the best fit of what is written.
  func highlighted(_ editing: Editing) -> Int? {
    guard let choices = choices(editing), !choices.entries.isEmpty else { return nil }
    if let choice = editing.choice { return min(choice, choices.entries.count - 1) }
    return choices.item.isEmpty || choices.isComplete ? nil : 0
  }

  mutating func cancel() -> [DeskEffect] {
    if case .exporting = view {
      view = .home
      return []
    }
    if case .prompt(let prompt) = view, prompt.purpose == .home {
      view = .home
      return find("")
    }
    if case .prompt(let prompt) = view, case .duplicateReason(let question) = prompt.purpose {
      view = .duplicates(question)
      return []
    }
    view = .interview
    return []
  }

  mutating func keep(size: Size) -> [DeskEffect] {
    switch view {
    case .prompt(let prompt):
      switch prompt.purpose {
      case .home: view = .home
      case .transcript:
        view = .interview
        search(prompt.editor.text, size: size)
      case .duplicateReason(let question):
        return keepReason(prompt.editor.text, question, size: size)
      case .voiceName(let label):
        view = .interview
        return keepName(prompt.editor.text, of: label)
      }
      return []
    case .editing(let editing): return keep(editing)
    case .exporting(let exporting): return keep(exporting)
    default: return []
    }
  }

  private mutating func keep(_ editing: Editing) -> [DeskEffect] {
    guard let field else { return [] }
    var editing = editing
    if let choice = highlighted(editing), let choices = choices(editing) {
      let line = choices.completing(
        editing.editor.text, with: choices.entries[choice], language: catalogue.language)
      editing.editor.replace(with: line)
      editing.choice = nil
      // Of several, more may follow: the next Enter keeps them.
      if field.type == .multipleChoice {
        editing.editor.replace(with: line + ", ")
        view = .editing(editing)
        return []
      }
    }
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
