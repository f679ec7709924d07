import Interview
import Messages
import Terminal

// The covered screen: nobody sees what was said, the recording goes on.
extension DeskState {
  /// After how many seconds without a key the screen is covered; nil: not by itself.
  public var idleLimit: Int? {
    guard cover == nil else { return nil }
    let isRecording = phase == .recording || phase == .deviceLost
    let seconds = isRecording ? coverRules.idleWhileRecording : coverRules.idle
    return seconds > 0 ? seconds : nil
  }

  /// Covers the screen; at the first screen, with nothing under way, the keys go too.
  mutating func coverScreen() -> [DeskEffect] {
    guard cover == nil else { return [] }
    cover = CoverState()
    return wipeBehindCover()
  }

  /// Lets go of the keys and of what stood on the first screen, unless they are still needed.
  private mutating func wipeBehindCover() -> [DeskEffect] {
    guard coverRules.hasPassphrase, view == .home, work == nil, !home.isOpening else { return [] }
    home.lists = nil
    home.search = nil
    return [.wipeKeys]
  }

  /// Takes what concerns the cover; nil for what goes on behind it.
  mutating func behindCover(_ input: DeskInput) -> [DeskEffect]? {
    guard cover != nil else { return nil }
    switch input {
    case .terminal(let event): return behindCover(event)
    case .command, .focus, .idle: return []
    case .uncovered: return uncover()
    // What the first screen shows comes anew when the cover goes; after an export or a synchronisation this is the end of it.
    case .lists, .found, .submission:
      guard view == .home else { return nil }
      return cover?.isChecking == true ? [] : wipeBehindCover()
    case .stillCovered(let reason):
      cover?.isChecking = false
      cover?.problem = reason
      return []
    default: return nil
    }
  }

  private mutating func behindCover(_ event: InputEvent) -> [DeskEffect]? {
    switch event {
    case .key(let key): return keyOnCover(key)
    case .paste(let text):
      if coverRules.hasPassphrase, cover?.isChecking == false {
        cover?.secret.append(text.filter { !$0.isNewline })
      }
      return []
    // An interrupt asks a question that nobody could see, and the shell is not for whoever comes by.
    case .click, .wheel, .suspendRequested, .terminate(2): return []
    case .resized, .resumed, .terminate: return nil
    }
  }

  /// Takes the cover away; what stood on the first screen may have been wiped with the keys.
  private mutating func uncover() -> [DeskEffect] {
    cover = nil
    return view == .home ? [.readLists, .repaint] : [.repaint]
  }

  private mutating func keyOnCover(_ key: Key) -> [DeskEffect] {
    if key == .control("l") { return [.repaint] }
    // Off the record is for everybody in the room at any moment; on again is for who can uncover the screen.
    if keys.find(key, in: .editing) == .pause {
      return phase == .recording || phase == .deviceLost ? pause() : []
    }
    guard coverRules.hasPassphrase else {
      return coverRules.anyKey || key.code == .enter ? uncover() : []
    }
    guard let cover, !cover.isChecking else { return [] }
    switch (key.code, key.modifiers) {
    case (.enter, _):
      guard cover.secret.count > 0 else { return [] }
      self.cover?.isChecking = true
      self.cover?.problem = nil
      return [.uncover(cover.secret)]
    case (.backspace, _), (.character("h"), .control): cover.secret.removeLast()
    case (.escape, _), (.character("u"), .control): cover.secret.wipe()
    default: if let character = key.typed { cover.secret.append(String(character)) }
    }
    return []
  }
}
