import Exchange
import Forms
import Foundation
import Store
import Vault

/// What erased submissions had added to the dataset `daily`, found in the lake's own files: the store has nothing of them.
///
/// A run writes it with a minus, so that the sum of `daily` is again the number of submissions that are not erased.
struct ErasedCounts {
  private struct Item: Hashable, Comparable {
    let field: String
    let value: String

    static func < (a: Item, b: Item) -> Bool { (a.field, a.value) < (b.field, b.value) }
  }

  private let gone: Set<String>
  /// Fields whose items are counted.
  private let fields: Set<String>
  /// By folder of `daily`.
  private var counts: [String: (format: LakeFormat, items: [Item: Int])] = [:]

  /// Looks through the files of one stage and form.
  ///
  /// - Parameters:
  ///   - ids: submissions that were erased; those that the lake does not have count nothing.
  ///   - lake: its folder.
  init(_ ids: [String], in lake: String, _ source: AnalyticsSource, _ formats: [LakeFormat]) throws
  {
    gone = Set(ids)
    fields = DailyCounts.fields(source)
    guard !gone.isEmpty else { return }
    let stage = "stage=" + LakePartition.encode(source.submissions.stage)
    let form = "form=" + LakePartition.encode(source.form.id)
    for format in formats {
      for folder in try Self.folders("submissions/\(stage)", in: lake)
      where folder.hasSuffix("/\(form)/format=\(format.rawValue)") {
        for name in try Folder.names(in: "\(lake)/\(folder)") where name.hasPrefix("part-") {
          try read("\(lake)/\(folder)/\(name)", of: folder, format)
        }
      }
    }
  }

  /// Writes the counts with a minus.
  func append(to stage: inout LakeStaging) throws {
    for (folder, part) in counts.sorted(by: { $0.key < $1.key }) {
      let header = { RecordText.header(DailyParts.columns, part.format) }
      for (item, count) in part.items.sorted(by: { $0.key < $1.key }) {
        try stage.append(folder, part.format, header: header) {
          DailyParts.append(item.field, item.value, -count, part.format, to: &$0)
        }
      }
    }
  }

  /// The folders office, day, form and format below the one of a stage.
  private static func folders(_ stage: String, in lake: String) throws -> [String] {
    try (0..<4).reduce([stage]) { folders, _ in
      try folders.flatMap { folder in
        try Folder.names(in: "\(lake)/\(folder)").filter { $0.contains("=") }.map {
          "\(folder)/\($0)"
        }
      }
    }
  }

  private mutating func read(_ path: String, of folder: String, _ format: LakeFormat) throws {
    let place = "daily" + folder.dropFirst("submissions".count)
    var header: [String] = []
    for line in try Array(LakeFile.read(path)).split(separator: UInt8(ascii: "\n")) {
      if format == .csv, header.isEmpty {
        header = Self.cells(line)
        continue
      }
      // Every record begins with its identifier, in JSON behind the name of the column.
      let start = format == .csv ? 0 : #"{"submission_id":""#.utf8.count
      let id = line.dropFirst(start).prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }
      guard gone.contains(String(decoding: id, as: UTF8.self)) else { continue }
      add(Item(field: DailyCounts.everything, value: DailyCounts.everything), place, format)
      for (field, values) in try format == .csv ? lists(header, line) : lists(line) {
        for value in values { add(Item(field: field, value: value), place, format) }
      }
    }
  }

  private mutating func add(_ item: Item, _ place: String, _ format: LakeFormat) {
    counts[place, default: (format, [:])].items[item, default: 0] += 1
  }

  private func lists(_ line: ArraySlice<UInt8>) throws -> [(String, [String])] {
    var lists: [(String, [String])] = []
    var scanner = JSONScanner(line)
    try scanner.object { scanner, key in
      guard fields.contains(key), scanner.kind() == UInt8(ascii: "[") else {
        return try scanner.skip()
      }
      var items: [String] = []
      try scanner.array { items.append(try $0.string()) }
      lists.append((key, items))
    }
    return lists
  }

  private func lists(_ header: [String], _ line: ArraySlice<UInt8>) -> [(String, [String])] {
    zip(header, Self.cells(line)).filter { fields.contains($0.0) && !$0.1.isEmpty }.map {
      ($0.0, $0.1.components(separatedBy: "; "))
    }
  }

  /// The cells of a line of CSV as the lake writes it: no line breaks in cells.
  static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    var before: UInt8 = 0
    for byte in line where byte != UInt8(ascii: "\r") {
      switch byte {
      case UInt8(ascii: "\""):
        // A quote behind the one that seemed to end the cell belongs to it.
        if !isQuoted, before == byte { cells[cells.count - 1].append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: cells.append([])
      default: cells[cells.count - 1].append(byte)
      }
      before = byte
    }
    return cells.map { String(decoding: $0, as: UTF8.self) }
  }
}
