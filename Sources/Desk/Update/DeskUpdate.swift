import Extraction
import Forms
import Interview
import Messages
import Terminal

extension DeskState {
  /// Takes an input; returns what has to be done. Pure: no clock, no files, no devices.
  public mutating func update(_ input: DeskInput, size: Size) -> [DeskEffect] {
    if let effects = behindCover(input) { return effects }
    switch input {
    case .idle: return coverScreen()
    case .uncovered, .stillCovered: break
    case .terminal(let event): return take(event, size: size)
    case .command(let id):
      dismissNotice()
      return run(id, size: size)
    case .focus(let name): focus = form.fields.firstIndex { $0.name == name } ?? focus
    case .lists(let lists): take(lists)
    case .found(let search): take(search)
    case .submission(let record):
      readingScroll = 0
      if view == .home { view = .record(record) }
    case .dashboard(let numbers): take(numbers)
    case .working(let progress): take(progress)
    case .worked(let result): workEnded(result)
    case .exportIsTaken(let request): exportIsTaken(request)
    case .opened(let opened): self = with(opened)
    case .notOpened(let reason):
      let wasAsking = view == .consent
      if wasAsking { self = atHome() }
      home.isOpening = false
      notice = reason
      // A question that nobody would take the answer to does not stay.
      return wasAsking ? [.readLists] : []
    case .happened(let stamped): return take(stamped, size: size)
    case .revisable(let text, let candidates):
      // What is recognised late, of sound from before a pause, is no longer shown as it comes.
      revisable = phase == .paused ? nil : text
      preview = phase == .paused ? [:] : candidates
    case .asked(let fields): asked = fields
    case .duplicates(let found): take(found)
    case .level(let new, let seconds):
      level = new
      self.seconds = seconds
    case .sound(let storage): sound = storage
    case .unsaved(let events): unsavedEvents = events
    case .engine(let status): engine = status
    case .playing(let now): playback = now
    case .notice(let new):
      notice = new
      // What could not be read is not waited for.
      if view == .dashboard(nil), new?.weight == .problem { view = .home }
    case .notSubmitted(let reason): notice = reason
    case .submitted(let id, let unsent):
      self.unsent = unsent
      notice = nil
      view = .receipt(id)
    }
    return []
  }

  /// Takes an event that is safe in the journal.
  private mutating func take(_ stamped: StampedEvent, size: Size) -> [DeskEffect] {
    if case .accepted(let field) = stamped.event { deciding.remove(field) }
    let wasAsking = view == .consent
    happen(stamped, size: size)
    // Only now: what the microphone tells must find the interview, not the question, on the screen.
    if wasAsking, case .consented(let consent) = stamped.event { return begin(consent) }
    return []
  }

  private mutating func happen(_ stamped: StampedEvent, size: Size) {
    interview.apply(stamped)
    switch stamped.event {
    case .consented: if view == .consent { view = .interview }
    case .recording(let change): happen(change, size: size)
    case .duplicate(let decision): happen(decision)
    case .settled(let segment):
      if revisable?.segment == segment.id {
        revisable = nil
        preview = [:]
      }
      // What is being read stays in place while new text arrives below.
      if scroll > 0 {
        let lines = TranscriptPane.lineCount(of: segment, self, size)
        reading.scroll += lines
        reading.unread += lines
      }
    default: break
    }
  }

  private mutating func take(_ event: InputEvent, size: Size) -> [DeskEffect] {
    switch event {
    case .key(let key): return press(key, size: size)
    case .paste:
      if context != .editing { notice = Notice(catalogue.text("notice.pasteNeedsField")) }
      return type(event, size: size)
    case .click(let point): return click(point, size: size)
    case .wheel(let direction, _):
      scrollBy(-3 * direction, size: size)
      return []
    case .suspendRequested: return suspend()
    case .resized, .resumed: return [.repaint]
    case .terminate(let signal):
      // Interrupt is a question as long as there is something to lose; the others are orders.
      if signal == 2, view.isInterview, !interview.isSubmitted { return quit() }
      return leave
    }
  }

  /// Ends the program; a recording under way is ended first.
  var leave: [DeskEffect] { phase.isUnderWay ? [.stopRecording, .quit] : [.quit] }
}
