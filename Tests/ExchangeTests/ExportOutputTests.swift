import Foundation
import GRDB
import TestSupport
import Testing
import Vault

@testable import Exchange
@testable import Store

@Suite struct ExportOutputTests {
  @Test func theFileIsPrivateAndNothingElseStays() throws {
    try withStore([submission(1, [:])]) { store, folder in
      _ = try Export(form: form, options: .init()).write(store, to: .file(folder + "/out.csv"))
      #expect(try mode(folder + "/out.csv") == 0o600)
      #expect(try Folder.names(in: folder) == ["out.csv"])
    }
  }

  @Test func aFailureLeavesTheOldFile() throws {
    struct Interrupted: Error {}
    try withStore([]) { _, folder in
      let path = folder + "/out.csv"
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: Interrupted.self) {
        try ExportDestination.file(path).write { output in
          output.buffer.append(1)
          try output.flush()
          throw Interrupted()
        }
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(try Folder.names(in: folder) == ["out.csv"])
    }
  }

  @Test(arguments: ExportFormat.allCases)
  func aCancelledExportLeavesTheOldFile(format: ExportFormat) async throws {
    let many = try (1...3000).map { try submission($0, [:]) }
    try await withTemporaryFolder { root in
      let data = try StageData.open(DataDirectory(root: root + "/data", stage: "test"))
      try data.submissions.save(many)
      let folder = root + "/out"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      let path = folder + "/out"
      try "old".write(toFile: path, atomically: true, encoding: .utf8)
      // It cancels itself in the middle: at the first progress.
      let task = Task {
        _ = try Export(form: form, options: ExportOptions(format: format)).write(
          data.submissions, to: .file(path)
        ) { _ in withUnsafeCurrentTask { $0?.cancel() } }
      }
      await #expect(throws: ExportError.cancelled) { try await task.value }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      #expect(try Folder.names(in: folder) == ["out"])
    }
  }

  @Test func aLinkIsFollowedAndNotReplaced() throws {
    try withStore([]) { store, folder in
      try "old".write(toFile: folder + "/real", atomically: true, encoding: .utf8)
      #expect(symlink(folder + "/real", folder + "/link") == 0)
      _ = try Export(form: form, options: .init()).write(store, to: .file(folder + "/link"))
      #expect(try String(contentsOfFile: folder + "/real", encoding: .utf8).hasPrefix("submission"))
      let link = try FileManager.default.attributesOfItem(atPath: folder + "/link")
      #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
    }
  }

  @Test func aDeviceIsWrittenAndStays() throws {
    try withStore([submission(1, [:])]) { store, _ in
      let report = try Export(form: form, options: .init()).write(store, to: .file("/dev/null"))
      #expect(report.submissions == 1)
      #expect(throws: ExportError.noSpace(path: "/dev/full")) {
        try Export(form: form, options: .init()).write(store, to: .file("/dev/full"))
      }
    }
  }

  @Test func aMissingFolderIsNamed() throws {
    try withStore([]) { store, folder in
      let error = #expect(throws: ExportError.self) {
        try Export(form: form, options: .init()).write(store, to: .file(folder + "/no/out.csv"))
      }
      guard case .system(let error) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(error.code == ENOENT && error.path.hasPrefix(folder + "/no/"))
    }
  }

  @Test func aChangedSubmissionIsLeftOutAndNamed() throws {
    try withStore([submission(1, [:]), submission(2, [:])]) { store, folder in
      try store.database.pool.write {
        try $0.execute(sql: "UPDATE submission SET sealed_row = zeroblob(80) WHERE number = 2")
      }
      let report = try Export(form: form, options: .init())
        .write(store, to: .file(folder + "/out.csv"))
      #expect(report.submissions == 1)
      let text = try String(contentsOfFile: folder + "/out.csv", encoding: .utf8)
      #expect(text.contains(identifier(1)) && !text.contains(identifier(2)))
      #expect(store.unreadable.map(\.id) == [identifier(2)])
    }
  }
}
