import Desk
import Forms
import Interview
import Messages
import Store

/// Warns while the person is at the desk: somebody with the same document, or the same name and date of birth, was here before.
@MainActor
final class DuplicateWatch {
  private let data: StageData
  private let catalogue: Catalogue
  private let report: (DeskInput) -> Void
  private var state: InterviewState
  private var seen: [FieldValue?] = []
  private var told: Set<String> = []

  init(
    _ events: [StampedEvent], data: StageData, catalogue: Catalogue,
    report: @escaping (DeskInput) -> Void
  ) {
    self.data = data
    self.catalogue = catalogue
    self.report = report
    state = InterviewState(events: events)
  }

  /// Takes what happened; looks when a value that tells a person has changed.
  func take(_ event: StampedEvent) {
    state.apply(event)
    let fields: [FieldName] = ["document_number", "full_name", "birth_date"]
    let values = fields.map { state.entry($0).value }
    guard values != seen else { return }
    seen = values
    let data = data
    let now = state
    Task {
      let found = await Task.detached { (try? data.possibleDuplicates(of: now)) ?? [] }.value
      tell(found)
    }
  }

  private func tell(_ found: [PossibleDuplicate]) {
    guard let first = found.first(where: { !told.contains($0.id) }) else { return }
    told.formUnion(found.map(\.id))
    let text = catalogue.text(
      "notice.duplicate",
      [
        "id": String(first.id.prefix(8)), "day": Clock.day(first.submitted),
        "match": catalogue.text("duplicates.\(first.matches[0].rawValue)"),
      ])
    report(.notice(DeskState.Notice(text, .problem)))
  }
}
