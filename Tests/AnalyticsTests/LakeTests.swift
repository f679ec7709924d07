import Exchange
import Extraction
import Forms
import Foundation
import Interview
import Store
import TestSupport
import Testing
import Vault

@testable import Analytics

@Suite("Lake")
struct LakeTests {
  private func files(_ lake: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: lake)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.contains("/part-") }.sorted()
  }

  private func lines(_ lake: String, _ dataset: String) throws -> [String] {
    try files(lake).filter { $0.hasPrefix(dataset) && $0.hasSuffix(".jsonl") }.flatMap { name in
      String(decoding: try bytes("\(lake)/\(name)"), as: UTF8.self).split(separator: "\n")
        .map(String.init)
    }
  }

  private func folder(_ stage: Stage, _ path: String, identified: Bool = false) -> LakeFolder {
    LakeFolder(
      path, source: stage.source(identified: identified), key: stage.data.keyID,
      formats: LakeFormat.allCases)
  }

  private func need(_ stage: Stage, _ number: Int, day: Int64 = 0) throws {
    try stage.add(
      number, at: Stage.monday + day * Stage.day,
      [
        .accepted("needs", .list(["food"]), "comida,\n\"mucha\""),
        .accepted("municipality", "L'Hospitalet,\r\n\"centre\"", "=HYPERLINK"),
        .accepted("full_name", "Sentinel", "sentinel"),
      ])
  }

  @Test("what is there is not written again, and what is new is added") func idempotent() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = path + "/lake"
      for number in 1...5 { try need(stage, number, day: Int64(number / 3)) }
      #expect(try folder(stage, lake).update().submissions == 5)
      let first = files(lake)
      #expect(first.count == 12)
      let before = try first.map { try bytes("\(lake)/\($0)") }
      #expect(try folder(stage, lake).update() == LakeReport())
      #expect(files(lake) == first)
      try need(stage, 6)
      #expect(try folder(stage, lake).update().submissions == 1)
      #expect(try first.map { try bytes("\(lake)/\($0)") } == before)
      #expect(try lines(lake, "submissions").count == 6)
      #expect(try lines(lake, "fields").count == 36)
      let total = try lines(lake, "daily").filter { $0.contains(#""field":"all""#) }.reduce(0) {
        $0 + (Int($1.split(separator: ":").last?.dropLast() ?? "") ?? 0)
      }
      #expect(total == 6)
    }
  }

  @Test("two runs that count the same both count") func equalCounts() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      for number in 1...3 {
        try need(stage, number)
        _ = try folder(stage, path + "/lake").update()
      }
      let counts = try lines(path + "/lake", "daily").filter { $0.contains(#""field":"all""#) }
      #expect(counts.count == 3)
    }
  }

  @Test("who is erased later is named, and the tables leave them out") func erased() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      for number in 1...4 { try need(stage, number) }
      let ids = try stage.data.submissions.list().map(\.id).sorted()
      // Erased before the lake was begun: not in it, and not named.
      try stage.data.erase(ids[0], at: 1)
      let lake = path + "/lake"
      #expect(try folder(stage, lake).update().erased == 0)
      #expect(
        !String(decoding: try bytes(lake + "/_acogida/duckdb.sql"), as: UTF8.self).contains(
          "erased"))
      try stage.data.erase(ids[2], at: 2)
      let before = files(lake)
      #expect(try folder(stage, lake).update().erased == 1)
      #expect(try lines(lake, "erased") == [#"{"submission_id":"\#(ids[2])"}"#])
      // In both formats: the name, and what it takes off the counts.
      #expect(files(lake).count == before.count + 4)
      #expect(try folder(stage, lake).update() == LakeReport())
      for name in ["duckdb", "spark", "trino", "athena"] {
        let text = String(decoding: try bytes("\(lake)/_acogida/\(name).sql"), as: UTF8.self)
        #expect(
          text.components(separatedBy: "NOT IN (SELECT submission_id FROM erased)").count == 3)
      }
    }
  }

  /// What the files of `daily` say, added up, by folder, field and value.
  private func daily(_ lake: String, _ format: LakeFormat) throws -> [[String]: Int] {
    var sums: [[String]: Int] = [:]
    for file in files(lake) where file.hasPrefix("daily/") && file.hasSuffix(format.rawValue) {
      let lines = Array(try bytes("\(lake)/\(file)")).split(separator: UInt8(ascii: "\n"))
      let folder = file.split(separator: "/").dropLast(2).dropFirst().joined(separator: "/")
      for line in format == .csv ? lines.dropFirst() : lines[...] {
        let cells =
          format == .csv
          ? ErasedCounts.cells(line)
          : String(decoding: line, as: UTF8.self).split { "{}:,\"".contains($0) }.enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        sums[[folder, cells[0], cells[1]], default: 0] += try #require(Int(cells[2]))
      }
    }
    return sums.filter { $0.value != 0 }
  }

  /// The same of the store.
  private func kept(_ stage: Stage) throws -> [[String]: Int] {
    var counts = DailyCounts(stage.source())
    try stage.source().forEachRow { counts.add($0) }
    return Dictionary(
      uniqueKeysWithValues: counts.counts.map { key, count in
        let folder = key.partition.folder(.csv).split(separator: "/").dropLast().dropFirst()
        return ([folder.joined(separator: "/"), key.field, key.value], count)
      })
  }

  @Test("a lake keeps the formats it was begun with") func oneChoiceOfFormats() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = { (formats: [LakeFormat]?) in
        LakeFolder(
          path + "/lake", source: stage.source(), key: stage.data.keyID, formats: formats)
      }
      try need(stage, 1)
      _ = try lake([.csv]).update()
      try need(stage, 2)
      #expect(throws: LakeRefusal.otherFormats([.csv])) { _ = try lake([.jsonl]).update() }
      // Named by nobody, the lake's own.
      #expect(try lake(nil).update().submissions == 1)
      #expect(files(path + "/lake").allSatisfy { $0.hasSuffix(".csv") })
      // A lake from before formats were noted tells them by its files.
      let manifest = path + "/lake/_acogida/manifest.json"
      let text = String(decoding: try bytes(manifest), as: UTF8.self)
      let older = text.replacingOccurrences(of: #""formats":["csv"],"#, with: "")
        .replacingOccurrences(of: #","formats":["csv"]"#, with: "")
      #expect(older != text)
      try older.write(toFile: manifest, atomically: true, encoding: .utf8)
      #expect(throws: LakeRefusal.otherFormats([.csv])) {
        _ = try lake(LakeFormat.allCases).update()
      }
    }
  }

  @Test("daily counts lose who is erased, in every format", arguments: LakeFormat.allCases)
  func dailyWithoutErased(_ format: LakeFormat) throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = LakeFolder(
        path + "/lake", source: stage.source(), key: stage.data.keyID, formats: [format])
      for number in 1...7 { try need(stage, number, day: Int64(number / 3)) }
      try stage.add(8, at: Stage.monday, [.accepted("needs", .list(["food", "housing"]), "todo")])
      _ = try lake.update()
      #expect(try daily(path + "/lake", format) == kept(stage))
      let ids = try stage.data.submissions.list().map(\.id).sorted()
      // One with two needs, two of another day, and one that comes and goes between two runs.
      for id in [ids[7], ids[3], ids[2]] { try stage.data.erase(id, at: 1) }
      for number in 9...10 { try need(stage, number) }
      try stage.data.erase(stage.data.submissions.list().map(\.id).sorted()[6], at: 2)
      let report = try lake.update()
      #expect(report.erased == 4 && report.submissions == 1)
      #expect(try daily(path + "/lake", format) == kept(stage))
      #expect(try lake.update() == LakeReport())
      for id in ids.prefix(2) { try stage.data.erase(id, at: 3) }
      _ = try lake.update()
      let sums = try daily(path + "/lake", format)
      #expect(try sums == kept(stage) && sums.values.allSatisfy { $0 > 0 })
      #expect(!sums.keys.contains { $0[2] == "housing" })
    }
  }

  @Test("cells of a line that the lake wrote come back")
  func cells() {
    let cells = ["", "plain", "a,b", "say \"so\"", "\"", "x; y", "ñ"]
    var line: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      CSVCell.append(cell, to: &line)
    }
    #expect(ErasedCounts.cells((line + Array("\r".utf8))[...]) == cells)
  }

  @Test("a bucket gets the same records as a folder", arguments: LakeFormat.allCases)
  func synced(_ format: LakeFormat) throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      for number in 1...3 { try need(stage, number) }
      _ = try folder(stage, path + "/lake").update()
      let ids = try stage.data.submissions.list().reversed().map(\.id)
      let datasets: [any LakeDataset] = [FieldsDataset(isIdentified: false), DailyDataset()]
      for dataset in datasets {
        let (payload, found) = try dataset.part(
          of: ids + ["a0000000-0000-4000-8000-00000000ffff"], stage.data.submissions, Stage.form,
          format)
        let file = try #require(
          files(path + "/lake").first {
            $0.hasPrefix(dataset.name) && $0.hasSuffix(".\(format.rawValue)")
          })
        #expect(try bytes("\(path)/lake/\(file)") == payload && found == ids)
        #expect(!String(decoding: payload, as: UTF8.self).contains("entinel"))
      }
    }
  }

  @Test("the layout is Hive's, no line break stands in a CSV cell, and nobody in the files")
  func shape() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = path + "/lake"
      try need(stage, 1)
      _ = try folder(stage, lake).update()
      let folderName = "stage=dev/office=es-md-01/dt=2026-11-02/form=acogida/format=csv"
      let csv = try #require(
        files(lake).first { $0.hasPrefix("submissions/\(folderName)/part-") })
      let text = String(decoding: try bytes("\(lake)/\(csv)"), as: UTF8.self)
      #expect(text.components(separatedBy: "\r\n").count == 3)
      #expect(text.contains("\"L'Hospitalet, \"\"centre\"\"\""))
      for file in files(lake) {
        let text = String(decoding: try bytes("\(lake)/\(file)"), as: UTF8.self)
        #expect(!text.lowercased().contains("sentinel") && !text.contains("Nadia"))
        #expect(!text.replacing("\r\n", with: "").contains("\r"))
      }
      let fields = try #require(
        files(lake).first { $0.hasPrefix("fields/") && $0.hasSuffix(".csv") })
      let cells = String(decoding: try bytes("\(lake)/\(fields)"), as: UTF8.self)
      #expect(cells.contains("'=HYPERLINK"))
      for name in ["duckdb.sql", "spark.sql", "trino.sql", "athena.sql", "schema.json"] {
        #expect(try !bytes("\(lake)/_acogida/\(name)").isEmpty)
      }
    }
  }

  @Test("a run that was killed before its list is forgotten, after it is finished")
  func killed() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = path + "/lake"
      try need(stage, 1)
      _ = try folder(stage, lake).update()
      try need(stage, 2, day: 1)
      // Before: parts stand in the staging folder, and there is no list of them.
      try FileManager.default.createDirectory(
        atPath: lake + "/_acogida/staging", withIntermediateDirectories: true)
      try "rest".write(
        toFile: lake + "/_acogida/staging/0", atomically: false, encoding: .utf8)
      let other = path + "/other"
      try FileManager.default.copyItem(atPath: lake, toPath: other)
      #expect(try folder(stage, lake).update().submissions == 1)
      #expect(try lines(lake, "submissions").count == 2)
      #expect(!FileManager.default.fileExists(atPath: lake + "/_acogida/staging"))
      // After: the list is there, one of its files has its place already.
      let place =
        "submissions/stage=dev/office=a/dt=2026-11-03/form=acogida/format=jsonl/part-x.jsonl"
      let done =
        "submissions/stage=dev/office=a/dt=2026-11-03/form=acogida/format=jsonl/part-y.jsonl"
      let manifest = LakeManifest(origins: ["elsewhere/acogida": .init(through: 9, submissions: 9)])
      try LakeCommit(
        files: [
          .init(staged: "0", place: place, bytes: 4), .init(staged: "1", place: done, bytes: 4),
        ], manifest: manifest
      ).write(other + "/_acogida/commit.json")
      _ = try folder(stage, other).update()
      #expect(try bytes("\(other)/\(place)") == Array("rest".utf8))
      let kept = try LakeManifest.read(other + "/_acogida/manifest.json")
      #expect(kept.origins["elsewhere/acogida"]?.through == 9)
      #expect(!FileManager.default.fileExists(atPath: other + "/_acogida/commit.json"))
    }
  }

  @Test("what is something else, or was begun otherwise, is left alone") func refusals() throws {
    try withTemporaryFolder { (path: String) throws -> Void in
      let stage = try Stage(path)
      let lake = path + "/lake"
      try need(stage, 1)
      _ = try folder(stage, lake).update()
      #expect(throws: LakeRefusal.otherIdentity) {
        try folder(stage, lake, identified: true).update()
      }
      try #"{"schema":"acogida.lake/9"}"#.write(
        toFile: lake + "/_acogida/manifest.json", atomically: true, encoding: .utf8)
      #expect(throws: LakeRefusal.self) { try folder(stage, lake).update() }
    }
  }
}
