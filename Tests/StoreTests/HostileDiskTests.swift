import Foundation
import Interview
import TestSupport
import Testing
import Vault

@testable import Store

/// Full, read-only and suddenly lost disks.
@Suite struct HostileDiskTests {
  private let id = identifier(1)

  @Test(.enabled(if: TinyDisk.isPossible, "mounting a small tmpfs takes root"))
  func aFullDiskCostsTheJournalNothing() async throws {
    try await withTinyDisk { disk, directory in
      let data = try StageData.open(directory)
      let journal = try data.drafts.journal(for: id, at: 0)
      let happened = events(id)
      try await journal.append(Array(happened[..<5]))
      try disk.fill()
      let filler = events(id).last.map { Array(repeating: $0, count: 2_000) } ?? []
      await #expect(throws: (any Error).self) { try await journal.append(filler) }
      #expect(try data.drafts.events(of: id).records == Array(happened[..<5]))
      try disk.makeSpace()
      try await journal.append(Array(happened[5...]))
      let reading = try data.drafts.events(of: id)
      #expect(reading.records == happened)
      #expect(reading.damage.isEmpty)
    }
  }

  @Test(.enabled(if: TinyDisk.isPossible, "mounting a small tmpfs takes root"))
  func aFullDiskCostsTheSoundNothing() async throws {
    try await withTinyDisk { disk, directory in
      let data = try StageData.open(directory)
      let spool = try data.drafts.audio(for: id)
      try await spool.append(position: 0, samples: samples(0..<10_000))
      try disk.fill()
      await #expect(throws: StoreError.noSpace(path: directory.audio + "/\(id).audio")) {
        try await spool.append(position: 10_000, samples: samples(10_000..<40_000))
      }
      #expect(await spool.unsaved == 32_000)
      #expect(try await spool.read(0..<40_000).flatMap(\.samples) == samples(0..<40_000))
      try disk.makeSpace()
      try await spool.append(position: 40_000, samples: samples(40_000..<41_000))
      try await spool.close()
      #expect(await spool.unsaved == 0)
      #expect(await spool.lost.isEmpty)
      let reopened = try data.drafts.audio(for: id)
      #expect(try await reopened.read(0..<50_000).flatMap(\.samples) == samples(0..<41_000))
      #expect(await !reopened.isDamaged)
    }
  }

  @Test(.enabled(if: TinyDisk.isPossible, "mounting a small tmpfs takes root"))
  func aFullDiskRefusesASubmissionWhole() async throws {
    try await withTinyDisk { disk, directory in
      let data = try StageData.open(directory)
      try data.submissions.save(submission(identifier(1)))
      try disk.fill()
      let many = try (2...200).map { try submission(identifier($0)) }
      #expect(throws: StoreError.noSpace(path: directory.keyring)) {
        try data.submissions.save(many)
      }
      #expect(try data.submissions.list().map(\.id) == [identifier(1)])
      try disk.makeSpace()
      try data.submissions.save(submission(identifier(2)))
      #expect(try data.submissions.count() == 2)
      try data.check()
    }
  }

  @Test(.enabled(if: TinyDisk.isPossible, "mounting a small tmpfs takes root"))
  func aReadOnlyDiskIsNamed() async throws {
    try await withTinyDisk { disk, directory in
      do {
        let data = try StageData.open(directory)
        try data.submissions.save(submission(id))
      }
      try disk.remount("ro")
      #expect(throws: StoreError.readOnly(path: directory.lock)) { try StageData.open(directory) }
      #expect(throws: StoreError.readOnly(path: disk.path + "/other")) {
        try StageData.open(DataDirectory(root: disk.path, stage: "other"))
      }
    }
  }

  /// Runs a test's body on a disk of half a megabyte.
  private func withTinyDisk(
    _ body: (TinyDisk, DataDirectory) async throws -> Void
  ) async throws {
    try await withStage { directory in
      let disk = try TinyDisk(directory.root)
      defer { disk.unmount() }
      try await body(disk, directory)
    }
  }

  private func samples(_ range: Range<Int64>) -> [Int16] {
    range.map { Int16(truncatingIfNeeded: $0 &* 31) }
  }
}

/// A small file system in memory.
struct TinyDisk {
  struct Refused: Error {}

  let path: String

  static var isPossible: Bool { getuid() == 0 && Folder.exists("/usr/bin/mount") }

  init(_ path: String) throws {
    self.path = path
    try run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", path)
  }

  /// Leaves no byte free.
  func fill() throws {
    let file = try OpenFile(path + "/filler", .readWrite)
    let zeros = [UInt8](repeating: 0, count: 4_096)
    for _ in 0..<1_000 {
      if (try? zeros.withUnsafeBytes { try file.write($0) }) == nil { return }
    }
    throw Refused()
  }

  func makeSpace() throws { try Folder.remove(path + "/filler") }

  func remount(_ option: String) throws {
    try run("/usr/bin/mount", "-o", "remount,\(option)", path)
  }

  func unmount() { try? run("/usr/bin/umount", "-l", path) }

  private func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refused() }
  }
}
