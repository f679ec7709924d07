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

  /// Asks for the name of whoever said the words of the field in focus, else of who spoke last.
  mutating func nameVoice() -> [DeskEffect] {
    let words =
      form.fields.indices.contains(focus)
      ? interview.entry(form.fields[focus].name).candidate?.evidence.last?.segment : nil
    let voices = interview.speakers
    let last = interview.segments.last { voices.label(of: $0.id) != nil }?.id
    guard let label = (words.flatMap(voices.label) ?? last.flatMap(voices.label)) else {
      return say("notice.noVoices")
    }
    let name = voices.name(label)
    prompt(.voiceName(label), name == label ? nil : name)
    return []
  }

  /// Longer names would push the words off the screen.
  static let longestName = 40

  /// Keeps a voice's name; an empty one gives the label back.
  func keepName(_ text: String, of label: String) -> [DeskEffect] {
    let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return [
      .record(
        .named(speaker: label, name: name.isEmpty ? label : String(name.prefix(Self.longestName))))
    ]
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
