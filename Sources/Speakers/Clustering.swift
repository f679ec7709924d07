/// Tells voices apart: agglomerative clustering (average linkage on cosines), then rounds of nearest centroids.
public enum Clustering {
  /// Two groups of windows whose mean similarity is below this are two voices.
  ///
  /// Measured with CAM++ on windows of 1.5 s: one voice 0.52 to 0.76, two voices 0.03 to 0.36.
  static let sameVoice: Float = 0.42
  /// A voice that was heard for less than this share of the speech is a mixture at a change of speaker, unless..
  static let leastShare = 0.04
  /// ..it was heard for this many windows.
  static let leastWindows = 8
  /// Windows that are compared each with each; of longer recordings that many, evenly spread.
  public static let most = 800
  /// Voices are not told apart beyond this number.
  static let mostVoices = 8

  /// The voices in some windows.
  ///
  /// - Parameters:
  ///   - prints: one a window, in order of time.
  ///   - count: how many voices there are, where that is known.
  ///   - most: windows that are compared each with each.
  /// - Returns: the mean print of each voice, in the order in which they are first heard; empty for no windows.
  public static func voices(
    _ prints: [VoicePrint], count: Int? = nil, most: Int = Clustering.most
  ) -> [VoicePrint] {
    guard !prints.isEmpty else { return [] }
    let sample = evenly(prints, most)
    let groups =
      count.map { known(sample, $0) }
      ?? withoutScraps(agglomerate(sample, until: nil), of: sample.count).map { group in
        group.map { sample[$0] }
      }
    var centroids = groups.compactMap { VoicePrint(mean: $0) }
    for _ in 0..<8 {
      let refined = refine(prints, centroids)
      if refined == centroids { break }
      centroids = refined
    }
    if count == nil { centroids = withoutTwins(centroids) }
    return inOrderOfAppearance(centroids, prints)
  }

  /// The voice that is closest to a print; nil without voices.
  public static func nearest(_ print: VoicePrint, _ voices: [VoicePrint]) -> Int? {
    voices.indices.max { print.similarity(voices[$0]) < print.similarity(voices[$1]) }
  }

  private static func evenly(_ prints: [VoicePrint], _ most: Int) -> [VoicePrint] {
    guard prints.count > most else { return prints }
    return (0..<most).map { prints[$0 * prints.count / most] }
  }

  /// That many voices; a noise that is nobody's takes none of their places where the rest is that many voices too.
  private static func known(_ prints: [VoicePrint], _ count: Int) -> [[VoicePrint]] {
    var rest = prints
    var first: [[VoicePrint]]?
    for _ in 0..<4 {
      let groups = agglomerate(rest, until: count).map { group in group.map { rest[$0] } }
      let isApart = pairs(groups).allSatisfy { likeness($0, $1) < sameVoice }
      if first != nil, !isApart { break }
      first = first ?? groups
      let least = least(of: rest.count)
      let large = groups.filter { $0.count >= least }
      if large.count == groups.count { return groups }
      rest = large.flatMap { $0 }
      if rest.count < 2 * least { break }
    }
    return first ?? []
  }

  private static func pairs(_ groups: [[VoicePrint]]) -> [([VoicePrint], [VoicePrint])] {
    groups.indices.flatMap { index in groups[..<index].map { ($0, groups[index]) } }
  }

  /// Mean similarity of the windows of two groups; of large ones of some windows, evenly spread.
  static func likeness(_ one: [VoicePrint], _ other: [VoicePrint]) -> Float {
    let (one, other) = (evenly(one, most / 2), evenly(other, most / 2))
    let sum = one.reduce(Float(0)) { sum, print in
      other.reduce(sum) { $0 + print.similarity($1) }
    }
    return sum / Float(max(1, one.count * other.count))
  }

  /// Windows that make a voice of so many.
  private static func least(of total: Int) -> Int {
    min(leastWindows, max(3, Int(leastShare * Double(total))))
  }

  /// Joins the two most similar groups until that many are left, or until none are one voice.
  private static func agglomerate(_ prints: [VoicePrint], until count: Int?) -> [[Int]] {
    let size = prints.count
    var similarity = [Float](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0..<i {
        let value = prints[i].similarity(prints[j])
        similarity[i * size + j] = value
        similarity[j * size + i] = value
      }
    }
    var groups = (0..<size).map { [$0] }
    var alive = Array(0..<size)
    // The best partner of each group; only those whose partner changed are looked for again.
    var partner = (0..<size).map { best($0, alive, similarity, size) }
    while alive.count > max(1, count ?? 1) {
      let pairs = alive.filter { partner[$0] >= 0 }
      guard
        let first = pairs.max(by: {
          similarity[$0 * size + partner[$0]] < similarity[$1 * size + partner[$1]]
        })
      else { break }
      let second = partner[first]
      if count == nil, similarity[first * size + second] < sameVoice { break }
      let (a, b) = (Float(groups[first].count), Float(groups[second].count))
      for other in alive where other != first && other != second {
        let mean =
          (similarity[first * size + other] * a + similarity[second * size + other] * b) / (a + b)
        similarity[first * size + other] = mean
        similarity[other * size + first] = mean
      }
      groups[first] += groups[second]
      alive.removeAll { $0 == second }
      partner[first] = best(first, alive, similarity, size)
      for other in alive where other != first {
        if partner[other] == first || partner[other] == second {
          partner[other] = best(other, alive, similarity, size)
        } else if similarity[other * size + first] > similarity[other * size + partner[other]] {
          partner[other] = first
        }
      }
    }
    return alive.map { groups[$0] }
  }

  private static func best(_ group: Int, _ alive: [Int], _ similarity: [Float], _ size: Int) -> Int
  {
    var best = -1
    for other in alive where other != group {
      if best < 0 || similarity[group * size + other] > similarity[group * size + best] {
        best = other
      }
    }
    return best
  }

  /// Leaves out groups that are too small to be somebody; the largest stays in any case.
  private static func withoutScraps(_ groups: [[Int]], of total: Int) -> [[Int]] {
    let sorted = groups.sorted { $0.count > $1.count }
    let least = least(of: total)
    let kept = sorted.prefix(mostVoices).filter { $0.count >= least }
    return kept.isEmpty ? Array(sorted.prefix(1)) : Array(kept)
  }

  private static func refine(_ prints: [VoicePrint], _ centroids: [VoicePrint]) -> [VoicePrint] {
    var members = [[VoicePrint]](repeating: [], count: centroids.count)
    for print in prints {
      if let index = nearest(print, centroids) { members[index].append(print) }
    }
    return zip(centroids, members).map { VoicePrint(mean: $1) ?? $0 }
  }

  /// Joins voices whose means are nearly the same.
  private static func withoutTwins(_ centroids: [VoicePrint]) -> [VoicePrint] {
    var kept: [VoicePrint] = []
    for centroid in centroids where !kept.contains(where: { $0.similarity(centroid) > 0.72 }) {
      kept.append(centroid)
    }
    return kept
  }

  private static func inOrderOfAppearance(
    _ centroids: [VoicePrint], _ prints: [VoicePrint]
  ) -> [VoicePrint] {
    var order: [Int] = []
    for print in prints {
      guard let index = nearest(print, centroids), !order.contains(index) else { continue }
      order.append(index)
      if order.count == centroids.count { break }
    }
    return order.map { centroids[$0] }
  }
}
