import Foundation

/// How much the words of a turn speak for each need: one logistic regression a need, learnt from labelled talk.
///
/// It knows no sentence, only words; so it judges what the cues of ``NeedsReader`` found, and finds what no cue has
/// words for. The file is made by `scripts/needs_weights.py`: rows `code`, its name and its bias, then rows `word`, a
/// word or two neighbours cut to six letters, and weights by the code's number; all weights in hundredths.
struct NeedWeights: Sendable {
  /// A need and how likely the turn tells it.
  struct Likeness: Sendable {
    let code: String
    /// 0...1.
    let probability: Double
    /// The words that speak for it.
    let tokens: Range<Int>
  }

  /// A word's weight for one need.
  private struct Weight: Sendable {
    let code: Int32
    let value: Float
  }

  /// Letters that a word is cut to.
  private static let letters = 6
  private static let separator = UInt8(ascii: " ")

  private var codes: [String] = []
  private var biases: [Double] = []
  /// Where the weights of a feature stand, by the feature's hash.
  private var places: [UInt64: Range<Int>] = [:]
  private var weights: [Weight] = []

  /// A pack without the file knows none.
  static let none = NeedWeights()

  private init() {}

  /// Reads the file.
  ///
  /// - Throws: ``LanguagePackError`` naming the line.
  init(_ data: Data, file: String) throws(LanguagePackError) {
    let bytes = [UInt8](data)
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      guard add(line) else {
        throw LanguagePackError(file: file, line: number, problem: .tooFewColumns)
      }
    }
  }

  /// Adds a row; false where it is none.
  private mutating func add(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.split(separator: UInt8(ascii: "\t"))
    guard columns.count == 3 else { return false }
    switch columns[0].first {
    case UInt8(ascii: "c"):
      guard let bias = NeedWeights.integer(columns[2]) else { return false }
      codes.append(String(decoding: columns[1], as: UTF8.self))
      biases.append(Double(bias) / 100)
      return true
    case UInt8(ascii: "w"):
      let first = weights.count
      for pair in columns[2].split(separator: NeedWeights.separator) {
        guard let colon = pair.firstIndex(of: UInt8(ascii: ":")),
          let code = NeedWeights.integer(pair[..<colon]), codes.indices.contains(code),
          let value = NeedWeights.integer(pair[(colon + 1)...])
        else { return false }
        weights.append(Weight(code: Int32(code), value: Float(value) / 100))
      }
      places[NeedWeights.hash(columns[1])] = first..<weights.count
      return true
    default: return false
    }
  }

  /// A decimal integer, as far as six digits.
  private static func integer(_ digits: ArraySlice<UInt8>) -> Int? {
    let isNegative = digits.first == UInt8(ascii: "-")
    let digits = isNegative ? digits.dropFirst() : digits
    guard (1...6).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return isNegative ? -value : value
  }

  /// Whether anything was learnt of the need.
  func knows(_ code: String) -> Bool { codes.contains(code) }

  /// What the words tell, need by need; those that nothing speaks for are left out.
  func likenesses(_ tokens: [Token]) -> [Likeness] {
    guard !codes.isEmpty else { return [] }
    var sums = biases
    /// The first and last token that speak for a need.
    var firsts = [Int](repeating: .max, count: codes.count)
    var lasts = [Int](repeating: -1, count: codes.count)
    var seen: Set<UInt64> = []
    func add(_ hash: UInt64, _ from: Int, _ to: Int) {
      guard let place = places[hash], seen.insert(hash).inserted else { return }
      for weight in weights[place] {
        let code = Int(weight.code)
        sums[code] += Double(weight.value)
        guard weight.value > 0.5 else { continue }
        firsts[code] = min(firsts[code], from)
        lasts[code] = max(lasts[code], to)
      }
    }
    var previous: (hash: UInt64, index: Int)?
    for (index, token) in tokens.enumerated() where token.kind == .word {
      let stem = NeedWeights.stem(token.folded)
      let hash = NeedWeights.hash(stem)
      add(hash, index, index)
      if let previous {
        let pair = NeedWeights.hash(stem, NeedWeights.hash([NeedWeights.separator], previous.hash))
        add(pair, previous.index, index)
      }
      previous = (hash, index)
    }
    return codes.indices.compactMap { code in
      guard lasts[code] >= 0 else { return nil }
      return Likeness(
        code: codes[code], probability: 1 / (1 + exp(-sums[code])),
        tokens: firsts[code]..<lasts[code] + 1)
    }
  }

  private static func stem(_ word: String) -> Substring.UTF8View { word.prefix(letters).utf8 }

  /// FNV-1a, 64 bits.
  private static func hash(
    _ bytes: some Sequence<UInt8>, _ start: UInt64 = 0xCBF2_9CE4_8422_2325
  ) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
