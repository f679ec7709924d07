import Extraction
import Forms
import Interview
import Messages
import Terminal

// The line in which a value is written.
extension DeskState {
  mutating func edit() {
    guard let field else { return }
    let value = interview.entry(field.name).value
    view = .editing(Editing(editor: LineEditor(editable(value, field)), problem: nil))
  }

  /// A value as it is edited: labels of choices, not codes.
  func editable(_ value: FieldValue?, _ field: FieldDefinition) -> String {
    value.map { FieldText.text($0, field, self, separator: ", ") } ?? ""
  }

  mutating func type(_ event: InputEvent) -> [DeskEffect] {
    guard case .editing(var editing) = view else { return [] }
    if editing.editor.handle(event) { editing.problem = nil }
    view = .editing(editing)
    return []
  }

  mutating func keep() -> [DeskEffect] {
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
