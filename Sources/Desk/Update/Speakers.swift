import Extraction
import Forms
import Interview

// Who is who, and who said what.
extension DeskState {
  /// Labels of the roles; extraction and reports know them by these names.
  static let technician = "technician"
  static let person = "person"

  /// The next voice becomes the technician's; of two the other is the person's.
  mutating func nextTechnician() -> [DeskEffect] {
    let labels = interview.speakers.labels
    guard !labels.isEmpty else { return [] }
    let now = labels.firstIndex { interview.speakers.name($0) == DeskState.technician }
    let next = now.map { ($0 + 1) % labels.count } ?? 0
    return labels.indices.map { index in
      let other = labels.count == 2 ? DeskState.person : "S\(index + 1)"
      return .record(
        .named(speaker: labels[index], name: index == next ? DeskState.technician : other))
    }
  }

  /// The words of the field in focus were said by the next voice.
  mutating func reassignWords() -> [DeskEffect] {
    let labels = interview.speakers.labels
    guard labels.count > 1, form.fields.indices.contains(focus),
      let words = interview.entry(form.fields[focus].name).candidate?.evidence.last,
      let now = interview.speakers.label(of: words.segment),
      let index = labels.firstIndex(of: now)
    else { return [] }
    let next = labels[(index + 1) % labels.count]
    return [.record(.relabelled([words.segment: next], byPerson: true))]
  }
}
