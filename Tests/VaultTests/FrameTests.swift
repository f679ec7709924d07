import Foundation
import TestSupport
import Testing

@testable import Vault

@Suite struct FrameTests {
  private struct Sample {
    let keys: FrameKeys
    let path: String
    let plaintexts: [[UInt8]]
    let bytes: [UInt8]
    /// Where each frame begins, and the end of the last.
    let borders: [Int]
  }

  @Test func readsWhatWasWritten() throws {
    try withSample { sample in
      let reader = try FrameReader.open(sample.path, keys: sample.keys)
      let contents = try opened(reader)
      #expect(contents == sample.plaintexts)
      let positions = reader.frames.map(\.position)
      #expect(positions == [0, 10, 20, 30])
      #expect(try damage(sample).isEmpty)
      let finished = reader.isFinished
      #expect(finished)
    }
  }

  @Test func aCutAtEveryByteCostsOnlyTheTail() throws {
    try withSample { sample in
      for length in 0..<sample.bytes.count {
        try replace(sample.path, with: Array(sample.bytes[..<length]))
        let whole = sample.borders.dropFirst().count { $0 <= length }
        let lastBorder = sample.borders[whole]
        let reader = try FrameReader.open(sample.path, keys: sample.keys)
        let contents = try opened(reader)
        #expect(contents == Array(sample.plaintexts.prefix(whole)))
        let finished = reader.isFinished
        #expect(!finished)
        let damage = reader.damage
        #expect(
          damage == (lastBorder == length ? [] : [.tail(bytes: lastBorder..<length)]))
      }
    }
  }

  @Test func everyFlippedBitIsNoticedAndCostsOneFrame() throws {
    try withSample { sample in
      for bit in 0..<sample.bytes.count * 8 {
        var changed = sample.bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        try replace(sample.path, with: changed)
        let reader = try FrameReader.open(sample.path, keys: sample.keys)
        let hit = sample.borders.lastIndex { $0 <= bit / 8 } ?? 0
        var expected = sample.plaintexts
        if hit < expected.count { expected.remove(at: hit) }
        var unreadable = 0
        let readable = reader.frames.compactMap { frame -> [UInt8]? in
          do { return try reader.contents(of: frame) } catch {
            unreadable += 1
            return nil
          }
        }
        #expect(readable == expected)
        // The mark of the end has no contents; a change of its body alone loses nothing.
        let noticed = unreadable + reader.damage.count > 0
        #expect(noticed || hit == sample.plaintexts.count)
      }
    }
  }

  @Test func framesInAnotherOrderAreNoticed() throws {
    try withSample { sample in
      let frames = zip(sample.borders, sample.borders.dropFirst()).map { sample.bytes[$0..<$1] }
      try replace(sample.path, with: Array([0, 2, 1, 3].map { frames[$0] }.joined()))
      let reader = try FrameReader.open(sample.path, keys: sample.keys)
      let damage = reader.damage
      #expect(damage == [.missing(1..<2), .displaced(sequence: 1)])
      let contents = try opened(reader)
      #expect(contents == [0, 2, 3].map { sample.plaintexts[$0] })
    }
  }

  @Test func removedAndRepeatedFramesAreNoticed() throws {
    try withSample { sample in
      let frames = zip(sample.borders, sample.borders.dropFirst()).map { sample.bytes[$0..<$1] }
      try replace(sample.path, with: Array([0, 3].map { frames[$0] }.joined()))
      #expect(try damage(sample) == [.missing(1..<3)])
      try replace(sample.path, with: Array([0, 0, 1].map { frames[$0] }.joined()))
      #expect(try damage(sample) == [.displaced(sequence: 0)])
    }
  }

  @Test func framesOfAnotherFileAreNotTaken() throws {
    try withSample { sample in
      let other = try FrameKeys(
        DataKey.random(), purpose: .audio,
        context: SealContext(table: "audio", row: "x", purpose: "1"))
      let reader = try FrameReader.open(sample.path, keys: other)
      let isEmpty = reader.frames.isEmpty
      #expect(isEmpty)
      let damage = reader.damage
      #expect(damage == [.bytes(0..<sample.bytes.count)])
    }
  }

  /// A crash leaves the beginning of a frame, or zeros; anything else at the end was done to the file.
  @Test func aDamagedEndIsNoCrash() throws {
    try withSample { sample in
      let last = sample.borders[4]
      var changed = sample.bytes
      changed[last + 30] ^= 1
      try replace(sample.path, with: changed)
      #expect(try damage(sample) == [.bytes(last..<changed.count)])
      let zeros = sample.bytes[..<last] + [UInt8](repeating: 0, count: 90)
      try replace(sample.path, with: Array(zeros))
      #expect(try damage(sample) == [.tail(bytes: last..<last + 90)])
    }
  }

  @Test(arguments: 1...40) func noiseBetweenFramesIsSteppedOver(seed: UInt64) throws {
    try withSample { sample in
      var generator = SeededGenerator(seed: seed)
      // Noise that is rich in the frames' first byte, to lead the search astray.
      let noise = generator.bytes(Int.random(in: 1...300, using: &generator))
        .map { $0 < 60 ? FrameHeader.magic[0] : $0 }
      let border = sample.borders[Int.random(in: 0..<sample.plaintexts.count, using: &generator)]
      try replace(sample.path, with: sample.bytes[..<border] + noise + sample.bytes[border...])
      let reader = try FrameReader.open(sample.path, keys: sample.keys)
      let damage = reader.damage
      #expect(damage == [.bytes(border..<border + noise.count)])
      let contents = try opened(reader)
      #expect(contents == sample.plaintexts)
    }
  }

  @Test func aFileIsNeverOpenedAgainForWriting() throws {
    try withSample { sample in
      #expect(throws: SystemError.self) {
        _ = try FrameWriter(creating: sample.path, keys: sample.keys)
      }
      let after = try bytes(sample.path)
      #expect(after == sample.bytes)
    }
  }

  private func damage(_ sample: Sample) throws -> [FrameDamage] {
    try FrameReader.open(sample.path, keys: sample.keys).damage
  }

  private func opened(_ reader: borrowing FrameReader) throws -> [[UInt8]] {
    var contents: [[UInt8]] = []
    for frame in reader.frames { contents.append(try reader.contents(of: frame)) }
    return contents
  }

  /// A finished file of four frames.
  private func withSample(_ body: (Sample) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let keys = try FrameKeys(
        DataKey.random(), purpose: .journal,
        context: SealContext(table: "journal", row: "x", purpose: "1"))
      let plaintexts: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 40), [9]]
      var writer = try FrameWriter(creating: folder + "/frames", keys: keys)
      let entries = plaintexts.enumerated().map {
        FrameWriter.Entry(position: Int64($0.offset * 10), count: 10, plaintext: $0.element)
      }
      var borders = try writer.append(Array(entries[..<2])).map(\.offset)
      borders += try writer.append(Array(entries[2...])).map(\.offset)
      try writer.finish()
      let bytes = try bytes(folder + "/frames")
      borders.append(bytes.count - FrameHeader.length - RecordCipher.overhead)
      try body(
        Sample(
          keys: keys, path: folder + "/frames", plaintexts: plaintexts, bytes: bytes,
          borders: borders))
    }
  }
}
