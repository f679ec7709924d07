/// How a Spanish word sounds, so that spellings of one sound compare equal.
///
/// b = v, ll = y, c/z/s before e and i, h mute, g = j before e and i, qu = k; double letters once.
enum PhoneticKey {
  /// The key of a folded text.
  static func key(_ folded: String) -> [UInt8] {
    let letters = Array(folded.utf8)
    var key: [UInt8] = []
    var index = 0
    while index < letters.count {
      let letter = letters[index]
      let next = index + 1 < letters.count ? letters[index + 1] : 0
      let soft = next == UInt8(ascii: "e") || next == UInt8(ascii: "i")
      var sound: UInt8? = letter
      switch letter {
      case UInt8(ascii: "h"), UInt8(ascii: "'"): sound = nil
      case UInt8(ascii: "v"), UInt8(ascii: "w"): sound = UInt8(ascii: "b")
      case UInt8(ascii: "z"), UInt8(ascii: "x"): sound = UInt8(ascii: "s")
      case UInt8(ascii: "c"):
        sound = soft ? UInt8(ascii: "s") : UInt8(ascii: "k")
        if next == UInt8(ascii: "h") { sound = letter }
      case UInt8(ascii: "q"):
        sound = UInt8(ascii: "k")
        if next == UInt8(ascii: "u") { index += 1 }
      case UInt8(ascii: "g") where soft: sound = UInt8(ascii: "j")
      case UInt8(ascii: "g") where next == UInt8(ascii: "u"):
        let after = index + 2 < letters.count ? letters[index + 2] : 0
        if after == UInt8(ascii: "e") || after == UInt8(ascii: "i") { index += 1 }
      case UInt8(ascii: "l") where next == letter:
        sound = UInt8(ascii: "y")
        index += 1
      default: break
      }
      if let sound, key.last != sound { key.append(sound) }
      index += 1
    }
    return key
  }

  /// First letters with which a word that sounds like this one may be written.
  static func firstLetters(_ folded: String) -> [String] {
    guard let first = folded.first else { return [] }
    let groups = ["bvw", "czsxkq", "gj", "ly", "hei", "hao"]
    let alike = groups.filter { $0.contains(first) }.flatMap { $0.map(String.init) }
    return alike.isEmpty ? [String(first), "h"] : Array(Set(alike)).sorted()
  }
}

/// Distance between two spellings.
enum EditDistance {
  /// Damerau-Levenshtein distance (optimal string alignment); nil when it is above the limit.
  static func bounded(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1..<(a.count + 1) {
      var row = [i] + Array(repeating: 0, count: b.count)
      var smallest = i
      for j in 1..<(b.count + 1) {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
        smallest = min(smallest, row[j])
      }
      if smallest > limit { return nil }
      before = previous
      previous = row
    }
    return previous[b.count] <= limit ? previous[b.count] : nil
  }
}
