import Desk
import Forms
import Interview
import Store

/// Warns while the person is at the desk: somebody with the same document, or the same name and date of birth, was here before.
@MainActor
final class DuplicateWatch {
  private let data: StageData
  private let report: (DeskInput) -> Void
  private var state: InterviewState
  private var seen: [FieldValue?] = []
  private var told: [PossibleDuplicate] = []
  /// Number of the last search: an older one that ends later tells nothing.
  private var number = 0

  init(_ events: [StampedEvent], data: StageData, report: @escaping (DeskInput) -> Void) {
    self.data = data
    self.report = report
    state = InterviewState(events: events)
  }

  /// Takes what happened; looks when a value that tells a person has changed.
  func take(_ event: StampedEvent) {
    state.apply(event)
    look()
  }

  /// Looks for the values as they stand; without consent to the data nobody is looked for.
  func look() {
    let fields: [FieldName] = ["document_number", "full_name", "birth_date"]
    let mayLook = state.consent?.data != false
    let values = fields.map { mayLook ? state.entry($0).value : nil }
    guard values != seen else { return }
    seen = values
    number += 1
    let (data, now, mine) = (data, state, number)
    Task {
      let found = await Task.detached {
        mayLook ? (try? data.possibleDuplicates(of: now)) ?? [] : []
      }.value
      guard mine == number, found != told else { return }
      told = found
      let entries = await Task.detached { found.map { Self.entry($0, data) } }.value
      guard mine == number else { return }
      report(.duplicates(entries))
    }
  }

  /// What the technician needs to tell whether it is the same person.
  private nonisolated static func entry(
    _ duplicate: PossibleDuplicate, _ data: StageData
  ) -> DuplicateState.Entry {
    let name = (try? data.submissions.get(duplicate.id))?.field("full_name")?.value?.displayText
    return DuplicateState.Entry(
      id: duplicate.id, time: Clock.minute(duplicate.submitted), name: name,
      matches: duplicate.matches.compactMap { .init(rawValue: $0.rawValue) })
  }
}
