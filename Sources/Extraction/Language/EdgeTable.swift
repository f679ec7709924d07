/// Edges of a trie: from a node by a word's number to the next node.
///
/// A table with open addresses (Knuth, The Art of Computer Programming 3, 6.4). Keys are small numbers of our own making, so
/// that a multiplication spreads them: a dictionary's hash, made for keys of strangers, takes most of the time of
/// reading a pack.
struct EdgeTable: Sendable {
  private var keys: [UInt64]
  private var values: [Int32]
  private var count = 0

  private static let empty = UInt64.max

  /// - Parameter capacity: edges to expect.
  init(capacity: Int) {
    var size = 64
    while 3 * size < 4 * capacity { size *= 2 }
    keys = Array(repeating: EdgeTable.empty, count: size)
    values = Array(repeating: -1, count: size)
  }

  /// The next node; nil for no edge.
  ///
  /// - Parameter key: node and word; not all bits set.
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
    while keys[place] != EdgeTable.empty, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = zip(keys, values).filter { $0.0 != EdgeTable.empty }
    keys = Array(repeating: EdgeTable.empty, count: 2 * keys.count)
    values = Array(repeating: -1, count: keys.count)
    for (key, value) in old {
      let place = place(of: key)
      keys[place] = key
      values[place] = value
    }
  }
}
