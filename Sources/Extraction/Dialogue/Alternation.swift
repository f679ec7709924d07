/// Who speaks.
enum Speaker: Hashable, Sendable {
  /// Who asks: the intake technician.
  case technician
  /// Who answers.
  case person
}

/// Tells who speaks from the order of the segments.
///
/// Where each segment is one speaker's turn, nearly all questions stand at every other segment. Where segments follow pauses
/// instead, questions stand at both, and nothing is told.
struct Alternation: Sendable {
  /// Segments that ask, by whether their number is even or odd.
  private var asking = [0, 0]

  /// Questions that must have been heard before the order is believed.
  private static let enough = 5

  /// Notes whether a segment asks for something.
  mutating func note(_ segment: Int, asks: Bool) {
    if asks { asking[segment % 2] += 1 }
  }

  /// Who speaks in a segment; nil where the order does not tell.
  func speaker(of segment: Int) -> Speaker? {
    let technician = asking[0] >= asking[1] ? 0 : 1
    guard asking[technician] >= Alternation.enough,
      asking[technician] >= 4 * asking[1 - technician]
    else { return nil }
    return segment % 2 == technician ? .technician : .person
  }
}
