import Foundation
import TerminalTestSupport
import TestSupport
import Testing

/// Nothing personal is anywhere in clear: not while the program runs, not after it is killed.
@Suite struct SecrecyTests {
  private let sentinels = ["Zzyxwvut", "Qqwwkk"]

  /// Every byte of every file under the program's folders.
  private func files(_ program: Program) throws -> [String: Data] {
    var found: [String: Data] = [:]
    let walk = FileManager.default.enumerator(atPath: program.folder)
    while let name = walk?.nextObject() as? String {
      let path = program.folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      found[path] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return found
  }

  private func expectSecrecy(_ program: Program) throws -> Int {
    let files = try files(program)
    for (path, contents) in files {
      for sentinel in sentinels {
        for form in [sentinel, sentinel.lowercased(), sentinel.uppercased()] {
          #expect(contents.range(of: Data(form.utf8)) == nil, "\(form) in \(path)")
          let wide = Data(form.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
          #expect(contents.range(of: wide) == nil, "\(form) as UTF-16 in \(path)")
        }
      }
      for sentinel in sentinels { #expect(!path.contains(sentinel)) }
    }
    return files.count
  }

  @Test func whatIsTypedIsNowhereInClear() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      // Temporary files, logs and the caches of libraries are made here too.
      let settings = ["TMPDIR": folder + "/tmp", "SQLITE_TMPDIR": folder + "/tmp"]
      try FileManager.default.createDirectory(
        atPath: folder + "/tmp", withIntermediateDirectories: true)
      let desk = try program.desk(["--typing"], environment: settings)
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "Identidad")
      desk.send("e\(sentinels[0]) \(sentinels[1])\r")
      // The mark comes when the value is kept; the words alone stand in the editor before.
      try desk.wait(for: "✎ a Nombre", seconds: 60)
      #expect(try expectSecrecy(program) >= 6)
      desk.signal(SIGKILL)
      _ = desk.waitForEnd()
      #expect(try expectSecrecy(program) >= 6)

      let id = String(try program.run(["recover"]).output.prefix(36))
      let again = try program.desk(["--typing", "--resume", id], environment: settings)
      try again.wait(for: sentinels[0], seconds: 60)
      again.send("ss")
      try again.wait(for: "Entrevista guardada", seconds: 60)
      #expect(try expectSecrecy(program) >= 6)
      again.signal(SIGKILL)
      _ = again.waitForEnd()
      #expect(try expectSecrecy(program) >= 6)
      // The values are there for whoever has the key.
      #expect(try program.run(["show", id]).output.contains(sentinels[0]))
      #expect(try program.run(["audit", id, "--verify"]).code == 0)
    }
  }

  @Test func aCrashLeavesNoMemoryInAFile() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let desk = try program.typedInterview()
      let pid = desk.process
      let limits = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)
      let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
      #expect(core?.split(separator: " ").dropFirst(4).first == "0")
      let filter = try String(contentsOfFile: "/proc/\(pid)/coredump_filter", encoding: .utf8)
      #expect(Int(filter.trimmingCharacters(in: .whitespacesAndNewlines), radix: 16) == 0)
    }
  }
}
