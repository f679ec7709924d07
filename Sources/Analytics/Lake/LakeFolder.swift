import Exchange
import Forms
import Foundation
import Store
import Vault

/// What a run wrote into a lake.
public struct LakeReport: Hashable, Sendable {
  /// Submissions that were new.
  public internal(set) var submissions = 0
  /// Submissions that were erased since and are named as such now.
  public internal(set) var erased = 0
  /// Files that were added.
  public internal(set) var files = 0
  /// Bytes that were added.
  public internal(set) var bytes = 0
}

/// Why nothing was written into a lake.
public enum LakeRefusal: Error, Hashable, Sendable {
  /// The folder holds something else, or a lake of a newer version; what was met.
  case foreign(String)
  /// The lake was begun with the other choice about what identifies a person.
  case otherIdentity
  /// The lake was begun with other formats; those it has.
  case otherFormats([LakeFormat])
  /// Another run works on the folder.
  case inUse
}

/// A folder of files for analytics engines: `dataset/stage=…/office=…/dt=…/form=…/format=…/part-HASH`.
///
/// Files are only added, never changed. A run takes the submissions behind the last one that the run before took. What
/// it makes stands in `_acogida/staging` until all of it is there; then the list of its files is written, and only
/// then the files get their places. A run that is killed before has done nothing, one that is killed after is
/// finished by the next.
public struct LakeFolder: Sendable {
  private let path: String
  private let source: AnalyticsSource
  /// The formats that were asked for; nil for those that the lake has, or all in a new one.
  private let asked: [LakeFormat]?
  /// Which store and form the lake's numbers belong to.
  private let origin: String

  /// Bytes that wait in memory, of all files together.
  private static let pending = 32 << 20

  /// - Parameters:
  ///   - path: the folder; made when it is missing.
  ///   - key: the stage's key: numbers of another store mean other submissions.
  ///   - formats: nil for those that the lake has, or all in a new one.
  public init(_ path: String, source: AnalyticsSource, key: KeyID, formats: [LakeFormat]? = nil) {
    self.path = path
    self.source = source
    asked = formats
    origin = "\(key)/\(source.form.id)"
  }

  private var notes: String { path + "/_acogida" }
  private var staging: String { notes + "/staging" }
  private var manifestFile: String { notes + "/manifest.json" }
  private var commitFile: String { notes + "/commit.json" }

  /// Adds what is not there yet.
  ///
  /// - Parameter progress: hears now and then how many submissions are done.
  /// - Throws: ``LakeRefusal``, ``StoreError``, ``SystemError``.
  public func update(progress: (Int) -> Void = { _ in }) throws -> LakeReport {
    try Folder.make(notes)
    let lock = try OpenFile(notes + "/lock", .readWrite)
    guard flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 else { throw LakeRefusal.inUse }
    try finish()
    do {
      return try add(progress)
    } catch {
      // A run that has not all its files has done nothing; on a full disk they would fill it.
      if !Folder.exists(commitFile) { try? FileManager.default.removeItem(atPath: staging) }
      throw error
    }
  }

  private func add(_ progress: (Int) -> Void) throws -> LakeReport {
    var manifest = try LakeManifest.read(manifestFile)
    guard manifest.isIdentified == source.isIdentified || manifest.origins.isEmpty else {
      throw LakeRefusal.otherIdentity
    }
    manifest.isIdentified = source.isIdentified
    let begun = manifest.origins.isEmpty ? nil : manifest.formats ?? olderFormats
    if let begun, let asked, Set(asked) != Set(begun) { throw LakeRefusal.otherFormats(begun) }
    let formats = begun ?? asked ?? LakeFormat.allCases
    manifest.formats = formats
    var stage = LakeStaging(staging, limit: Self.pending)
    let through = manifest.origins[origin]?.through ?? 0
    let (count, last) = try write(after: through, formats, to: &stage, progress)
    let erased = try source.submissions.erased()
    let gone = erased.subtracting(known(manifest, erased)).sorted()
    try ErasedParts.append(gone, of: source.submissions.stage, formats, to: &stage)
    try ErasedCounts(gone, in: path, source, formats).append(to: &stage)
    var report = LakeReport()
    report.submissions = count
    report.erased = gone.count
    let namesErased = !gone.isEmpty || Folder.exists(path + "/" + ErasedParts.name)
    try LakeDefinitions(
      AnalyticsTable.all(source), formats: formats, namesErased: namesErased
    ).write(into: notes)
    guard count > 0 || !gone.isEmpty else { return report }
    manifest.origins[origin] = .init(
      through: last, submissions: (manifest.origins[origin]?.submissions ?? 0) + count,
      erased: erased)
    let files = try stage.seal("\(origin)/\(last)")
    report.files = files.count
    report.bytes = files.reduce(0) { $0 + $1.bytes }
    try LakeCommit(files: files, manifest: manifest).write(commitFile)
    try finish()
    return report
  }

  /// The formats of a lake whose manifest does not name them: those of its files.
  private var olderFormats: [LakeFormat]? {
    var found: Set<LakeFormat> = []
    let files = FileManager.default.enumerator(atPath: path + "/submissions")
    while found.count < LakeFormat.allCases.count, let name = files?.nextObject() as? String {
      let format = LakeFormat.allCases.first { name.hasSuffix("." + $0.rawValue) }
      if let format { found.insert(format) }
    }
    return found.isEmpty ? nil : LakeFormat.allCases.filter(found.contains)
  }

  /// The erased interviews that need not be named: a lake that is begun now has none of them.
  private func known(_ manifest: LakeManifest, _ erased: Set<String>) -> Set<String> {
    manifest.origins[origin].map { $0.erased ?? [] } ?? erased
  }

  /// Brings a run to its end that has all its files, and removes what one left that has not.
  private func finish() throws {
    if let commit = try LakeCommit.read(commitFile) {
      for file in commit.files where Folder.exists("\(staging)/\(file.staged)") {
        let place = "\(path)/\(file.place)"
        try Folder.make((place as NSString).deletingLastPathComponent)
        try Folder.rename("\(staging)/\(file.staged)", to: place)
      }
      try LakeFile.write(JSONEncoder().encode(commit.manifest), to: manifestFile)
      try Folder.remove(commitFile)
    }
    if Folder.exists(staging) { try FileManager.default.removeItem(atPath: staging) }
  }

  private func write(
    after: Int64, _ formats: [LakeFormat], to stage: inout LakeStaging,
    _ progress: (Int) -> Void
  ) throws -> (count: Int, last: Int64) {
    var rows = SubmissionParts(source, formats)
    var counts = DailyCounts(source)
    var (count, last) = (0, after)
    let behind = source.behind(after)
    try behind.forEachRow { row in
      try rows.append(row, to: &stage)
      counts.add(row)
      count += 1
      last = max(last, row.number)
      if count % 1_024 == 0 { progress(count) }
    }
    // What was saved meanwhile belongs to the next run.
    try behind.forEachRecord { number, record in
      guard number <= last else { return }
      try FieldParts.append(record, formats, to: &stage)
    }
    try DailyParts.append(counts, formats, to: &stage)
    return (count, last)
  }
}

extension AnalyticsSource {
  /// The submissions behind one.
  fileprivate func behind(_ number: Int64) -> AnalyticsSource {
    var filter = filter
    filter.after = number
    return with(filter)
  }
}
