extension Turn {
  /// Words around a correction that say nothing themselves.
  private static let asides: Set<String> = [
    "eh", "ay", "uy", "bueno", "que", "era", "es", "pues", "a", "ver", "mejor", "um", "sorry",
    "mean", "i",
  ]

  /// Whether what stands between two places only takes back what was said before it: ", no, perdón,".
  func takesBack(between start: Int, and end: Int) -> Bool {
    guard start < end, end - start <= 10, end <= tokens.count else { return false }
    let repairs = hits.filter {
      ($0.kind == .repair || $0.kind == .no) && $0.tokens.lowerBound >= start
        && $0.tokens.upperBound <= end
    }
    guard !repairs.isEmpty else { return false }
    return (start..<end).allSatisfy { index in
      tokens[index].kind == .mark || Turn.asides.contains(tokens[index].folded)
        || repairs.contains { $0.tokens.contains(index) }
    }
  }

  /// Where what is said instead begins, behind a correction that begins near that place; nil where there is none.
  func restart(after place: Int) -> Int? {
    var index = place
    var isRepaired = false
    while index < tokens.count, index - place <= 10 {
      if let hit = hits.first(where: {
        ($0.kind == .repair || $0.kind == .no) && $0.tokens.lowerBound == index
      }) {
        isRepaired = true
        index = hit.tokens.upperBound
      } else if tokens[index].kind == .mark || Turn.asides.contains(tokens[index].folded) {
        index += 1
      } else {
        return isRepaired ? index : nil
      }
    }
    return nil
  }
}
