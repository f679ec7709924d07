import ArgumentParser
import Foundation
import Messages
import Reports
import Speakers
import Store

/// `acogida report talk`: who speaks how much, in interviews or in the meetings of a folder.
struct ReportTalkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "talk", abstract: Help.text("help.report.talk"),
    discussion: Help.text("help.report.talk.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: TalkOptions
  @OptionGroup var options: ReportOptions
  @Option(help: Help.of("help.report.talk.by")) var by: TalkTable.Grouping = .role
  @Flag(help: Help.of("help.report.talk.list")) var list = false

  func run() async throws {
    let context = try StoreContext(common)
    let catalogue = context.catalogue
    let talks = try choice.talks(context)
    var report = Report(catalogue.text("report.talk.title"))
    if by != .pitch { report.add(.text(TalkOptions.summary(talks, catalogue))) }
    if talks.count == 1, by != .pitch, let talk = talks.first {
      Self.add(talk, to: &report, catalogue)
    } else if list, by != .pitch {
      report.add(.table(TalkOptions.list(talks, catalogue)))
    } else {
      add(talks, to: &report, catalogue)
    }
    try options.write(report, catalogue)
  }

  private func add(_ talks: [Talk], to report: inout Report, _ catalogue: Catalogue) {
    let parts = TalkTable.parts(talks, by: by, catalogue)
    let clusters = TalkTable.clusters(parts)
    let least = by == .pitch ? max(options.least, PitchClass.leastGroup) : options.least
    report.add(.table(TalkTable.many(clusters, least: least, catalogue)))
    report.add(
      .boxes(catalogue.text("report.talk.spread"), TalkTable.boxes(clusters, least: least)))
    if clusters.contains(where: { $0.parts.count < least }) {
      report.add(.text(catalogue.text("report.suppressed", ["least": String(least)])))
    }
    guard by == .pitch else { return }
    let speakers = talks.reduce(0) { $0 + $1.measure.speakers.count }
    report.add(
      .text(
        catalogue.text(
          parts.isEmpty ? "report.talk.noPitch" : "report.talk.pitch",
          ["classes": String(parts.count), "speakers": String(speakers)])))
  }

  private static func add(_ talk: Talk, to report: inout Report, _ catalogue: Catalogue) {
    let measure = talk.measure
    guard !measure.speakers.isEmpty else {
      report.add(.text(catalogue.text("report.talk.noSpeakers")))
      return
    }
    report.add(.table(TalkTable.one(measure, people: talk.people, catalogue)))
    report.add(.chart(TalkTable.bars(measure, catalogue)))
    let number = { (value: Double) in Table.Cell.number(value, decimals: 1).text }
    report.add(
      .text(
        catalogue.text(
          "report.talk.silence",
          [
            "seconds": number(measure.seconds), "silence": number(measure.silence),
            "longest": number(measure.longestSilence),
          ])))
  }
}

extension TalkTable.Grouping: ExpressibleByArgument {}

/// Options that choose talks.
struct TalkOptions: ParsableArguments {
  @Argument(help: Help.of("help.report.talks")) var talks: [String] = []
  @OptionGroup var period: PeriodOptions
  @Option(help: Help.of("help.report.category", "name")) var category: String?
  @Option(help: Help.of("help.report.field", "field")) var field: String?

  /// The talks that are meant: folders of transcripts, submissions by the beginning of their identifier, or all submissions.
  ///
  /// - Throws: ``Failure``, ``StoreError``.
  func talks(_ context: StoreContext) throws -> [Talk] {
    var result: [Talk] = []
    let folders = talks.filter { Self.isFolder($0) }
    for folder in folders { result += try MeetingFolder(path: folder).talks() }
    let others = talks.filter { !Self.isFolder($0) }
    let files = others.filter { FileManager.default.fileExists(atPath: $0) }
    for file in files { result.append(try Talk(transcript: file)) }
    let prefixes = others.filter { !files.contains($0) }
    if talks.isEmpty || !prefixes.isEmpty { result += try interviews(prefixes, context) }
    if let category {
      result = result.filter { $0.category == category || $0.category.hasPrefix(category + "/") }
    }
    result = result.filter { talk in
      (period.since.map { talk.date >= Clock.day($0.start) } ?? true)
        && (period.before.map { talk.date < Clock.day($0.start) } ?? true)
    }
    guard !result.isEmpty else { throw Failure(key: "error.noTalks", exitCode: 2) }
    return result
  }

  private func interviews(_ prefixes: [String], _ context: StoreContext) throws -> [Talk] {
    let data = try context.open(.reading)
    if !prefixes.isEmpty {
      return try prefixes.map { prefix in
        Talk(
          try data.submissions.get(prefix), by: field)
      }
    }
    var result: [Talk] = []
    try data.submissions.forEach(period.filter(context.configuration)) {
      result.append(Talk($0, by: field))
    }
    context.nameUnreadable(in: data)
    return result.filter { !$0.turns.isEmpty }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// How many were analysed, and the latest of them.
  static func summary(_ talks: [Talk], _ catalogue: Catalogue) -> String {
    guard let last = talks.max(by: { ($0.analysed, $0.id) < ($1.analysed, $1.id) }) else {
      return ""
    }
    let shares = last.measure.speakers.map {
      "\(last.people[$0.speaker]?.role ?? $0.speaker) \(Table.Cell.share($0.share).text)"
    }
    return catalogue.text(
      "report.talk.summary",
      [
        "count": String(talks.count), "id": last.id, "date": last.date,
        "shares": shares.isEmpty ? "–" : shares.joined(separator: ", "),
      ])
  }

  /// A row for every talk.
  static func list(_ talks: [Talk], _ catalogue: Catalogue) -> Table {
    let title = { (name: String) in catalogue.text("report.column.\(name)") }
    var table = Table(
      "",
      [
        .init("id", title("id")), .init("category", title("category")),
        .init("date", title("date")),
        .init("seconds", title("seconds"), isNumber: true),
        .init("speakers", title("speakers"), isNumber: true),
        .init("largest_share", title("largestShare"), isNumber: true),
        .init("silence", title("silence"), isNumber: true),
      ])
    for talk in talks {
      let measure = talk.measure
      table.add([
        .text(talk.id), .text(talk.category), .text(talk.date),
        .number(measure.seconds, decimals: 1),
        .number(Double(measure.speakers.count), decimals: 0),
        measure.speakers.first.map { .share($0.share) } ?? .none,
        measure.seconds > 0 ? .share(measure.silence / measure.seconds) : .none,
      ])
    }
    return table
  }
}
