import ArgumentParser
import Foundation
import Messages
import Reports
import Tone

/// `acogida report tone`: how what was said sounds, with the words that led to it.
struct ReportToneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tone", abstract: Help.text("help.report.tone"),
    discussion: Help.text("help.report.tone.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: TalkOptions
  @OptionGroup var options: ReportOptions
  @Option(help: Help.of("help.extract.language", "language")) var language: String?

  func run() async throws {
    let context = try StoreContext(common)
    let catalogue = context.catalogue
    let reader = try context.locations.tone(language ?? context.configuration.language)
    let talks = try choice.talks(context).map { talk in
      (talk, talk.turns.map { ($0, $0.tone ?? reader.read($0.text)) })
    }
    var report = Report(catalogue.text("report.tone.title"))
    if talks.count == 1, let (talk, turns) = talks.first {
      let overall = ToneReader.overall(turns.map(\.1))
      report.add(
        .text(
          catalogue.text(
            "report.tone.one",
            ["id": talk.id, "tone": catalogue.text("tone.\(overall.rawValue)")])))
      report.add(.table(Self.turns(turns, catalogue)))
      report.add(.chart(Self.chart(turns.map(\.1.tone), catalogue)))
    } else {
      let overall = talks.map { ToneReader.overall($0.1.map(\.1)) }
      report.add(.text(catalogue.text("report.tone.many", ["count": String(talks.count)])))
      if talks.count >= options.least {
        report.add(.table(Self.talks(talks, catalogue)))
        report.add(.chart(Self.chart(overall, catalogue)))
      } else {
        report.add(.text(catalogue.text("report.suppressed", ["least": String(options.least)])))
      }
    }
    report.add(.text(catalogue.text("report.tone.caution")))
    try options.write(report, catalogue)
  }

  private static func turns(
    _ turns: [(Talk.Turn, ToneReading)], _ catalogue: Catalogue
  ) -> Table {
    let title = { (name: String) in catalogue.text("report.column.\(name)") }
    var table = Table(
      "",
      [
        .init("start", title("start"), isNumber: true), .init("speaker", title("speaker")),
        .init("tone", title("tone")), .init("words", title("words")),
      ])
    for (turn, reading) in turns {
      table.add([
        .number(turn.start, decimals: 1), turn.speaker.map { .text($0) } ?? .none,
        .text(catalogue.text("tone.\(reading.tone.rawValue)")),
        .text(reading.phrases.joined(separator: "; ")),
      ])
    }
    return table
  }

  private static func talks(
    _ talks: [(Talk, [(Talk.Turn, ToneReading)])], _ catalogue: Catalogue
  ) -> Table {
    let title = { (name: String) in catalogue.text("report.column.\(name)") }
    let tones = Tone.allCases
    var table = Table(
      "",
      [
        .init("id", title("id")), .init("category", title("category")),
        .init("date", title("date")),
        .init("tone", title("tone")), .init("turns", title("turns"), isNumber: true),
      ]
        + tones.map {
          .init($0.rawValue, catalogue.text("tone.\($0.rawValue)"), isNumber: true)
        })
    for (talk, turns) in talks {
      let overall = ToneReader.overall(turns.map(\.1))
      let count = Double(max(1, turns.count))
      table.add(
        [
          .text(talk.id), .text(talk.category), .text(talk.date),
          .text(catalogue.text("tone.\(overall.rawValue)")),
          .number(Double(turns.count), decimals: 0),
        ] + tones.map { tone in .share(Double(turns.count { $0.1.tone == tone }) / count) })
    }
    return table
  }

  private static func chart(_ tones: [Tone], _ catalogue: Catalogue) -> BarChart {
    BarChart(
      catalogue.text("report.tone.chart"),
      Tone.allCases.map { tone in
        let count = tones.count { $0 == tone }
        let share = Double(count) / Double(max(1, tones.count))
        return .init(
          catalogue.text("tone.\(tone.rawValue)"), share,
          number: "\(Table.Cell.share(share).text) (\(count))")
      }, full: 1)
  }
}

extension Locations {
  /// What reads the tone where one language is spoken; nil where several are, or it has no lexicon.
  func tone(of languages: [String]) -> ToneReader? {
    languages.count == 1 ? try? tone(languages[0]) : nil
  }

  /// What reads the tone of a language.
  ///
  /// - Throws: ``Failure`` where the language has no lexicon.
  func tone(_ language: String) throws -> ToneReader {
    let file = assets.appendingPathComponent("languages/\(language)/tone.txt")
    let text = try Failure.reading(file.path) { try String(contentsOf: file, encoding: .utf8) }
    return ToneReader(ToneLexicon(text))
  }
}
