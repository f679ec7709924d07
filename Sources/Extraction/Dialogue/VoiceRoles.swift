/// Tells who speaks from the labels of segments, where somebody told voices apart.
///
/// A label that names a role is believed. Of labels without meaning (`S1`, `S2`) the one that asks is the technician's.
struct VoiceRoles: Sendable {
  /// Segments that ask, by label.
  private var asking: [String: Int] = [:]
  /// Segments, by label.
  private var segments: [String: Int] = [:]

  /// Questions that must have been heard before a label without meaning is believed.
  private static let enough = 3

  private static let technician: Set<String> = [
    "technician", "tecnico", "tecnica", "interviewer", "entrevistador", "entrevistadora", "agent",
  ]
  private static let person: Set<String> = [
    "person", "persona", "interviewee", "entrevistado", "entrevistada", "client", "usuario",
    "usuaria",
  ]

  /// Notes whether a segment of that label asks for something.
  mutating func note(_ label: String?, asks: Bool) {
    guard let label else { return }
    segments[label, default: 0] += 1
    asking[label, default: 0] += asks ? 1 : 0
  }

  /// Who speaks; nil where the label does not tell.
  func speaker(_ label: String?) -> Speaker? {
    guard let label else { return nil }
    let folded = Folding.fold(label)
    if VoiceRoles.technician.contains(folded) { return .technician }
    if VoiceRoles.person.contains(folded) { return .person }
    // Where nearly all is one voice, two were taken for one: it asks and it answers.
    let most = segments.values.max() ?? 0
    let rest = segments.values.reduce(0, +) - most
    guard rest >= VoiceRoles.enough, rest * 3 >= most else { return nil }
    let others = asking.filter { $0.key != label }.values.max() ?? 0
    let own = asking[label] ?? 0
    if own >= VoiceRoles.enough, own >= 3 * others { return .technician }
    if others >= VoiceRoles.enough, others >= 3 * own { return .person }
    return nil
  }
}
