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
  func consent(recording: Bool, data: Bool) -> [DeskEffect] {
    var answers: [(FieldName, Bool)] = [("consent_data", data)]
    if hasSound { answers.insert(("consent_recording", recording), at: 0) }
    let fields = answers.filter { form.field($0.0) != nil }
    return [.record(.consented(Consent(recording: recording, data: data)))]
      + fields.map { .record(.edited($0.0, .boolean($0.1))) }
  }

  mutating func pause() -> [DeskEffect] {
    switch phase {
    case .recording, .deviceLost:
      requestedPhase = .paused
      revisable = nil
      preview = [:]
      return [.pauseRecording]
    case .paused:
      requestedPhase = .recording
      return [.resumeRecording]
    case .idle, .stopped:
      return say("notice.notRecording")
    }
  }

  mutating func toggleRecording() -> [DeskEffect] {
    switch phase {
    case .recording, .paused, .deviceLost: return [.stopRecording]
    case .idle, .stopped:
      if interview.mayCapture && hasSound { return [.startRecording] }
      return say("notice.noConsent")
    }
  }

  mutating func suspend() -> [DeskEffect] {
    guard phase == .recording || phase == .deviceLost else { return [.suspend] }
    // Nobody watches the screen while the program is stopped: off the record, and marked.
    let effects = pause()
    notice = Notice(catalogue.text("notice.pausedBySuspend"))
    return effects + [.suspend]
  }

  mutating func quit() -> [DeskEffect] {
    if view == .consent || interview.isSubmitted { return leave }
    view = .confirmQuit
    return []
  }
}
