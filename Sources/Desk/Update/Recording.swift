import Extraction
import Forms
import Interview
import Messages
import Terminal

// Consent and the recording: on, off the record, over.
extension DeskState {
  /// Where sound can be recorded, typing only is an answer; where not, it means that nobody was asked yet.
  mutating func typeOnly() -> [DeskEffect] {
    if hasSound { return consent(recording: false, data: true) }
    view = .interview
    return []
  }

  /// The person's answers, as an event and in the form's own fields for what was asked.
  mutating func consent(recording: Bool, data: Bool) -> [DeskEffect] {
    var answers: [(FieldName, Bool)] = [("consent_data", data)]
    if hasSound { answers.insert(("consent_recording", recording), at: 0) }
    let fields = answers.filter { form.field($0.0) != nil }
    if !data { notice = Notice(catalogue.text("notice.noDataConsent"), .problem) }
    return [.record(.consented(Consent(recording: recording, data: data)))]
      + fields.map { .record(.edited($0.0, .boolean($0.1))) }
  }

  /// What an answer brings about once it is safe: a first yes records, a yes taken back ends and erases the recording.
  mutating func begin(_ consent: Consent) -> [DeskEffect] {
    guard hasSound else { return [] }
    switch (consent.recording, phase) {
    case (true, .idle): return [.startRecording]
    case (false, .idle), (true, _): return []
    case (false, _):
      revisable = nil
      preview = [:]
      if consent.data { notice = Notice(catalogue.text("notice.soundErased")) }
      return (phase.isUnderWay ? [.stopRecording] : []) + [.eraseSound]
    }
  }

  /// Asks again: an answer may be taken back at any time.
  mutating func askAgain() { view = .consent }

  mutating func pause() -> [DeskEffect] {
    switch phase {
    case .recording, .deviceLost:
      requestedPhases.append(.paused)
      revisable = nil
      preview = [:]
      return [.pauseRecording]
    case .paused:
      requestedPhases.append(.recording)
      return silence() + [.resumeRecording]
    case .idle, .stopped:
      return say("notice.notRecording")
    }
  }

  mutating func toggleRecording() -> [DeskEffect] {
    switch phase {
    case .recording, .paused, .deviceLost: return stopRecording()
    case .idle, .stopped:
      if interview.mayCapture && hasSound { return silence() + [.startRecording] }
      return say("notice.noConsent")
    }
  }

  /// What is being heard again would be recorded as new.
  private func silence() -> [DeskEffect] { playback == nil ? [] : [.stopPlaying] }

  mutating func stopRecording() -> [DeskEffect] {
    requestedPhases.append(.stopped)
    return [.stopRecording]
  }

  /// Takes a change of the recording: when the talk is over, what waits for a person comes next.
  mutating func happen(_ change: RecordingChange, size: Size) {
    switch change {
    case .started:
      requestedPhases = []
      isReviewing = false
    case .stopped:
      requestedPhases = []
      beginReview(size: size)
    case .paused: answered(.paused)
    case .resumed: answered(.recording)
    case .deviceLost, .deviceReturned, .gap: break
    }
    guard phase == .paused else { return }
    revisable = nil
    preview = [:]
  }

  /// The journal has a change that was asked for; whoever asked for another one since still sees that one.
  private mutating func answered(_ phase: RecordingState.Phase) {
    let place = requestedPhases.firstIndex(of: phase).map { $0 + 1 } ?? requestedPhases.count
    requestedPhases.removeFirst(place)
  }

  mutating func suspend() -> [DeskEffect] {
    guard phase == .recording || phase == .deviceLost else { return [.suspend] }
    // Nobody watches the screen while the program is stopped: off the record, and marked.
    let effects = pause()
    notice = Notice(catalogue.text("notice.pausedBySuspend"))
    return effects + [.suspend]
  }

  /// Leaves the interview (asking, when it is not submitted) for the first screen; from there, the program.
  mutating func quit() -> [DeskEffect] {
    switch view {
    case .home:
      if let work, !work.isLeaving {
        self.work?.isLeaving = true
        return say("work.leaving")
      }
      return leave
    case .consent where interview.header == nil: return goHome()
    case .consent where interview.consent != nil:
      view = .interview
      return []
    case _ where interview.isSubmitted: return goHome()
    default:
      view = .confirmQuit
      return []
    }
  }
}
