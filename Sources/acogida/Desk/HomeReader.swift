import Desk
import Extraction
import Forms
import Interview
import Store

/// Reads what is kept for the first screen. Blocks until the disk is done.
struct HomeReader: Sendable {
  let data: StageData
  let form: FormDefinition
  let configuration: Configuration

  /// Most that a search shows: who gets more writes another word.
  private static let limit = 200

  /// Drafts, and what was submitted today.
  func lists() throws -> HomeState.Lists {
    let day = Clock.today
    var today: [HomeState.Entry] = []
    try data.submissions.forEachRow(SubmissionFilter(since: Day(argument: day)?.start)) {
      today.append(entry($0))
    }
    return HomeState.Lists(
      drafts: try data.drafts.list().filter { !$0.wasSubmitted }.map(entry),
      today: today.reversed(), day: day, unsent: try configuration.unsent(in: data),
      unexported: try data.unexportedCount(), hasTarget: !configuration.channelNames.isEmpty)
  }

  /// Reports drafts first, then with the submissions that have all the words, the newest first.
  ///
  /// - Throws: `CancellationError` when the task was cancelled.
  func search(_ query: String, report: (HomeState.Search) -> Void) throws {
    let words = Folding.fold(query).split(separator: " ").map(String.init)
    let hasAll = { (texts: [String]) in
      let text = Folding.fold(texts.joined(separator: "\n"))
      return words.allSatisfy { text.contains($0) }
    }
    let drafts = try data.drafts.list().filter { draft in
      let values = draft.interview.entries.values.compactMap { $0.value?.displayText }
      return !draft.wasSubmitted && hasAll(values + [Clock.minute(draft.lastChange), draft.id])
    }.map(entry)
    report(HomeState.Search(query: query, found: drafts))
    var found: [HomeState.Entry] = []
    try data.submissions.forEachRow { row in
      try Task.checkCancellation()
      let values = row.fields.compactMap { $0.value?.displayText }
      guard hasAll(values + [Clock.minute(row.summary.submitted), row.summary.id]) else { return }
      found.append(entry(row))
      if found.count > 2 * HomeReader.limit { found.removeFirst(HomeReader.limit) }
    }
    report(
      HomeState.Search(
        query: query, found: drafts + found.suffix(HomeReader.limit).reversed(), isRunning: false))
  }

  private func entry(_ row: SubmissionRow) -> HomeState.Entry {
    let time = Clock.minute(row.summary.submitted)
    return HomeState.Entry(
      id: row.summary.id, kind: .submission, name: name { row.field($0)?.value },
      day: String(time.prefix(10)), time: String(time.suffix(5)),
      answered: row.fields.count { $0.status != .empty })
  }

  private func entry(_ draft: Draft) -> HomeState.Entry {
    let time = Clock.minute(draft.lastChange)
    let progress = Interview.Progress(state: draft.interview, form: form)
    return HomeState.Entry(
      id: draft.id,
      kind: .draft(unconfirmed: progress.unconfirmed.count, missing: progress.missing.count),
      name: name { draft.interview.entry($0).value }, day: String(time.prefix(10)),
      time: String(time.suffix(5)), answered: draft.answered, isDamaged: draft.isDamaged)
  }

  /// The person's name: the first value of a field for names.
  private func name(_ value: (FieldName) -> FieldValue?) -> String? {
    form.fields.filter { $0.type == .personName }.compactMap { value($0.name)?.displayText }.first
  }
}
