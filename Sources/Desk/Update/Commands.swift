import Extraction
import Forms
import Interview
import Messages
import Terminal

// What keys and clicks mean in each view.
extension DeskState {
  mutating func press(_ key: Key, size: Size) -> [DeskEffect] {
    dismissNotice()
    if case .interview = view, let digit = key.typed?.wholeNumberValue, digit > 0 {
      return choose(digit)
    }
    if let command = keys.find(key, in: context) { return run(command, size: size) }
    if case .help = view { return turnHelp(key, size: size) }
    return context == .question ? answer(yes: false) : type(.key(key))
  }

  /// A problem stays in sight until it is solved or another message takes its place.
  mutating func dismissNotice() {
    if notice?.weight == .information { notice = nil }
  }

  /// A click on the key bar presses its key; one on a field focuses it.
  mutating func click(_ point: Point, size: Size) -> [DeskEffect] {
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

  mutating func run(_ command: Command.ID, size: Size) -> [DeskEffect] {
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

  mutating func answer(yes: Bool) -> [DeskEffect] {
    let question = view
    view = .interview
    switch question {
    case .confirmSubmit where yes: return [.submit]
    case .confirmQuit where yes: return leave
    default: return []
    }
  }

  mutating func say(_ key: String) -> [DeskEffect] {
    notice = Notice(catalogue.text(key))
    return []
  }
}
