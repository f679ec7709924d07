import Foundation
import GRDB
import Store

/// Starts workers, kills them, and verifies after each.
struct Torture {
  let kills: Int
  let seed: UInt64
  private var random: Seeded
  private var problems: [String] = []
  private var acknowledged = 0
  private var migrations = 0
  private var rotations = 0
  private var syncs = 0
  private var slowest = 0.0

  init(kills: Int, seed: UInt64) {
    self.kills = kills
    self.seed = seed
    random = Seeded(seed)
  }

  /// Runs all rounds and prints the figures; whether nothing was lost.
  mutating func run() async throws -> Bool {
    var round = 0
    while round < kills {
      let root = NSTemporaryDirectory() + "acogida-torture-\(getpid())-\(round)"
      try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: root) }
      var expectation = Expectation()
      // A store lives for some rounds, so that every kill meets what earlier ones left.
      for _ in 0..<min(25, kills - round) {
        if round % 9 == 4 {
          try takeBackMigrations(root)
          expectation.forgetSent()
        }
        try kill(root, round, &expectation)
        let start = ContinuousClock.now
        let found = try await expectation.verify(root)
        slowest = max(slowest, (ContinuousClock.now - start) / .seconds(1))
        problems += found.map { "round \(round): \($0)" }
        for problem in found { print("round \(round): \(problem)") }
        round += 1
        guard found.isEmpty else { break }
      }
      acknowledged += expectation.acknowledged
    }
    print(
      """
      kills \(kills), seed \(seed): \(acknowledged) acknowledged operations, \(problems.count) lost or changed
      schemas taken back and migrated again \(migrations), keys rotated \(rotations), synchronised \(syncs) times, slowest recovery with \
      verification \(String(format: "%.2f", slowest)) s
      """)
    return problems.isEmpty
  }

  /// Runs a worker for up to half a second and kills it.
  private mutating func kill(
    _ root: String, _ round: Int, _ expectation: inout Expectation
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--work", root, String(seed &* 1_000_003 &+ UInt64(round))]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    // Half of the kills come while the store is being opened or just after.
    let limit: UInt32 = Bool.random(using: &random) ? 60_000 : 500_000
    usleep(UInt32.random(in: 0...limit, using: &random))
    Foundation.kill(process.processIdentifier, SIGKILL)
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
      if line == "rotate" { rotations += 1 }
      if line.hasPrefix("sync") { syncs += 1 }
      if line.hasPrefix("! open") { problems.append("round \(round): \(line)") }
      expectation.take(line)
    }
  }

  /// Makes the database one of the first version, so that the next start migrates it.
  private mutating func takeBackMigrations(_ root: String) throws {
    let path = root + "/torture/acogida.sqlite"
    guard FileManager.default.fileExists(atPath: path) else { return }
    let queue = try DatabaseQueue(path: path)
    try queue.write { connection in
      guard try connection.tableExists("exported") else { return }
      try connection.execute(
        sql: """
          DROP TRIGGER submission_person_erased; DROP TRIGGER submission_erased;
          DROP TABLE exported; DROP TABLE audit; DROP TABLE person; DROP TABLE parcel_submission; DROP TABLE parcel;
          ALTER TABLE submission DROP COLUMN words_removed;
          ALTER TABLE submission DROP COLUMN office;
          DELETE FROM meta WHERE name = 'people';
          DELETE FROM grdb_migrations WHERE identifier <> '1 submissions';
          """)
    }
    try queue.close()
    try? FileManager.default.removeItem(atPath: root + "/lake")
    migrations += 1
  }
}
