import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

// Saving the interview.
extension DeskSession {
  /// Saves the interview; as long as the database has not taken it, everything stays editable.
  func submit() async {
    guard !isSubmitting else { return }
    isSubmitting = true
    defer { isSubmitting = false }
    stopRecording()
    await capture?.value
    // An interview in which nothing happened, or whose beginning is damaged.
    if log.state.header == nil { log.record(.began(setting.header)) }
    // What was typed last belongs to it.
    guard await log.settle() else { return notSaved(log.trouble ?? "") }
    do {
      let submission = try Submission(state: log.state, form: setting.form, submitted: Clock.now)
      try setting.data.submissions.save(submission)
      await finish(submission)
    } catch {
      notSaved(Failure.explain(error, setting.catalogue))
    }
  }

  func notSaved(_ reason: String) { tell("notice.notSaved", ["reason": reason], .problem) }

  /// Ends the journal of a submission that is saved, and removes what the policy does not keep.
  func finish(_ submission: Submission) async {
    log.record(.submitted)
    await log.close()
    await sound.close()
    await engine?.stop()
    // What can't be removed now is removed at the next start.
    do { try setting.data.submit(submission) } catch { tell(error) }
    continuation.yield(.submitted(id: submission.id, unsent: setting.unsent()))
  }
}
