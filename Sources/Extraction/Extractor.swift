import Forms

/// Reads a transcript as it settles and keeps the best candidate for every field.
///
/// A value type: a copy is a snapshot, so undo and replay cost nothing special.
public protocol Extractor: Sendable {
  /// Takes the next settled segment. Segments come in ascending order of `id`.
  mutating func add(_ segment: TranscriptSegment)

  /// The best candidate of every field heard so far.
  var candidates: [FieldName: Candidate] { get }

  /// What the candidates would be if this revisable text settled as it stands; never kept.
  func preview(_ revisable: TranscriptSegment) -> [FieldName: Candidate]
}

extension Extractor {
  /// Adds to a copy and throws the copy away.
  public func preview(_ revisable: TranscriptSegment) -> [FieldName: Candidate] {
    var copy = self
    copy.add(revisable)
    return copy.candidates
  }
}
