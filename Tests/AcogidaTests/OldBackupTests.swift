import Foundation
import Store
import TestSupport
import Testing

/// Records that should not be readable, or are not, with the real program.
@Suite struct OldBackupTests {
  private func copy(_ from: String, _ to: String) throws {
    try? FileManager.default.removeItem(atPath: to)
    try FileManager.default.copyItem(atPath: from, toPath: to)
  }

  @Test func anErasedOneInAnOldDatabaseIsNamedAndTheRestIsExported() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      try program.fill(3)
      let database = program.data + "/acogida.sqlite"
      try copy(database, folder + "/old.sqlite")
      let id = identifier(2)
      #expect(try program.run(["erase", id, "--yes"]).code == 0)
      try copy(folder + "/old.sqlite", database)
      for arguments in [
        ["export"], ["export", "--format", "jsonl"],
        ["sql", "SELECT submission_id FROM submissions"],
        ["report", "demand"], ["lake", folder + "/lake"],
      ] {
        let result = try program.run(arguments)
        #expect(result.code == 1, "\(arguments)")
        #expect(result.errors.contains("acogida erase \(id)"), "\(arguments) \(result.errors)")
        #expect(!result.output.contains(id) && !result.output.isEmpty, "\(arguments)")
        if arguments[0] == "export" {
          #expect(result.output.contains(identifier(1)) && result.output.contains(identifier(3)))
        }
      }
      let again = try program.run(["erase", id, "--yes"])
      #expect(again.code == 0 && again.errors.contains("ya se había borrado"), "\(again.errors)")
      #expect(try program.run(["export"]).code == 0)
    }
  }

  @Test func whoRefusesTheDataIsNotInTheAuditTrail() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let lines = "sí\nnombre = Retira Todo Zumárraga\nconsentimiento\nno\nguardar\nsí\n\n"
      let desk = try program.run(["desk", "--plain", "--typing"], input: lines)
      #expect(desk.output.contains("Entrevista guardada"))
      let id = try String(program.run(["list"]).output.prefix(36))
      let commands = [
        ["export", "--person", id, "--all"], ["audit", id, "--verify"], ["export"], ["show", id],
      ]
      for arguments in commands {
        let result = try program.run(arguments)
        #expect(result.code == 0, "\(arguments) \(result.errors)")
        #expect(!(result.output + result.errors).contains("Zumárraga"), "\(arguments)")
      }
      #expect(try program.run(["audit", id]).output.contains("sin permiso sobre los datos"))
    }
  }
}
