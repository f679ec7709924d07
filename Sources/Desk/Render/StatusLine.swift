import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The first row: what is being recorded, how loud, in which language, how far behind, in which stage.
enum StatusLine {
  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    surface.fill(rect, style: .reverse)
    var column = 0
    let phaseText = " " + phase(state) + " "
    column += surface.put(phaseText, row: rect.row, column: column, style: phaseStyle(state))
    let right = rightSide(state, columns: rect.columns - column - 1)
    let room = rect.columns - TextWidth.of(right) - 1
    for part in middle(state) where column + TextWidth.of(part) + 2 <= room {
      column += surface.put("  " + part, row: rect.row, column: column, style: .reverse)
    }
    surface.put(
      right, row: rect.row, column: max(column + 1, rect.columns - TextWidth.of(right)),
      style: .reverse.adding(.bold))
  }

  /// The recording in words, with its sign and its time.
  static func phase(_ state: DeskState) -> String {
    let time = clock(state.seconds)
    let text = { (key: String) in state.catalogue.text(key, ["time": time]) }
    // What is not on the disk is not called recorded.
    if isUnsaved(state) { return text("status.unsaved") }
    switch state.phase {
    case .idle:
      let isTyping = !state.hasSound && state.view != .home
      return text(isTyping ? "status.typing" : "status.idle")
    case .recording: return text("status.recording")
    case .paused: return text("status.paused")
    case .deviceLost: return text("status.deviceLost")
    case .stopped: return text("status.stopped")
    }
  }

  /// The recording in words alone, for the desk without a screen.
  static func words(_ state: DeskState, withTime: Bool = true) -> String {
    let kind =
      isUnsaved(state)
      ? "unsaved" : state.phase == .idle && !state.hasSound ? "typing" : state.phase.rawValue
    let time = withTime && state.phase != .idle ? " " + clock(state.seconds) : ""
    return state.catalogue.text("plain.phase.\(kind)") + time
  }

  private static func isUnsaved(_ state: DeskState) -> Bool {
    state.sound.isBlocked && (state.phase == .recording || state.phase == .stopped)
  }

  /// Minutes and seconds, hours where there are some.
  static func clock(_ seconds: Int) -> String {
    let pad = { (number: Int) in number < 10 ? "0\(number)" : String(number) }
    let minutes = pad(seconds / 60 % 60) + ":" + pad(seconds % 60)
    return seconds < 3600 ? minutes : "\(seconds / 3600):" + minutes
  }

  private static func phaseStyle(_ state: DeskState) -> Style {
    if isUnsaved(state) { return Style(.black, on: .yellow, .bold) }
    return switch state.phase {
    case .recording: Style(.brightWhite, on: .red, .bold)
    case .paused: Style(.black, on: .yellow, .bold)
    case .deviceLost: Style(.black, on: .yellow, .bold)
    case .idle, .stopped: .reverse.adding(.bold)
    }
  }

  private static func middle(_ state: DeskState) -> [String] {
    var parts = troubles(state)
    if state.isRecording { parts.append(meter(state)) }
    // On the first screen it has a line of its own, unless something else is to be said there.
    if let work = state.work, state.view != .home || state.notice != nil {
      parts.append(WorkView.short(work, state))
    }
    if let engine = engine(state) { parts.append(engine) }
    if state.view.isInterview || state.view == .consent { parts.append(state.language) }
    return parts
  }

  /// What is lost, or waits to reach the disk.
  static func troubles(_ state: DeskState) -> [String] {
    var parts: [String] = []
    let count = { (key: String, seconds: Int) in
      if seconds > 0 { parts.append(state.catalogue.plural(key, seconds)) }
    }
    count("status.lostSound", state.sound.lost)
    count("status.waitingSound", state.sound.isBlocked ? state.sound.waiting : 0)
    count("status.unsavedEvents", state.unsavedEvents)
    return parts
  }

  /// Eight steps from -60 to 0 dBFS and the number.
  private static func meter(_ state: DeskState) -> String {
    let steps = max(0, min(8, Int((state.level.rms + 60) / 7.5)))
    let bar = String(repeating: "█", count: steps) + String(repeating: "░", count: 8 - steps)
    let number = "\(Int(state.level.rms.rounded())) dB"
    return state.level.isClipping
      ? bar + " " + state.catalogue.text("status.clipping") : bar + " " + number
  }

  /// What is to be said about the recogniser; nil while it keeps up.
  static func engine(_ state: DeskState) -> String? {
    switch state.engine {
    case .loading(let seconds) where seconds > 1:
      state.catalogue.text("status.loadingFor", ["seconds": String(seconds)])
    case .loading: state.catalogue.text("status.loading")
    case .ready, .off: nil
    case .behind(let milliseconds):
      state.catalogue.text("status.lag", ["seconds": String((milliseconds + 500) / 1000)])
    case .restarting: state.catalogue.text("status.restarting")
    case .away: state.catalogue.text("status.away")
    case .cancelled: state.catalogue.text("status.withoutModel")
    case .failed: state.catalogue.text("status.failed")
    }
  }

  /// The stage always, what is unsent where there is room.
  private static func rightSide(_ state: DeskState, columns: Int) -> String {
    let stage = state.catalogue.text("status.stage", ["stage": state.stage]) + " "
    let unsent = state.catalogue.plural("status.unsent", state.unsent) + "  "
    if state.unsent > 0, TextWidth.of(unsent + stage) <= columns { return unsent + stage }
    return TextWidth.of(stage) <= columns ? stage : state.stage + " "
  }
}
