/// Finds all phrases of a language pack in one pass over a turn's words.
struct PhraseTrie: Sendable {
  private var words = WordTable(capacity: expected)
  /// Long words by how they sound: a recogniser that does not know a word spells it by ear ("probincia").
  private var sounds: [[UInt8]: String?] = [:]
  private var prefixNumbers = WordTable(capacity: 0)
  /// Prefixes in order, with their numbers from -2 downwards.
  private var prefixes: [(text: String, number: Int32)] = []
  private var edges = KeyTable(capacity: 4 * expected)
  private var gaps: [Int32] = [-1]
  /// The last of each node's outputs; -1 for none.
  private var lastOutput: [Int32] = [-1]
  /// Cues with the output before them at the same node; -1 for none.
  private var outputs: [(cue: Cue, before: Int32)] = []
  private static let longestGap = 3
  /// Phrases to make room for.
  private static let expected = 5500

  /// An empty trie.
  init() {
    gaps.reserveCapacity(4 * PhraseTrie.expected)
    lastOutput.reserveCapacity(4 * PhraseTrie.expected)
    outputs.reserveCapacity(PhraseTrie.expected)
  }

  /// Adds a phrase.
  mutating func add(_ pattern: PhrasePattern, _ cue: Cue) {
    for node in add(pattern.parts, behind: [0]) { report(cue, at: Int(node)) }
  }

  /// To be called when all phrases are in it.
  mutating func finish() {
    prefixes = prefixNumbers.words.indices.map {
      (prefixNumbers.words[$0], PhraseTrie.prefixNumber(Int32($0)))
    }
    prefixes.sort { $0.text < $1.text }
    for word in words.words where word.utf8.count >= PhraseTrie.shortestByEar {
      // Words that sound alike are told apart by their spelling alone.
      let sound = PhoneticKey.key(word)
      sounds[sound] = .some(sounds[sound] == nil ? word : nil)
    }
  }

  private static func prefixNumber(_ place: Int32) -> Int32 { -2 - place }

  /// Letters of the shortest word that may be spelled by ear; shorter ones would become other words.
  private static let shortestByEar = 6

  /// A word as the trie knows it: its number, or -1, and the number of a prefix it begins with, or -1.
  struct Key: Hashable, Sendable {
    let word: Int32
    let prefix: Int32
    var isUnknown: Bool { word < 0 && prefix == -1 }
  }

  /// Whether a phrase has that very word.
  func knows(_ folded: String) -> Bool { words.number(of: folded) != nil }

  /// The word of a phrase that a word unknown to all phrases sounds like: "probincia" is "provincia".
  func respelled(_ folded: String) -> String? {
    guard folded.utf8.count >= PhraseTrie.shortestByEar - 1, !knows(folded),
      prefix(of: folded) == -1
    else { return nil }
    return sounds[PhoneticKey.key(folded)] ?? nil
  }

  /// Looks a folded word up.
  func key(_ folded: String) -> Key {
    Key(word: words.number(of: folded) ?? -1, prefix: prefix(of: folded))
  }

  /// The cues in these words. A phrase never crosses from one sentence to the next.
  ///
  /// - Parameters:
  ///   - keys: the words.
  ///   - sentences: the sentence each word belongs to.
  ///   - report: called with each cue and the range of its words.
  func scan(_ keys: [Key], sentences: [Int32], report: (Cue, Range<Int>) -> Void) {
    for start in keys.indices where !keys[start].isUnknown {
      walk(0, start, start, keys, sentences, report)
    }
  }

  private func walk(
    _ node: Int32, _ start: Int, _ place: Int, _ keys: [Key], _ sentences: [Int32],
    _ report: (Cue, Range<Int>) -> Void
  ) {
    if place > start { for cue in cues(at: Int(node)) { report(cue, start..<place) } }
    guard place < keys.count, sentences[place] == sentences[start] else { return }
    step(node, start, place, keys, sentences, report)
    let gap = gaps[Int(node)]
    guard gap >= 0 else { return }
    for skipped in 0...PhraseTrie.longestGap {
      let next = place + skipped
      guard next < keys.count, sentences[next] == sentences[start] else { return }
      step(gap, start, next, keys, sentences, report)
    }
  }

  private func step(
    _ node: Int32, _ start: Int, _ place: Int, _ keys: [Key], _ sentences: [Int32],
    _ report: (Cue, Range<Int>) -> Void
  ) {
    let key = keys[place]
    if key.word >= 0, let next = edges[PhraseTrie.edge(node, key.word)] {
      walk(next, start, place + 1, keys, sentences, report)
    }
    if key.prefix < -1, let next = edges[PhraseTrie.edge(node, key.prefix)] {
      walk(next, start, place + 1, keys, sentences, report)
    }
  }

  /// The cues of the phrases that end in a node, in the order of the pack.
  private func cues(at node: Int) -> [Cue] {
    var found: [Cue] = []
    var place = lastOutput[node]
    while place >= 0 {
      found.insert(outputs[Int(place)].cue, at: 0)
      place = outputs[Int(place)].before
    }
    return found
  }

  // MARK: - Building

  private mutating func report(_ cue: Cue, at node: Int) {
    guard lastOutput[node] < 0 || !cues(at: node).contains(cue) else { return }
    outputs.append((cue, lastOutput[node]))
    lastOutput[node] = Int32(outputs.count - 1)
  }

  private static func edge(_ node: Int32, _ id: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: id))
  }

  /// Adds parts behind some nodes; the nodes they end in. Alternatives share what stands before and branch behind.
  private mutating func add(
    _ parts: [PhrasePattern.Part], behind start: [Int32]
  ) -> [Int32] {
    var nodes = start
    for part in parts {
      switch part {
      case .choice(let elements):
        // Most phrases are words in a row.
        if nodes.count == 1, elements.count == 1 {
          nodes[0] = follow(way(elements[0]), from: nodes[0])
          continue
        }
        var ends: [Int32] = []
        ends.reserveCapacity(elements.count * nodes.count)
        for element in elements {
          // Looked up once for all nodes.
          let way = way(element)
          for node in nodes { ends.append(follow(way, from: node)) }
        }
        nodes = ends
      case .optional(let inner): nodes += add(inner, behind: nodes)
      }
    }
    return nodes
  }

  /// Number of a word or a prefix; nil for a gap.
  private mutating func way(_ element: PhrasePattern.Element) -> Int32? {
    switch element {
    case .word(let text): words.add(text)
    case .prefix(let text): PhraseTrie.prefixNumber(prefixNumbers.add(text))
    case .gap: nil
    }
  }

  private mutating func follow(_ way: Int32?, from node: Int32) -> Int32 {
    if let way { child(node, way) } else { gap(node) }
  }

  private mutating func node() -> Int32 {
    gaps.append(-1)
    lastOutput.append(-1)
    return Int32(gaps.count - 1)
  }

  private mutating func child(_ parent: Int32, _ id: Int32) -> Int32 {
    let key = PhraseTrie.edge(parent, id)
    if let next = edges[key] { return next }
    let next = node()
    edges[key] = next
    return next
  }

  private mutating func gap(_ parent: Int32) -> Int32 {
    if gaps[Int(parent)] >= 0 { return gaps[Int(parent)] }
    let next = node()
    gaps[Int(parent)] = next
    return next
  }

  /// The longest prefix the word begins with, as a number below -1; -1 for none.
  private func prefix(of word: String) -> Int32 {
    var low = 0
    var high = prefixes.count
    while low < high {
      let middle = (low + high) / 2
      if prefixes[middle].text <= word { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    while index >= 0, index >= low - 3 {
      if word.hasPrefix(prefixes[index].text) { return prefixes[index].number }
      index -= 1
    }
    return -1
  }
}
