import Extraction

/// A place in the transcript where the words looked for are.
public struct TranscriptMatch: Hashable, Sendable {
  /// The segment's number.
  public let segment: Int
  /// First and one-past-last position in the segment's text, counted in Unicode scalars.
  public let range: Range<Int>

  /// All places of these words in a segment, whatever the case and the accents.
  static func all(_ query: String, in segment: TranscriptSegment) -> [TranscriptMatch] {
    let wanted = folded(query).flatMap { $0 }
    guard !wanted.isEmpty else { return [] }
    var letters: [Unicode.Scalar] = []
    var places: [Int] = []
    for (place, group) in folded(segment.text).enumerated() {
      letters += group
      places += Array(repeating: place, count: group.count)
    }
    var matches: [TranscriptMatch] = []
    var start = 0
    while start + wanted.count <= letters.count {
      if letters[start..<start + wanted.count].elementsEqual(wanted) {
        let last = places[start + wanted.count - 1]
        matches.append(TranscriptMatch(segment: segment.id, range: places[start]..<last + 1))
        start += wanted.count
      } else {
        start += 1
      }
    }
    return matches
  }

  /// Every scalar as it is compared: lower case, without its accent; a lone accent is nothing.
  private static func folded(_ text: String) -> [[Unicode.Scalar]] {
    text.unicodeScalars.map { scalar in
      // Most of a talk is plain letters: no tables are asked for them.
      if scalar.isASCII { return [("A"..."Z").contains(scalar) ? lower(scalar) : scalar] }
      return Array(Folding.fold(String(scalar)).unicodeScalars)
    }
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value + 32) ?? scalar
  }
}
