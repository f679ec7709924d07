import TestSupport
import Testing
import Vault

@testable import Store

@Suite struct AudioSpoolTests {
  private let id = identifier(1)
  private let chunk = Int64(AudioSpool.chunkLength)

  @Test func returnsWhatWasRecorded() async throws {
    try await withFolders { directory, key in
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      try await record(0..<20_000, in: spool, frame: 1_600)
      #expect(try await sound(spool, 0..<20_000) == [0..<20_000])
      #expect(await spool.unsaved == 20_000 - 16_000)
      try await spool.close()
      let reopened = try AudioSpool(interview: id, in: directory, key: key)
      #expect(try await sound(reopened, 0..<20_000) == [0..<20_000])
      #expect(await reopened.end == 20_000)
    }
  }

  @Test(arguments: [0..<1, 7_999..<8_001, 8_000..<16_000, 3..<23_999, 24_000..<30_000, 5..<5])
  func readsARange(range: Range<Int64>) async throws {
    try await withFolders { directory, key in
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      try await record(0..<24_000, in: spool, frame: 5_000)
      let expected = range.clamped(to: 0..<24_000)
      #expect(try await sound(spool, range) == (expected.isEmpty ? [] : [expected]))
    }
  }

  @Test func offTheRecordLeavesNoBytes() async throws {
    try await withFolders { directory, key in
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      try await record(0..<10_000, in: spool, frame: 1_000)
      try await spool.flush()
      let before = try fileSize(directory)
      try await record(160_000..<170_000, in: spool, frame: 1_000)
      try await spool.close()
      #expect(await spool.extents == [0..<10_000, 160_000..<170_000])
      #expect(try fileSize(directory) - before < 10_000 * 2 + 500)
      #expect(try await sound(spool, 5_000..<165_000) == [5_000..<10_000, 160_000..<165_000])
    }
  }

  @Test func soundThatIsKnownIsNotTakenTwice() async throws {
    try await withFolders { directory, key in
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      try await record(0..<9_000, in: spool, frame: 9_000)
      try await record(4_000..<12_000, in: spool, frame: 8_000)
      try await record(0..<12_000, in: spool, frame: 12_000)
      #expect(try await sound(spool, 0..<20_000) == [0..<12_000])
    }
  }

  @Test func aCrashCostsAtMostTheOpenChunkAndResumingKeepsTheRest() async throws {
    try await withFolders { directory, key in
      let crashed = try AudioSpool(interview: id, in: directory, key: key)
      try await record(0..<30_000, in: crashed, frame: 1_600)
      let resumed = try AudioSpool(interview: id, in: directory, key: key)
      #expect(await resumed.end == 3 * chunk)
      try await record(40_000..<50_000, in: resumed, frame: 1_600)
      try await resumed.close()
      let extents = try await AudioSpool(interview: id, in: directory, key: key).extents
      #expect(extents == [0..<3 * chunk, 40_000..<50_000])
      #expect(try InterviewFile.parts(.audio, of: id, in: directory).count == 2)
    }
  }

  @Test func aDamagedChunkCostsOnlyItself() async throws {
    try await withFolders { directory, key in
      let path = try await closedFile(directory, key)
      var changed = try bytes(path)
      changed[20_000] ^= 1
      try replace(path, with: changed)
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      #expect(try await sound(spool, 0..<3 * chunk) == [0..<chunk, 2 * chunk..<3 * chunk])
      #expect(await spool.damaged == [chunk..<2 * chunk])
      #expect(await spool.isDamaged)
    }
  }

  @Test(arguments: Array(stride(from: 0, through: 48_400, by: 1_103)))
  func aCutAnywhereCostsOnlyTheTail(length: Int) async throws {
    try await withFolders { directory, key in
      let path = try await closedFile(directory, key)
      let whole = try bytes(path)
      try replace(path, with: whole.prefix(length))
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      let size = whole.count / 3
      let kept = min(Int64(length / size), 3) * chunk
      #expect(await spool.extents == (kept == 0 ? [] : [0..<kept]))
      #expect(await !spool.isDamaged)
    }
  }

  @Test func aSpoolThatIsOnlyReadMakesNoFile() async throws {
    try await withFolders { directory, key in
      let spool = try AudioSpool(interview: id, in: directory, key: key)
      #expect(try await spool.read(0..<100).isEmpty)
      try await spool.close()
      #expect(try InterviewFile.parts(.audio, of: id, in: directory).isEmpty)
    }
  }

  @Test func whatWaitsTooLongIsGivenUpAndNamed() {
    var queue = SoundQueue(end: 0, chunkLength: 100, waitingLimit: 1_000)
    for position in stride(from: Int64(0), to: 1_550, by: 50) {
      queue.append(position: position, samples: [Int16](repeating: 1, count: 50))
    }
    #expect(queue.lost == [0..<600])
    #expect(queue.waiting == 950)
    #expect(queue.next?.position == 600)
  }

  @Test(arguments: 1...30) func aQueueLosesAndInventsNothing(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var queue = SoundQueue(end: 0, chunkLength: 100, waitingLimit: .max)
    var expected: Set<Int64> = []
    var written: [RecordedSound] = []
    var position: Int64 = 0
    for _ in 0..<200 {
      position += Int64.random(in: 0...9, using: &generator) == 0 ? 37 : 0
      let count = Int64.random(in: 0...250, using: &generator)
      queue.append(position: position, samples: samples(position..<position + count))
      expected.formUnion(position..<position + count)
      position += count
      if Bool.random(using: &generator) { queue.closeChunk() }
      while Bool.random(using: &generator), let next = queue.next {
        written.append(next)
        queue.removeNext()
      }
    }
    let all = written + queue.sound
    #expect(all.allSatisfy { $0.samples == samples($0.range) && $0.samples.count <= 100 })
    #expect(all.flatMap { Array($0.range) } == expected.sorted())
  }

  /// A file of three chunks, not ended in order.
  private func closedFile(_ directory: DataDirectory, _ key: DataKey) async throws -> String {
    let spool = try AudioSpool(interview: id, in: directory, key: key)
    try await record(0..<3 * chunk, in: spool, frame: 4_000)
    let parts = try InterviewFile.parts(.audio, of: id, in: directory)
    return try #require(parts.first).path(in: directory)
  }

  private func record(_ range: Range<Int64>, in spool: AudioSpool, frame: Int64) async throws {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Int(frame)) {
      let part = start..<min(start + frame, range.upperBound)
      try await spool.append(position: start, samples: samples(part))
    }
  }

  /// The ranges read, joined, after checking every sample in them.
  private func sound(
    _ spool: AudioSpool, _ range: Range<Int64>
  ) async throws -> [Range<Int64>] {
    let pieces = try await spool.read(range)
    #expect(pieces.allSatisfy { $0.samples == samples($0.range) })
    return SoundQueue.joined(pieces.map(\.range))
  }

  /// Samples that tell their position.
  private func samples(_ range: Range<Int64>) -> [Int16] {
    range.map { Int16(truncatingIfNeeded: $0 &* 31) }
  }

  private func fileSize(_ directory: DataDirectory) throws -> Int {
    try InterviewFile.parts(.audio, of: id, in: directory)
      .map { try bytes($0.path(in: directory)).count }.reduce(0, +)
  }
}
