import Foundation
import Store
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// `acogida sql`, `lake`, `forecast`, `retrain` and `report` as a person runs them.
@Suite struct DecisionsTests {
  @Test func everyCommandAnswersAnEmptyStore() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      for command in [["sql", "SELECT 1"], ["forecast"], ["retrain"], ["report", "fields"]] {
        // A stage without anything is not made.
        #expect(try program.run(command).code == 2, "\(command)")
      }
      try program.fill(1)
      let result = try program.run(["sql", "SELECT count(*) FROM submissions", "--format", "csv"])
      #expect(result.code == 0 && result.output.contains("1"))
      let forecast = try program.run(["forecast"])
      #expect(forecast.code == 2)
      #expect(forecast.errors.contains("28"))
      // What has no forecast tells no number of people, a wrong one least of all.
      let card = try program.run(["retrain", "--json"])
      #expect(card.code == 0 && card.output.contains("forecastShort"), "\(card.errors)")
      #expect(!card.output.contains(#""people""#))
      let none = try program.run(["report", "demand", "--since", "2090-01-01"])
      #expect(none.code == 0 && none.errors.contains("No hay entrevistas"), "\(none.errors)")
      #expect(try program.run(["report", "dashboard"]).code == 0)
    }
  }

  @Test func readingWhoSomebodyIsIsNoted() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3)
      let plain = try program.run(["sql", "SELECT * FROM submissions"])
      #expect(!plain.output.contains("Sentinela"))
      let query = "SELECT full_name FROM submissions"
      #expect(try program.run(["sql", query]).code == 1)
      let named = try program.run(["sql", "--identified", query])
      #expect(named.output.contains("Sentinela"))
      let audit = try program.run(["audit", StageData.allInterviews])
      #expect(audit.code == 0 && audit.output.contains(query), "\(audit.errors)")
    }
  }

  /// The pager reads keys from the terminal, which stops whoever is not in its foreground.
  @Test func aLongAnswerGoesThroughThePager() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(1)
      let script = folder + "/pager"
      try "#!/bin/sh\necho LISTO; read -r key </dev/tty; echo \"tecla $key\"; exec head -n 3\n"
        .write(toFile: script, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
      let numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n"
      let terminal = try PseudoTerminal(
        [Program.path, "sql", numbers], size: Size(rows: 30, columns: 100),
        environment: program.environment.merging(["PAGER": script]) { $1 })
      try terminal.wait(for: "LISTO")
      terminal.send("q\r")
      try terminal.wait(for: "tecla q")
      #expect(terminal.waitForEnd() == 0)
    }
  }

  @Test func theDashboardsPageMayGoToStandardOutput() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3)
      let page = try program.run(["report", "dashboard", "--html", "-"])
      #expect(page.code == 0 && page.output.hasPrefix("<!DOCTYPE html>"), "\(page.errors)")
      let nowhere = try program.run(["lake", ""])
      #expect(nowhere.code == 64 && nowhere.errors.contains("carpeta"))
    }
  }

  @Test func aLakeIsWrittenOnce() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(30)
      let first = try program.run(["lake", folder + "/lake", "--json"])
      #expect(first.code == 0 && first.output.contains(#""submissions":30"#), "\(first.errors)")
      let second = try program.run(["lake", folder + "/lake", "--json"])
      #expect(second.output.contains(#""files":0"#))
      try "file".write(toFile: folder + "/file", atomically: true, encoding: .utf8)
      let wrong = try program.run(["lake", folder + "/file"])
      #expect(wrong.code == 1 && wrong.errors.contains(folder + "/file"), "\(wrong.errors)")
      #expect(!wrong.errors.contains("SystemError"))
    }
  }

  @Test func aWrongCalendarIsNamedWithItsLine() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3)
      try program.configure(
        """
        [forecast]
        calendar = "\(folder)/calendar.csv"
        """)
      #expect(try program.run(["forecast"]).errors.contains("calendar.csv"))
      try "from,to,kind,name\n2026-13-01,,closed,x\n".write(
        toFile: folder + "/calendar.csv", atomically: true, encoding: .utf8)
      let result = try program.run(["forecast"])
      #expect(result.code == 1)
      #expect(result.errors.contains("calendar.csv") && result.errors.contains(" 2"))
    }
  }

  @Test func whoeverIsToldGetsNumbersAlone() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3)
      try program.configure(
        """
        [notify]
        command = "cat > \(folder)/notice.json"
        """)
      _ = try program.run(["retrain"])
      let notice = String(decoding: try bytes(folder + "/notice.json"), as: UTF8.self)
      #expect(notice.contains(#""event":"retrain""#) && notice.contains(#""submissions":3"#))
      #expect(!notice.contains("Sentinela") && !notice.contains("es-md-01"))
      let card = String(
        decoding: try bytes(folder + "/data/acogida/test/forecast/card.json"), as: UTF8.self)
      #expect(card.contains("acogida.forecast.card/1") && !card.contains("Sentinela"))
    }
  }

  @Test func sendmailGetsNumbersAlone() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(3)
      let sendmail = folder + "/sendmail"
      try "#!/bin/sh\necho \"$@\" > '\(folder)/arguments'\ncat > '\(folder)/mail'\n".write(
        toFile: sendmail, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sendmail)
      try program.configure(
        """
        [notify]
        mail_to = "office@example.org"
        sendmail = "\(sendmail)"
        """)
      _ = try program.run(["retrain"])
      #expect(try bytes(folder + "/arguments") == Array("-t -i\n".utf8))
      let mail = String(decoding: try bytes(folder + "/mail"), as: UTF8.self)
      let parts = mail.components(separatedBy: "\n\n")
      #expect(parts[0].hasPrefix("To: office@example.org\nSubject: acogida test: retrain"))
      // The body is names of numbers and numbers.
      let lines = parts.dropFirst().joined().split(separator: "\n")
      #expect(lines.contains("submissions: 3"))
      #expect(
        lines.allSatisfy { line in
          let words = line.components(separatedBy: ": ")
          return words.count == 2 && Int(words[1]) != nil
            && words[0].allSatisfy { $0.isLetter || $0 == "_" }
        }, "\(mail)")
      // One that refuses is told of, and what was done stays done.
      try "#!/bin/sh\nexit 75\n".write(toFile: sendmail, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sendmail)
      #expect(try program.run(["retrain"]).errors.contains("75"))
    }
  }

  @Test func thePageNeedsNothingElse() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(20)
      #expect(try program.run(["report", "dashboard", "--html", folder + "/page.html"]).code == 0)
      let page = String(decoding: try bytes(folder + "/page.html"), as: UTF8.self)
      #expect(page.hasPrefix("<!DOCTYPE html>") && !page.contains("<script"))
      #expect(!page.contains("Sentinela"))
    }
  }

  @Test func theDeskShowsTheNumbers() throws {
    try withTemporaryFolder { (folder: String) throws -> Void in
      let program = Program(folder: folder)
      try program.fill(20, at: Int64(Date().timeIntervalSince1970 * 1_000))
      let script = """
        :wait panel
        d
        :wait Por necesidad
        :save-screen \(folder)/numbers.txt
        Esc
        :wait nueva
        q
        """
      try script.write(toFile: folder + "/script", atomically: true, encoding: .utf8)
      let result = try program.run(["desk"], environment: ["ACOGIDA_SCRIPT": folder + "/script"])
      #expect(result.code == 0, "\(result.errors)")
      let screen = String(decoding: try bytes(folder + "/numbers.txt"), as: UTF8.self)
      #expect(screen.contains("Alimentos 20") && screen.contains("Hoy 20"), "\(screen)")
      #expect(!screen.contains("Sentinela"))
    }
  }
}
