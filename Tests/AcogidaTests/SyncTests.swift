import Foundation
import Store
import TestSupport
import Testing

/// `acogida sync` as a person or a timer runs it.
@Suite(.enabled(if: HelperProcess.isAvailable, "\(HelperProcess.missing)"), .serialized)
struct SyncTests {
  private func withServer(_ body: (Program, S3Server) throws -> Void) throws {
    let helper = try HelperProcess("s3.py")
    defer { helper.end() }
    let server: S3Server = try helper.line()
    try withTemporaryFolder { folder in try body(Program(folder: folder), server) }
  }

  private func configure(
    _ program: Program, _ server: S3Server, _ settings: String = "", _ target: String = ""
  ) throws {
    try program.configure(
      """
      [sync]
      \(settings)
      [[sync.target]]
      name = "hq"
      stage = "test"
      kind = "s3"
      bucket = "\(server.bucket)"
      endpoint = "\(server.endpoint)"
      \(target)
      """)
  }

  private func keys(_ server: S3Server) -> [String: String] {
    ["AWS_ACCESS_KEY_ID": server.access_key, "AWS_SECRET_ACCESS_KEY": server.secret_key]
  }

  private func lake(_ server: S3Server) throws -> LakeCounts {
    try withTemporaryFolder { folder in
      try HelperProcess.ask("lake.py", server.arguments + [folder], LakeCounts.self)
    }
  }

  @Test func withoutATargetNothingIsSent() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let result = try program.run(["sync"])
      #expect(result.code == 2)
      #expect(result.errors.contains("la etapa «test» no tiene destino"))
    }
  }

  @Test func itSendsSaysSoAndKeepsReceipts() throws {
    try withServer { program, server in
      _ = try program.fill(30)
      try configure(program, server, "batch = 12")
      let plan = try program.run(["sync", "--dry-run"])
      #expect(plan.output.contains("hq/jsonl: se enviarían 30 registros en 3 ficheros"))
      #expect(plan.output.contains("2023-11-14  es-md-01  acogida  30"))
      #expect(try program.run(["sync"]).errors.contains("no hay credenciales"))
      let sync = try program.run(["sync"], environment: keys(server))
      #expect(sync.code == 0, "\(sync.errors)")
      #expect(sync.output.contains("hq/csv: 30 registros enviados en 3 ficheros"))
      #expect(!sync.output.contains("Sentinela") && !sync.errors.contains("Sentinela"))
      let again = try program.run(["sync", "--json"], environment: keys(server))
      #expect(again.output.contains("\"sent\":0") && again.output.contains("\"unsent\":0"))
      let receipts = try program.run(["receipts", identifier(7)])
      #expect(receipts.output.split(separator: "\n").count == 6)
      #expect(
        receipts.output.contains("s3://lake/submissions/stage=test/office=es-md-01/dt=2023-11-14/"))
      #expect(try program.run(["status"]).output.contains("hq/csv: 30 enviados, 0 sin enviar"))
      let counts = try lake(server)
      #expect(counts.rows == ["csv": 30, "jsonl": 30])
      #expect(counts.distinct == ["csv": 30, "jsonl": 30])
      // The bucket and SQLite tell the same.
      let sql = { (query: String) in
        let answer = try program.run(["sql", query, "--format", "csv"])
        return Int(answer.output.split(whereSeparator: \.isNewline).last ?? "")
      }
      let fields = try sql("SELECT count(*) FROM fields")
      #expect(fields != nil && counts.fields == ["csv": fields, "jsonl": fields])
      let typed = try sql("SELECT count(*) FROM fields WHERE outcome = 'typed'")
      #expect(typed == 90 && counts.typed == ["csv": typed, "jsonl": typed])
      #expect(counts.daily == ["csv": 30, "jsonl": 30])
    }
  }

  /// Killed again and again in the middle, and once more: every submission is there, and once.
  @Test func aKilledSyncLosesNothingAndDoublesNothing() throws {
    try withServer { program, server in
      let data = try program.fill(400)
      try configure(program, server, "batch = 12")
      for goal in [1, 100, 450, 900, 1_500, 2_300] {
        let run = try program.start(["sync"], environment: keys(server)).process
        while run.isRunning, try sent(data) < goal {}
        kill(run.processIdentifier, SIGKILL)
        run.waitUntilExit()
      }
      #expect(try data.outbox.counts("hq/daily/csv").unsent > 0)
      #expect(try program.run(["sync"], environment: keys(server)).code == 0)
      let counts = try lake(server)
      #expect(counts.rows == ["csv": 400, "jsonl": 400])
      #expect(counts.distinct == ["csv": 400, "jsonl": 400])
      #expect(counts.daily == ["csv": 400, "jsonl": 400])
      #expect(counts.typed == ["csv": 1_200, "jsonl": 1_200])
    }
  }

  /// All channels together.
  private func sent(_ data: StageData) throws -> Int {
    try ["", "fields/", "daily/"].flatMap { ["hq/\($0)jsonl", "hq/\($0)csv"] }.reduce(0) {
      try $0 + data.outbox.counts($1).sent
    }
  }

  @Test func aWrongSecretIsSaidAndTheNextRunSendsAll() throws {
    try withServer { program, server in
      _ = try program.fill(3)
      try configure(program, server)
      var wrong = keys(server)
      wrong["AWS_SECRET_ACCESS_KEY"] = "wrong"
      let refused = try program.run(["sync"], environment: wrong)
      #expect(refused.code == 1)
      #expect(refused.errors.contains("el servidor no reconoce las credenciales"))
      #expect(refused.errors.contains("SignatureDoesNotMatch"))
      #expect(!refused.errors.contains("wrong"))
      #expect(try program.run(["sync"], environment: keys(server)).code == 0)
    }
  }

  @Test func credentialsMayBeInTheUsualFiles() throws {
    try withServer { program, server in
      _ = try program.fill(3)
      try configure(program, server, "", "profile = \"sede\"")
      let folder = program.folder + "/.aws"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let text = """
        [default]
        aws_access_key_id = nobody
        aws_secret_access_key = nothing

        [sede]
        aws_access_key_id = \(server.access_key)
        aws_secret_access_key = \(server.secret_key)

        """
      try text.write(toFile: folder + "/credentials", atomically: true, encoding: .utf8)
      #expect(try program.run(["sync"]).code == 0)
    }
  }

  @Test func whatIsSealedHeadquartersOpen() throws {
    try withServer { program, server in
      _ = try program.fill(5)
      let made = try program.run(["key", "organisation", program.folder])
      #expect(made.code == 0)
      #expect(try mode(program.folder + "/organisation.key") == 0o600)
      #expect(try program.run(["key", "organisation", program.folder]).code == 1)
      try configure(program, server, "organisation_key = \"\(program.folder)/organisation.pub\"")
      #expect(try program.run(["sync"], environment: keys(server)).code == 0)
      let lake = program.folder + "/lake"
      _ = try HelperProcess.ask("lake.py", server.arguments + [lake], LakeCounts.self)
      for name in FileManager.default.enumerator(atPath: lake)?.compactMap({ $0 as? String }) ?? []
      where name.hasSuffix(".sealed") {
        #expect(
          !String(decoding: try bytes(lake + "/" + name), as: UTF8.self).contains("Sentinela"))
      }
      let opened = program.folder + "/opened"
      let unseal = try program.run([
        "unseal", lake, "--key", program.folder + "/organisation.key", "--out", opened,
      ])
      #expect(unseal.code == 0 && unseal.errors.contains("6 ficheros abiertos"))
      let files = FileManager.default.enumerator(atPath: opened)?.compactMap { $0 as? String } ?? []
      let csv = try #require(files.first { $0.hasPrefix("submissions/") && $0.hasSuffix(".csv") })
      let text = String(decoding: try bytes(opened + "/" + csv), as: UTF8.self)
      // One line a submission: no line break in a cell.
      #expect(
        text.split(separator: "\r\n").count == 6 && text.contains("Sentinela 3 de dos líneas"))
      // Any libsodium opens it.
      let other: LibraryOpened = try HelperProcess.ask(
        "unseal.py", [program.folder + "/organisation.key", lake])
      #expect(other.opened == 6)
      let stranger = program.folder + "/other"
      try FileManager.default.createDirectory(
        atPath: stranger, withIntermediateDirectories: false)
      #expect(try program.run(["key", "organisation", stranger]).code == 0)
      let wrong = try program.run([
        "unseal", lake, "--key", stranger + "/organisation.key", "--out", stranger,
      ])
      #expect(wrong.code == 1 && wrong.errors.contains("no se abre con esta clave"))
    }
  }

  private struct LibraryOpened: Decodable { let opened: Int }

  @Test(
    arguments: [
      ("endpoint = \"http://s3.example.org\"", "no va cifrado"),
      ("endpoint = \"s3.example.org\"", "endpoint"), ("kind = \"ftp\"", "kind"),
      ("stage = \"Prod!\"", "Prod!"), ("formats = [\"parquet\"]", "formats"),
      ("datasets = [\"people\"]", "people"),
      ("nonsense = 1", "nonsense"),
    ]) func mistakesInTheConfigurationAreNamed(line: String, words: String) throws
  {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let name = line.prefix { $0 != " " }
      let lines = ["name = \"hq\"", "stage = \"test\"", "kind = \"s3\"", "bucket = \"b\""]
      let text = (["[[sync.target]]"] + lines.filter { !$0.hasPrefix(name) } + [line])
        .joined(separator: "\n")
      try text.write(toFile: folder + "/c.toml", atomically: true, encoding: .utf8)
      let result = try program.run(["sync", "--config", folder + "/c.toml"])
      #expect(result.code != 0 && result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test func productionCannotBeWrittenFromAnotherStage() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let target = { (stage: String) in
        """
        [[sync.target]]
        name = "hq"
        stage = "\(stage)"
        kind = "s3"
        bucket = "intake"
        endpoint = "https://s3.example.org"

        """
      }
      let file = folder + "/c.toml"
      try (target("prod") + target("test")).write(toFile: file, atomically: true, encoding: .utf8)
      let result = try program.run(["sync", "--config", file])
      #expect(result.code == 1 && result.errors.contains("otra etapa ya usa intake"))
      try target("prod").write(toFile: file, atomically: true, encoding: .utf8)
      let other = try program.run(["sync", "--config", file])
      #expect(other.code == 2 && other.errors.contains("no tiene destino"))
    }
  }
}
