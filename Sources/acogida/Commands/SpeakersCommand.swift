import ArgumentParser
import Foundation
import Messages
import Reports
import Speakers
import Transcription

/// `acogida speakers`: who speaks when in recordings.
struct SpeakersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speakers", abstract: Help.text("help.speakers"),
    discussion: Help.text("help.speakers.about"))

  /// How the answer is written.
  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, rttm }

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.speakers.paths")) var paths: [String]
  @Option(help: Help.of("help.speakers.count", "n")) var count: Int?
  @Option(help: Help.of("help.speakers.format")) var format: Format = .table

  func validate() throws {
    if let count, !(1...8).contains(count) {
      throw ValidationError(Help.text("help.speakers.countRange"))
    }
  }

  private struct Report: Encodable {
    let recording: String
    let talk: TalkMeasure
    let spans: [SpeakerSpan]
  }

  func run() async throws {
    let locations = Locations()
    let catalogue = Catalogue.current(locations)
    let process = try VoicesProcess(locations)
    var failed = false
    for path in paths {
      guard let answer = await process.ask(VoicesRequest(path: path, count: count)),
        let spans = answer.spans
      else {
        failed = true
        StandardError.write(catalogue.text("speakers.failed", ["path": path]) + "\n")
        continue
      }
      try show(path, spans, answer.seconds, catalogue)
    }
    await process.stop()
    if failed { throw ExitCode(1) }
  }

  private func show(
    _ path: String, _ spans: [SpeakerSpan], _ seconds: Double, _ catalogue: Catalogue
  ) throws {
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    switch format {
    case .rttm: try Output.write(RTTM.text(spans, name: name))
    case .json:
      try Output.json(
        Report(recording: path, talk: TalkMeasure(spans, length: seconds), spans: spans))
    case .table:
      if paths.count > 1 { try Output.line(path) }
      try Output.write(
        TalkTable.one(TalkMeasure(spans, length: seconds), catalogue).text(ascii: false))
    }
  }
}
