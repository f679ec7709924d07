import Foundation

/// How much the words of a turn speak for each need, and how what speaks for a need adds up; learnt from labelled talk.
///
/// It knows no sentence, only words: two logistic regressions a need, one for what the person says and one for what the
/// technician says. A third, the same for all needs, weighs both with what the cues of ``NeedsReader`` found
/// (``NeedStanding``).
///
/// The file is made by `scripts/needs_weights.py`. All numbers are little-endian: the magic
/// `ACNEEDS1`; the number of codes, of features and of decision weights (UInt32 each); the names of the codes (a byte of
/// length, UTF-8); the biases of the person's and of the technician's regression (Float32 each); the decision weights, the
/// bias first (Float32); the unit of a word's weight (Float32); the FNV-1a hashes of the features, ascending (UInt64); and
/// for each feature its weights in units (Int8), for all codes in what the person says, then in what the technician says.
struct NeedWeights: Sendable {
  /// Whose words are judged.
  enum Side: Int, Sendable { case person, technician }

  /// How much a turn speaks for a need.
  struct Likeness: Sendable {
    let code: String
    /// Log-odds.
    let score: Double
    /// The words that speak for it; nil where none does.
    let tokens: Range<Int>?
  }

  private static let magic = Array("ACNEEDS1".utf8)
  /// Letters that a word is cut to, and a long one a second time.
  private static let letters = 6
  private static let fewerLetters = 4
  private static let separator = UInt8(ascii: " ")
  /// Stands before a word cut a second time.
  private static let cut = UInt8(ascii: "=")
  /// From this weight on a word is shown as evidence.
  private static let telling = 0.5

  /// Needs that it knows, in the order of the weights.
  let codes: [String]
  /// Biases by side and code.
  private let biases: [[Double]]
  /// The bias, then a weight for each part of ``NeedStanding``.
  let decision: [Double]
  private let bytes: Data
  private let unit: Double
  private let count: Int
  /// Where hashes and weights begin in the file.
  private let hashes: Int
  private let weights: Int
  /// The first row of each beginning of a hash, and one more: hashes are spread evenly.
  private let buckets: [Int32]

  /// A pack without the file knows none.
  static let none = NeedWeights()

  private init() {
    codes = []
    biases = [[], []]
    decision = []
    bytes = Data()
    unit = 1
    (count, hashes, weights) = (0, 0, 0)
    buckets = []
  }

  /// Takes the file's bytes.
  ///
  /// - Throws: ``LanguagePackError`` where they are no such file, or a part of one.
  init(_ data: Data, file: String) throws(LanguagePackError) {
    var reader = ByteReader(data)
    guard reader.bytes(NeedWeights.magic.count) == NeedWeights.magic,
      let codeCount = reader.count(below: 256), let features = reader.count(below: 1 << 24),
      let parts = reader.count(below: 256)
    else { throw LanguagePackError(file: file, line: 1, problem: .damaged) }
    codes = (0..<codeCount).compactMap { _ in reader.name() }
    biases = (0..<2).map { _ in (0..<codeCount).compactMap { _ in reader.float() } }
    decision = (0..<parts).compactMap { _ in reader.float() }
    let unit = reader.float()
    hashes = reader.place
    weights = hashes + features * 8
    let isWhole =
      codes.count == codeCount && Set(codes).count == codeCount && parts == NeedStanding.count + 1
      && biases.allSatisfy { $0.count == codeCount }
      && decision.count == parts && data.count == weights + features * 2 * codeCount
    guard isWhole, let unit else {
      throw LanguagePackError(file: file, line: 1, problem: .damaged)
    }
    self.unit = unit
    count = features
    bytes = data
    buckets = NeedWeights.buckets(data, from: hashes, count: features)
  }

  private static func buckets(_ data: Data, from start: Int, count: Int) -> [Int32] {
    var buckets: [Int32] = []
    buckets.reserveCapacity(1 << bits + 1)
    data.withUnsafeBytes { raw in
      for row in 0..<count {
        // Little-endian: the last two bytes have the first bits.
        let place = start + row * 8
        let first = (Int(raw[place + 7]) << 8 | Int(raw[place + 6])) >> (16 - bits)
        while buckets.count <= first { buckets.append(Int32(row)) }
      }
    }
    while buckets.count <= 1 << bits { buckets.append(Int32(count)) }
    return buckets
  }

  /// What a turn without any telling word says for each need, as log-odds.
  func bias(_ side: Side) -> [Double] { biases[side.rawValue] }

  /// What the words tell, for every need in the order of the codes.
  func likenesses(_ tokens: [Token], of side: Side) -> [Likeness] {
    guard !codes.isEmpty else { return [] }
    var sums = biases[side.rawValue].map { Sum(score: $0) }
    sums.withUnsafeMutableBufferPointer { sums in
      bytes.withUnsafeBytes { raw in
        for (hash, range) in NeedWeights.features(tokens) {
          guard let place = place(of: hash, raw) else { continue }
          let start = weights + (place * 2 + side.rawValue) * sums.count
          for code in sums.indices {
            sums[code].add(Double(Int8(bitPattern: raw[start + code])) * unit, range)
          }
        }
      }
    }
    return zip(codes, sums).map { code, sum in
      Likeness(
        code: code, score: sum.score, tokens: sum.last >= 0 ? sum.first..<sum.last : nil)
    }
  }

  /// Bits of a hash that choose where its row is looked for.
  private static let bits = 10

  /// What speaks for a need so far.
  private struct Sum {
    var score: Double
    /// The first token that speaks for it, and the one behind the last.
    var first = Int.max
    var last = -1

    mutating func add(_ value: Double, _ tokens: Range<Int>) {
      score += value
      guard value > NeedWeights.telling else { return }
      first = min(first, tokens.lowerBound)
      last = max(last, tokens.upperBound)
    }
  }

  /// The row of a feature; nil for unknown ones.
  private func place(of hash: UInt64, _ raw: UnsafeRawBufferPointer) -> Int? {
    let bucket = Int(hash >> (64 - NeedWeights.bits))
    var low = Int(buckets[bucket])
    var high = Int(buckets[bucket + 1])
    while low < high {
      let middle = (low + high) / 2
      let found = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: hashes + middle * 8, as: UInt64.self))
      if found == hash { return middle }
      if found < hash { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  // MARK: - Features

  /// Words cut to six letters, long ones to four too, and pairs of neighbours; each once, with its tokens.
  private static func features(_ tokens: [Token]) -> [(hash: UInt64, tokens: Range<Int>)] {
    var found: [(hash: UInt64, tokens: Range<Int>)] = []
    var seen = KeyTable(capacity: 3 * tokens.count)
    found.reserveCapacity(3 * tokens.count)
    func add(_ hash: UInt64, _ range: Range<Int>) {
      guard seen[hash] == nil else { return }
      seen[hash] = Int32(found.count)
      found.append((hash, range))
    }
    var previous: (hash: UInt64, index: Int)?
    for (index, token) in tokens.enumerated() where token.kind == .word {
      let word = token.folded.utf8
      let stem = word.prefix(letters)
      let hash = hash(stem)
      add(hash, index..<index + 1)
      if word.count > fewerLetters {
        add(self.hash(word.prefix(fewerLetters), self.hash([cut])), index..<index + 1)
      }
      if let previous {
        add(self.hash(stem, self.hash([separator], previous.hash)), previous.index..<index + 1)
      }
      previous = (hash, index)
    }
    return found
  }

  /// FNV-1a, 64 bits.
  private static func hash(
    _ bytes: some Sequence<UInt8>, _ start: UInt64 = 0xCBF2_9CE4_8422_2325
  ) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// Reads the head of a binary file; nil from where its bytes end.
private struct ByteReader {
  private let data: Data
  private(set) var place = 0

  init(_ data: Data) { self.data = data }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    guard place + count <= data.count else { return nil }
    defer { place += count }
    return Array(data[(data.startIndex + place)..<(data.startIndex + place + count)])
  }

  private mutating func word() -> UInt32? {
    bytes(4)?.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func count(below limit: Int) -> Int? {
    word().flatMap { $0 < limit ? Int($0) : nil }
  }

  mutating func float() -> Double? {
    word().map { Double(Float(bitPattern: $0)) }.flatMap { $0.isFinite ? $0 : nil }
  }

  mutating func name() -> String? {
    bytes(1)?.first.flatMap { bytes(Int($0)) }.map { String(decoding: $0, as: UTF8.self) }
  }
}
