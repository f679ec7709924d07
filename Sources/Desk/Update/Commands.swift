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
    switch context {
    case .reading: return turnPage(key, size: size)
    case .question: return answer(yes: false)
    default: return type(.key(key), size: size)
    }
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

  mutating func answer(yes: Bool) -> [DeskEffect] {
    let question = view
    if case .confirmDiscard(let entry) = question {
      view = .home
      return yes ? [.discard(entry.id)] : []
    }
    view = .interview
    switch question {
    case .confirmSubmit where yes: return [.submit]
    case .confirmQuit where yes: return goHome()
    default: return []
    }
  }

  mutating func run(_ command: Command.ID, size: Size) -> [DeskEffect] {
    switch command {
    case .newInterview: return openNew()
    case .openEntry: return openEntry()
    case .entryDown: moveEntry(1)
    case .entryUp: moveEntry(-1)
    case .discard: return askToDiscard()
    case .exportAll: return askForExport()
    case .sendAll: return send()
    case .showDashboard: return openDashboard()
    case .cancelWork: return cancelWork()
    case .searchHome: prompt(.home, home.search?.query)
    case .consentYes: return consent(recording: hasSound, data: true)
    case .consentTyping: return typeOnly()
    case .consentNo: return consent(recording: false, data: false)
    case .consentAgain: askAgain()
    case .pause: return pause()
    case .nextTechnician: return nextTechnician()
    case .reassignWords: return reassignWords()
    case .nameVoice: return nameVoice()
    case .stop: return toggleRecording()
    case .yes: return answer(yes: true)
    case .no: return answer(yes: false)
    case .end: return view == .confirmQuit ? leave : answer(yes: false)
    case .close: return closeReading()
    case .help: openHelp()
    case .duplicates: return openDuplicates()
    case .duplicateDown: moveDuplicate(1)
    case .duplicateUp: moveDuplicate(-1)
    case .linkDuplicate: return decideDuplicate(.linked, size: size)
    case .continueDuplicate: return decideDuplicate(.continued, size: size)
    case .overrideDuplicate: return decideDuplicate(.overridden, size: size)
    case .leaveDuplicates: view = .interview
    case .cover: return coverScreen()
    case .repaint: return [.repaint]
    case .suspend: return suspend()
    case .quit: return quit()
    case .scrollUp, .scrollDown, .scrollEnd, .searchTranscript, .nextMatch, .previousMatch,
      .dismiss:
      return read(command, size: size)
    default: return review(command, size: size)
    }
    return []
  }

  /// Commands that move through the transcript.
  private mutating func read(_ command: Command.ID, size: Size) -> [DeskEffect] {
    switch command {
    case .scrollUp: scrollBy(max(1, size.rows / 2), size: size)
    case .scrollDown: scrollBy(-max(1, size.rows / 2), size: size)
    case .searchTranscript: prompt(.transcript, reading.search?.query)
    case .nextMatch: moveToMatch(1, size: size)
    case .previousMatch: moveToMatch(-1, size: size)
    case .dismiss: return dismiss()
    default: scroll = 0
    }
    return []
  }

  /// Commands about the field in focus and the form.
  private mutating func review(_ command: Command.ID, size: Size) -> [DeskEffect] {
    defer { followEvidence(size: size) }
    switch command {
    case .nextOpen: moveToOpen(1)
    case .previousOpen: moveToOpen(-1)
    case .down: focus = min(form.fields.count - 1, focus + 1)
    case .up: focus = max(0, focus - 1)
    case .accept: return accept()
    case .edit: return edit()
    case .clear: return decide { .cleared($0) }
    case .refuse: return decide { .absent($0, .refused) }
    case .unknown: return decide { .absent($0, .unknown) }
    case .hear: return hear(.plain, size: size)
    case .hearSlowly: return hear(.slow, size: size)
    case .hearContext: return hear(.context, size: size)
    case .undo: return undo()
    case .redo: return redo()
    case .submit: return submit(size: size)
    case .keep: return keep(size: size)
    case .choiceDown: moveChoice(1)
    case .choiceUp: moveChoice(-1)
    default: return cancel()
    }
    return []
  }

  mutating func say(_ key: String) -> [DeskEffect] {
    notice = Notice(catalogue.text(key))
    return []
  }
}
