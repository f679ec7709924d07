import Interview
import Messages
import Terminal

// The first screen: choosing an interview, and coming back from one.
extension DeskState {
  mutating func take(_ lists: HomeState.Lists) {
    let focused = home.entry?.id
    home.lists = lists
    unsent = lists.unsent
    home.keepFocus(on: focused)
  }

  /// Takes what a search found, unless another one has begun meanwhile.
  mutating func take(_ search: HomeState.Search) {
    guard home.search?.query == search.query else { return }
    let focused = home.entry?.id
    home.search = search
    home.keepFocus(on: focused)
  }

  mutating func openNew() -> [DeskEffect] {
    guard !home.isOpening else { return [] }
    home.isOpening = true
    return [.openNew]
  }

  mutating func openEntry() -> [DeskEffect] {
    guard let entry = home.entry else { return say("home.nothingToOpen") }
    guard entry.isDraft else { return [.read(entry.id)] }
    guard !home.isOpening else { return [] }
    home.isOpening = true
    return [.openDraft(entry.id)]
  }

  /// Shows the numbers as soon as they have been read.
  mutating func openDashboard() -> [DeskEffect] {
    readingScroll = 0
    view = .dashboard(nil)
    return [.readDashboard]
  }

  /// Takes the numbers; nobody is led back to them who has left.
  mutating func take(_ numbers: DashboardState) {
    switch view {
    case .dashboard: view = .dashboard(numbers)
    case .help(.dashboard): view = .help(.dashboard(numbers))
    default: break
    }
  }

  mutating func moveEntry(_ step: Int) {
    home.focus = max(0, min(home.entries.count - 1, home.focus + step))
  }

  mutating func askToDiscard() -> [DeskEffect] {
    guard let entry = home.entry, entry.isDraft else { return say("home.onlyDrafts") }
    view = .confirmDiscard(entry)
    return []
  }

  /// Puts the interview away and shows what is kept.
  mutating func goHome() -> [DeskEffect] {
    let stop: [DeskEffect] = phase.isUnderWay ? [.stopRecording] : []
    let old = notice?.weight == .problem ? notice : nil
    self = atHome()
    home.search = nil
    // The lists are about to be read again; what they said before is not shown, nobody should act on it.
    home.lists = nil
    home.focus = 0
    notice = old
    return stop + [.leaveInterview, .readLists]
  }

  /// Looks for interviews while the words are written; no words show the lists again.
  mutating func find(_ query: String) -> [DeskEffect] {
    let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard words != home.search?.query ?? "" else { return [] }
    home.search =
      words.isEmpty ? nil : HomeState.Search(query: words, found: home.search?.found ?? [])
    home.focus = 0
    return [.find(words)]
  }
}
