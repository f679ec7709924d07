import ArgumentParser
import Extraction
import Forms
import Foundation
import Messages

/// `acogida extract`: fields out of a transcript.
struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract", abstract: Help.text("help.extract"),
    discussion: Help.text("help.extract.about"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.extract.transcript")) var transcript = "-"
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Option(help: Help.of("help.extract.language", "language"))
  var language: String?
  @Flag(help: Help.of("help.json")) var json = false
  @Flag(help: Help.of("help.extract.explain")) var explain = false

  func run() throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    // Read while the language pack is; not waited for where the form or the pack is at fault, for nothing may be typed yet.
    let segments = ReadAhead { [transcript] in
      try TranscriptReader.segments(try Self.read(transcript)).map(
        IntakeExtractor.CutSegment.init)
    }
    let languages = try language.map(SpokenLanguage.list) ?? configuration.languages
    let definition = try FormFile.load(locations.form(form ?? configuration.form))
    var extractor = try locations.extractor(definition, languages: languages)
    if let missing = locations.packChoice(languages).missing {
      let catalogue = Catalogue.current(locations)
      StandardError.write(catalogue.text("notice.noPack", ["language": missing]) + "\n")
    }
    if let missing = locations.missingData(in: extractor.gazetteers) {
      let catalogue = Catalogue.current(locations)
      StandardError.write(catalogue.text("notice.missingData", missing) + "\n")
    }
    for segment in try segments.value() { extractor.add(segment) }
    if json {
      try Output.json(
        ExtractionReport(
          extractor.candidates, explain: explain, needParts: explain ? extractor.needParts : nil))
    } else {
      try show(extractor.candidates, definition)
    }
  }

  private static func read(_ transcript: String) throws -> String {
    try Failure.reading(transcript) {
      let data =
        transcript == "-"
        ? try FileHandle.standardInput.readToEnd() ?? Data()
        : try FileHandle(forReadingFrom: URL(fileURLWithPath: transcript)).readToEnd() ?? Data()
      // A recording, or a file of another encoding, would be read as words that nobody said.
      guard let text = String(data: data, encoding: .utf8), !data.contains(0) else {
        let line = UTF8Lines.firstWrong(data) ?? firstNull(data)
        throw Failure(key: "error.notText", ["path": transcript, "line": String(line)])
      }
      return text
    }
  }

  /// The line (from 1) of the first byte that no text has.
  private static func firstNull(_ data: Data) -> Int {
    data.prefix { $0 != 0 }.count { $0 == UInt8(ascii: "\n") } + 1
  }

  private func show(_ candidates: [FieldName: Candidate], _ form: FormDefinition) throws {
    for field in form.fields {
      guard let candidate = candidates[field.name] else { continue }
      let percent = Int((candidate.confidence * 100).rounded())
      try Output.line(
        "\(field.name)\t\(candidate.value.displayText)\t\(candidate.state.rawValue)\t\(percent) %")
      if explain { try show(candidate) }
    }
  }

  /// Rules, words with their times, checks and other readings of a value.
  private func show(_ candidate: Candidate) throws {
    try Output.line("\t\(candidate.rules.joined(separator: ", "))")
    for words in candidate.evidence {
      let time = "\(seconds(words.start))-\(seconds(words.end)) s"
      try Output.line("\t#\(words.segment) \(time) «\(words.text)»")
    }
    for check in candidate.checks {
      try Output.line("\t\(check.name): \(check.passed ? "ok" : "-")")
    }
    for other in candidate.alternatives { try Output.line("\t? \(other.value.displayText)") }
  }

  private func seconds(_ time: Double) -> String {
    let tenths = Int((time * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
