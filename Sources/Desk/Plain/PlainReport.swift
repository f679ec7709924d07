import Extraction
import Forms
import Interview
import Messages

/// What has changed between two states, as lines to append.
struct PlainReport {
  /// One line.
  struct Line: Hashable, Sendable {
    let text: String
    /// Whether it may interrupt somebody who is typing: what is recorded, and what goes wrong.
    let isUrgent: Bool
  }

  private(set) var lines: [Line] = []

  /// Compares.
  init(from before: DeskState, to after: DeskState) {
    let catalogue = after.catalogue
    guard after.cover == nil else {
      covered(before, after)
      return
    }
    if before.cover != nil { add(PlainText.status(after)) }
    // What stands on the desk before and after is not the same interview: nothing of it has changed.
    let isAnother = (before.view == .home) != (after.view == .home)
    if !isAnother {
      recording(before, after)
      heard(before, after)
    } else if after.view == .interview {
      add(PlainText.status(after))
    }
    if after.notice != before.notice, let notice = after.notice {
      let key = notice.weight == .problem ? "plain.problem" : "plain.notice"
      let text = PlainReport.inWords(notice.text, catalogue)
      add(catalogue.text(key, ["text": text]), urgent: notice.weight == .problem)
    }
    if after.engine != before.engine, [.failed, .restarting, .away].contains(after.engine),
      let text = StatusLine.engine(after)
    {
      add(text, urgent: true)
    }
    if let work = after.work,
      before.work == nil || work.isCancelling && before.work?.isCancelling == false
    {
      add(WorkView.short(work, after))
    }
    // The first screen is told when it has been read.
    if after.view != before.view, after.view != .home {
      for line in PlainText.view(after) { add(line) }
    }
  }

  /// A message that names keys of the screen, with the words that are written here instead.
  private static func inWords(_ text: String, _ catalogue: Catalogue) -> String {
    let key = ["review.begins", "notice.sourceEnded", "notice.heardMore"].first {
      text == catalogue.text($0)
    }
    return key.map { catalogue.text("plain.\($0)") } ?? text
  }

  /// Behind the cover only the recording is told, and what became of the passphrase.
  private mutating func covered(_ before: DeskState, _ after: DeskState) {
    recording(before, after)
    if before.cover == nil {
      add(after.catalogue.text("cover.title"), urgent: true)
      for line in CoverView.text(after) { add(line, urgent: true) }
    }
    if after.cover?.isChecking == true, before.cover?.isChecking != true {
      add(after.catalogue.text("cover.checking"), urgent: true)
    }
    if let problem = after.cover?.problem, before.cover?.problem != problem {
      add(problem, urgent: true)
    }
  }

  /// What was said, and what it changed.
  private mutating func heard(_ before: DeskState, _ after: DeskState) {
    for segment in after.interview.segments.dropFirst(before.interview.segments.count) {
      add(PlainText.segment(segment))
    }
    for field in after.form.fields where changed(field.name, before, after) {
      add(PlainText.field(field, after))
      let entry = after.interview.entry(field.name)
      // What needs a decision is told in full, without what was just read in the transcript.
      guard entry.status == .doubtful || entry.contested != nil else { continue }
      for line in PlainText.details(field, after) where !line.hasPrefix("«") { add(line) }
    }
  }

  private mutating func add(_ text: String, urgent: Bool = false) {
    lines.append(Line(text: text, isUrgent: urgent))
  }

  /// The recording, and whether everything reaches the disk.
  private mutating func recording(_ before: DeskState, _ after: DeskState) {
    let words = StatusLine.words(after, withTime: false)
    if words != StatusLine.words(before, withTime: false) { add(words, urgent: true) }
    let isWorse =
      after.sound.lost > before.sound.lost
      || (after.unsavedEvents > 0) != (before.unsavedEvents > 0)
    guard isWorse else { return }
    for trouble in StatusLine.troubles(after) { add(trouble, urgent: true) }
  }

  private func changed(_ field: FieldName, _ before: DeskState, _ after: DeskState) -> Bool {
    let (old, new) = (before.interview.entry(field), after.interview.entry(field))
    return old.value != new.value || old.status != new.status
      || old.contested?.value != new.contested?.value
  }
}
