/// Numbers of words: the first one is 0.
///
/// A table with open addresses (Knuth, The Art of Computer Programming 3, 6.4) and a plain hash (FNV-1a): a dictionary's hash, made
/// for keys of strangers, takes most of the time of reading a pack.
struct WordTable: Sendable {
  private(set) var words: [String] = []
  private var slots: [Slot]

  private struct Slot {
    var hash: UInt32 = 0
    /// Number of the word; -1 for none.
    var number: Int32 = -1
  }

  /// - Parameter capacity: words to expect.
  init(capacity: Int) {
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = Array(repeating: Slot(), count: size)
    words.reserveCapacity(capacity)
  }

  /// The number of a word; nil for one that is not in the table.
  func number(of word: String) -> Int32? {
    let number = slots[place(of: word, WordTable.hash(word))].number
    return number >= 0 ? number : nil
  }

  /// The number of a word, which is added where it is not in the table.
  mutating func add(_ word: String) -> Int32 {
    let hash = WordTable.hash(word)
    let place = place(of: word, hash)
    if slots[place].number >= 0 { return slots[place].number }
    let number = Int32(words.count)
    words.append(word)
    slots[place] = Slot(hash: hash, number: number)
    if 2 * words.count >= slots.count { grow() }
    return number
  }

  private static func hash(_ word: String) -> UInt32 {
    word.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// Where the word is, or where it would be.
  private func place(of word: String, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var place = Int(hash ^ hash >> 15) & mask
    while slots[place].number >= 0,
      slots[place].hash != hash || words[Int(slots[place].number)] != word
    {
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    let old = slots.filter { $0.number >= 0 }
    slots = Array(repeating: Slot(), count: 2 * slots.count)
    for slot in old { slots[place(of: words[Int(slot.number)], slot.hash)] = slot }
  }
}
