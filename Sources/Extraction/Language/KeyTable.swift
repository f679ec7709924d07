/// Numbers by keys of 64 bits: the edges of a trie, from a node and a word to the next node; hashes that were met.
///
/// A table with open addresses (Knuth, The Art of Computer Programming 3, 6.4). Keys are of our own making, so
/// that a multiplication spreads them: a dictionary's hash, made for keys of strangers, takes most of the time of
/// reading a pack.
struct KeyTable: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private var count = 0

  private static let empty = UInt64.max

  /// - Parameter capacity: keys to expect.
  init(capacity: Int) {
    var size = 64
    while 3 * size < 4 * capacity { size *= 2 }
    keys = Array(repeating: KeyTable.empty, count: size)
    values = Array(repeating: -1, count: size)
  }

  /// The number of a key; nil for one that is not in the table.
  ///
  /// - Parameter key: not all bits set.
  subscript(key: UInt64) -> Int32? {
    get {
      let place = place(of: key)
      return keys[place] == key ? values[place] : nil
    }
    set {
      guard let newValue else { return }
      if 4 * count >= 3 * keys.count { grow() }
      let place = place(of: key)
      if keys[place] != key { count += 1 }
      keys[place] = key
      values[place] = newValue
    }
  }

  /// Where the key is, or where it would be.
  private func place(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while keys[place] != KeyTable.empty, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = zip(keys, values).filter { $0.0 != KeyTable.empty }
    keys = Array(repeating: KeyTable.empty, count: 2 * keys.count)
    values = Array(repeating: -1, count: keys.count)
    for (key, value) in old {
      let place = place(of: key)
      keys[place] = key
      values[place] = value
    }
  }
}
