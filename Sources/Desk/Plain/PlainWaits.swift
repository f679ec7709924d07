import Interview

/// What was asked for and has not come back yet: the next line waits for it, as a person would.
struct PlainWaits: Hashable, Sendable {
  private enum Wait: Hashable { case lists, search, interview, record, dashboard, submission, work }

  private var waits: Set<Wait> = []
  private var events: [InterviewEvent] = []

  /// Nothing asked for, except what the first screen needs.
  init(_ state: DeskState) {
    if state.view == .home, state.home.lists == nil { waits.insert(.lists) }
  }

  /// Whether the next line has to wait; what can't be written now is not waited for.
  func isBusy(_ state: DeskState) -> Bool {
    !waits.isEmpty || !events.isEmpty && state.unsavedEvents == 0
  }

  /// Notes what is asked for.
  mutating func ask(_ effects: [DeskEffect]) {
    for effect in effects {
      switch effect {
      case .record(let event): events.append(event)
      case .readLists, .discard: waits.insert(.lists)
      case .find(let words):
        if words.isEmpty { waits.remove(.search) } else { waits.insert(.search) }
      case .openNew, .openDraft: waits.insert(.interview)
      case .read: waits.insert(.record)
      case .readDashboard: waits.insert(.dashboard)
      case .export, .sync: waits.insert(.work)
      case .submit: waits.insert(.submission)
      case .leaveInterview: events = []
      default: break
      }
    }
  }

  /// Notes what came back; a problem ends every wait for something to be read.
  ///
  /// - Parameter hasPerson: somebody who is told that saving takes a while may go on meanwhile, and ask again.
  mutating func take(_ input: DeskInput, hasPerson: Bool) {
    switch input {
    case .happened(let stamped):
      if let place = events.firstIndex(of: stamped.event) { events.remove(at: place) }
    case .lists: waits.remove(.lists)
    case .working: if hasPerson { waits.remove(.work) }
    case .worked, .exportIsTaken: waits.remove(.work)
    case .found(let search): if !search.isRunning { waits.remove(.search) }
    case .opened, .notOpened: waits.remove(.interview)
    case .submission: waits.remove(.record)
    case .dashboard: waits.remove(.dashboard)
    case .submitted, .notSubmitted: waits.remove(.submission)
    case .notice(let notice):
      if notice?.weight == .problem { waits.subtract([.lists, .search, .record, .dashboard]) }
      if notice?.weight == .information, hasPerson { waits.remove(.submission) }
    default: break
    }
  }
}
