import Forms
import Foundation
import GRDB
import Interview
import TestSupport
import Testing
import Vault

@testable import Exchange
@testable import Store

/// An export that is interrupted goes on, and the result is what it would have been.
@Suite struct ExportResumeTests {
  private func export(_ format: ExportFormat, states: Bool = false) -> Export {
    var export = Export(form: form, options: ExportOptions(format: format, states: states))
    export.checkpointSize = 1_000
    return export
  }

  private func people(_ count: Int) throws -> [Submission] {
    try (1...count).map { try submission($0, ["full_name": .text("Nadie \($0)")]) }
  }

  /// Makes the sealed contents of a submission those of a newer program, which ends an export, or mends them.
  private func swap(_ store: SubmissionStore, _ number: Int) throws {
    try store.database.pool.write { connection in
      for (table, column) in [("submission", "sealed_row"), ("payload", "sealed")] {
        let old = try Data.fetchOne(
          connection, sql: "SELECT \(column) FROM \(table) WHERE number = ?", arguments: [number])
        var sealed = try #require(old)
        sealed[0] ^= 0x7F
        try connection.execute(
          sql: "UPDATE \(table) SET \(column) = ? WHERE number = ?", arguments: [sealed, number])
      }
    }
  }

  @Test(arguments: ExportFormat.allCases) func itGoesOnWhereItWas(format: ExportFormat) throws {
    try withStore(people(120)) { store, folder in
      _ = try export(format).write(store, to: .file(folder + "/whole"))
      try swap(store, 90)
      #expect(throws: ExportError.self) {
        try export(format).write(store, to: .file(folder + "/x"), resumes: true)
      }
      #expect(try Folder.names(in: folder) == [".x.part", ".x.part.state", "whole"])
      #expect(try mode(folder + "/.x.part") == 0o600)
      let held = try bytes(folder + "/.x.part").count
      #expect(held > 1_000)
      try swap(store, 90)
      let report = try export(format).write(store, to: .file(folder + "/x"), resumes: true)
      #expect(report.submissions == 120)
      #expect(try bytes(folder + "/x") == bytes(folder + "/whole"))
      #expect(try Folder.names(in: folder) == ["whole", "x"])
    }
  }

  @Test func otherColumnsBeginAnew() throws {
    try withStore(people(120)) { store, folder in
      try swap(store, 90)
      #expect(throws: ExportError.self) {
        try export(.csv).write(store, to: .file(folder + "/x"), resumes: true)
      }
      try swap(store, 90)
      _ = try export(.csv, states: true).write(store, to: .file(folder + "/x"), resumes: true)
      _ = try export(.csv, states: true).write(store, to: .file(folder + "/whole"))
      #expect(try bytes(folder + "/x") == bytes(folder + "/whole"))
    }
  }

  /// Who was erased meanwhile must not be in what was written before.
  @Test func anErasedSubmissionBeginsAnew() throws {
    try withStore(people(120)) { store, folder in
      try swap(store, 90)
      #expect(throws: ExportError.self) {
        try export(.csv).write(store, to: .file(folder + "/x"), resumes: true)
      }
      try swap(store, 90)
      try store.delete(identifier(3), at: 5)
      let report = try export(.csv).write(store, to: .file(folder + "/x"), resumes: true)
      #expect(report.submissions == 119)
      #expect(!String(decoding: try bytes(folder + "/x"), as: UTF8.self).contains(identifier(3)))
    }
  }
}
