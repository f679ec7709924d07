import Audio
import Desk
import Interview
import Messages
import Store
import Transcription

// Saving the interview.
extension DeskSession {
  /// Saves the interview; as long as the database has not taken it, everything stays editable.
  ///
  /// What was said last is transcribed first; asked a second time, it saves without waiting for that.
  func submit() async {
    guard !isSubmitting else {
      settling?.cancel()
      return
    }
    isSubmitting = true
    defer { isSubmitting = false }
    stopRecording()
    await capture?.value
    guard await settleTranscript() else { return notSubmitted("notice.heardMore") }
    // An interview in which nothing happened, or whose beginning is damaged.
    if log.state.header == nil { log.record(.began(setting.header)) }
    // What was typed last belongs to it.
    guard await log.settle() else {
      return notSubmitted("notice.notSaved", ["reason": log.trouble ?? ""])
    }
    do {
      var submission = try Submission(state: log.state, form: setting.form, submitted: Clock.now)
      if let tone = setting.tone { submission.readTone(tone) }
      try setting.data.submissions.save(submission)
      await finish(submission)
    } catch {
      notSubmitted("notice.notSaved", ["reason": Failure.explain(error, setting.catalogue)])
    }
  }

  /// Waits for what is not transcribed yet; false when that gave values nobody has looked at.
  private func settleTranscript() async -> Bool {
    guard let engine, await !engine.isSettled else { return true }
    tell("notice.finishing")
    let before = candidates
    let (over, end) = AsyncStream<Void>.makeStream()
    let waiting = Task {
      await engine.waitUntilSettled()
      end.finish()
    }
    settling = Task { for await _ in over {} }
    await settling?.value
    let wasSkipped = settling?.isCancelled ?? false
    settling = nil
    waiting.cancel()
    report(.notice(nil))
    // The last segment arrives behind the progress that ended the waiting.
    if !wasSkipped { await heardEverything() }
    return wasSkipped || candidates == before
  }

  /// Waits until everything that the engine has reported so far was taken.
  private func heardEverything() async {
    guard let engine else { return }
    await withCheckedContinuation { continuation in
      marks.append(continuation)
      Task { await engine.mark() }
    }
  }

  private func notSubmitted(_ key: String, _ values: [String: String] = [:]) {
    report(.notSubmitted(DeskState.Notice(setting.catalogue.text(key, values), .problem)))
  }

  /// Ends the journal of a submission that is saved, and removes what the policy does not keep.
  func finish(_ submission: Submission) async {
    log.record(.submitted)
    await log.close()
    await sound.close()
    await engine?.stop()
    // What can't be removed now is removed at the next start.
    do { try setting.data.submit(submission) } catch { tell(error) }
    report(.submitted(id: submission.id, unsent: setting.unsent()))
  }
}
