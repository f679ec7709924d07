import Foundation
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

/// A process that is killed while it writes: what it was told is saved must be there.
@Suite struct KillTests {
  private static let id = identifier(1)

  @Test(arguments: [1, 7, 40]) func aKilledWriterLosesNothingItSaved(batches: Int) async throws {
    try await withStage { directory in
      let root = directory.root
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [root = root as String, batches = batches as Int] in
        try await KillTests.writeUntilKilled(root: root, batches: batches)
      }
      // What the writer was told is saved, it noted in a file of its own.
      let noted = try bytes(root + "/noted").count
      #expect(noted >= batches)
      let data = try StageData.open(directory)
      let reading = try data.drafts.events(of: Self.id)
      #expect(reading.records.count >= noted)
      #expect(reading.records.enumerated().allSatisfy { $0.offset == $0.element.sequence })
      #expect(!reading.isDamaged)
      let spool = try data.drafts.audio(for: Self.id)
      #expect(await spool.end >= Int64(noted) * 3_000 - Int64(AudioSpool.chunkLength))
      #expect(await !spool.isDamaged)
      #expect(try data.submissions.count() >= noted)
      try data.check()
    }
  }

  /// Writes events, sound and submissions; a second thread kills the process at some moment after so many rounds.
  private static func writeUntilKilled(root: String, batches: Int) async throws {
    let data = try StageData.open(DataDirectory(root: root, stage: "test"))
    let journal = try data.drafts.journal(for: id, at: 0)
    let spool = try data.drafts.audio(for: id)
    let noted = try OpenFile(root + "/noted", .createNew)
    for round in 0..<10_000 {
      let event = StampedEvent(sequence: round, time: 0, elapsed: 0, event: .undone)
      try await journal.append([event])
      try await spool.append(
        position: Int64(round) * 3_000, samples: [Int16](repeating: 5, count: 3_000))
      try data.submissions.save(submission(identifier(100 + round)))
      try [UInt8(1)].withUnsafeBytes { try noted.write($0) }
      if round + 1 == batches {
        Thread.detachNewThread { kill(getpid(), SIGKILL) }
      }
    }
  }
}
