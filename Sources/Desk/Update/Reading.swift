import Extraction
import Forms
import Interview
import Messages
import Terminal

// Help and transcript: looking without changing anything.
extension DeskState {
  /// Moves through a help that is longer than the screen; any other key closes it.
  mutating func turnHelp(_ key: Key, size: Size) -> [DeskEffect] {
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

  mutating func closeReading() {
    if case .help(let before) = view { view = before }
  }

  mutating func openHelp() {
    if case .help = view { return closeReading() }
    helpScroll = 0
    view = .help(view)
  }

  /// Moves the transcript back (positive) or on, never beyond its beginning or end.
  mutating func scrollBy(_ lines: Int, size: Size) {
    let wanted = max(0, scroll + lines)
    scroll = lines > 0 ? TranscriptPane.scroll(upTo: wanted, self, size) : wanted
  }
}
