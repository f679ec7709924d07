import Extraction
import Forms
import Interview
import Messages
import Terminal

// Help, submissions and the transcript: looking without changing anything.
extension DeskState {
  /// Lines the transcript is scrolled back from its live end; at the end nothing is unread.
  public internal(set) var scroll: Int {
    get { reading.scroll }
    set {
      reading.scroll = newValue
      reading.unread = min(reading.unread, newValue)
    }
  }

  /// Moves through what is longer than the screen; any other key closes it.
  mutating func turnPage(_ key: Key, size: Size) -> [DeskEffect] {
    let page = max(1, size.rows - 5)
    switch key.code {
    case .down: readingScroll += 1
    case .up: readingScroll -= 1
    case .pageDown, .character(" "): readingScroll += page
    case .pageUp: readingScroll -= page
    default: return closeReading()
    }
    readingScroll = min(max(0, readingScroll), ReadingView.furthest(self, size))
    return []
  }

  mutating func closeReading() -> [DeskEffect] {
    switch view {
    case .help(let before): view = before
    case .record, .dashboard: view = .home
    case .receipt: return goHome()
    default: break
    }
    return []
  }

  mutating func openHelp() {
    if case .help(let before) = view {
      view = before
      return
    }
    readingScroll = 0
    view = .help(view)
  }

  /// Moves the transcript back (positive) or on, never beyond its beginning or end.
  mutating func scrollBy(_ lines: Int, size: Size) {
    guard view.isInterview else {
      if context == .reading {
        readingScroll = min(max(0, readingScroll - lines), ReadingView.furthest(self, size))
      }
      return
    }
    let wanted = max(0, scroll + lines)
    scroll = lines > 0 ? TranscriptPane.scroll(upTo: wanted, self, size) : wanted
  }

  /// Looks for the words; the match nearest to the live end is shown first.
  mutating func search(_ query: String, size: Size) {
    let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    reading.search = words.isEmpty ? nil : TranscriptSearch(query: words)
    moveToMatch(-1, size: size)
  }

  /// To the next match, downwards or (negative) upwards, and around.
  mutating func moveToMatch(_ step: Int, size: Size) {
    guard var search = reading.search else { return }
    let matches = interview.segments.flatMap { TranscriptMatch.all(search.query, in: $0) }
    let old = search.match.flatMap { match in matches.firstIndex { $0 == match } }
    let count = matches.count
    let index = old.map { ($0 + step + count) % max(1, count) } ?? (step < 0 ? count - 1 : 0)
    search.count = count
    search.number = count == 0 ? 0 : index + 1
    search.match = count == 0 ? nil : matches[index]
    reading.search = search
    if let match = search.match {
      scroll = TranscriptPane.scroll(toShow: match.segment, self, size)
    }
  }

  /// Ends a search, then a sound, then goes to the live end, then ends the loading: whatever is in the way first.
  mutating func dismiss() -> [DeskEffect] {
    if reading.search != nil {
      reading.search = nil
    } else if playback != nil {
      return [.stopPlaying]
    } else if scroll == 0, case .loading = engine {
      return [.cancelLoading]
    } else {
      scroll = 0
    }
    return []
  }
}
