import Foundation
import Glibc
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// The whole program in a real terminal: keys in, screen out, files in a folder of the test's own.
@Suite struct PseudoTerminalTests {
  private func desk(
    _ folder: String, _ arguments: [String] = ["--typing"],
    size: Size = Size(rows: 24, columns: 80), environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    var settings = ["HOME": folder, "ACOGIDA_LANG": "es", "TZ": "UTC", "ACOGIDA_STAGE": "test"]
    for name in ["CONFIG", "DATA", "STATE", "CACHE"] {
      settings["XDG_\(name)_HOME"] = folder + "/" + name.lowercased()
    }
    return try PseudoTerminal(
      [PseudoTerminal.products + "/acogida", "desk"] + arguments, size: size,
      environment: settings.merging(environment) { $1 })
  }

  private func begin(_ terminal: PseudoTerminal) throws {
    try terminal.wait(for: "Antes de empezar")
    terminal.send("\r")
    try terminal.wait(for: "Identidad")
  }

  @Test func typedInterviewIsSavedAndTheTerminalRestored() throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder)
      try begin(terminal)
      #expect(terminal.screen.unknown.isEmpty)
      terminal.send("eAna Núñez Pérez\r")
      try terminal.wait(for: "✎ a Nombre")
      terminal.send("\u{1B}[Be12345678A\r")
      try terminal.wait(for: "la letra no corresponde")
      terminal.send("\u{7F}Z\r")
      try terminal.wait(for: "12345678Z")
      try terminal.save()
      terminal.send("q")
      #expect(terminal.waitForEnd() == 0)
      #expect(terminal.isCooked)
      #expect(terminal.screen.modes.isDisjoint(with: [1049, 2004, 1000]))
      let list = try PseudoTerminal(
        [PseudoTerminal.products + "/acogida", "list", "--json"],
        environment: ["HOME": folder, "XDG_DATA_HOME": folder + "/data", "ACOGIDA_STAGE": "test"])
      #expect(list.waitForEnd() == 0)
      #expect(!list.screen.text.isEmpty)
    }
  }

  @Test func pastedCommandsAreText() throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder)
      try begin(terminal)
      terminal.send("e\u{1B}[200~q\r\ns\u{3}\u{1A} Pérez\u{1B}[201~\r")
      try terminal.wait(for: "q s Pérez")
    }
  }

  @Test func resizeKeepsFocusAndWork() throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder)
      try begin(terminal)
      terminal.send("eAna\r")
      try terminal.wait(for: "✎ a Nombre")
      terminal.resize(Size(rows: 12, columns: 40))
      try terminal.wait(until: "one column") {
        $0.text.contains("Ana") && !$0.text.contains("│")
      }
      terminal.resize(Size(rows: 6, columns: 60))
      try terminal.wait(for: "40x12")
      terminal.resize(Size(rows: 30, columns: 100))
      try terminal.wait(until: "two columns") {
        $0.text.contains("✎ a Nombre") && $0.text.contains("│")
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func signalsKeepTheDraftAndRestoreTheTerminal(number: Int32) throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder)
      try begin(terminal)
      terminal.send("eAna\r")
      try terminal.wait(for: "✎ a Nombre")
      terminal.signal(number)
      #expect(terminal.waitForEnd() == 128 + number)
      #expect(terminal.isCooked)
      #expect(!terminal.screen.modes.contains(1049))
      try expectDraft(in: folder)
    }
  }

  @Test func killedAtOnceLosesNothingThatWasShown() throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder)
      try begin(terminal)
      terminal.send("eAna\r")
      try terminal.wait(for: "✎ a Nombre")
      terminal.signal(SIGKILL)
      #expect(terminal.waitForEnd() == 128 + SIGKILL)
      try expectDraft(in: folder)
    }
  }

  /// The draft goes on with what was typed.
  private func expectDraft(in folder: String) throws {
    let drafts = try FileManager.default.subpathsOfDirectory(atPath: folder + "/data")
    let names = drafts.compactMap { path in
      path.split(separator: "/").compactMap { UUID(uuidString: String($0.prefix(36))) }.first
    }
    let id = try #require(names.first).uuidString.lowercased()
    let again = try desk(folder, ["--typing", "--resume", String(id.prefix(8))])
    try again.wait(for: "✎ a Nombre")
    try again.wait(for: "Ana")
  }

  @Test(arguments: [(["TERM": "dumb"], 2), (["TERM": ""], 2)] as [([String: String], Int32)])
  func refusesWhereItCannotWork(environment: [String: String], code: Int32) throws {
    try withTemporaryFolder { folder in
      let terminal = try desk(folder, environment: environment)
      #expect(terminal.waitForEnd() == code)
      #expect(terminal.screen.text.contains("acogida"))
      #expect(terminal.isCooked)
    }
  }
}
