import Analytics
import ArgumentParser
import Exchange
import Foundation
import Messages
import Store
import Vault

/// `acogida lake DIR`: files for analytics engines.
struct LakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lake", abstract: Help.text("help.lake"),
    discussion: Help.text("help.lake.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Option(help: Help.of("help.lake.format")) var format: [LakeFormat] = []
  @Flag(help: Help.of("help.lake.identified")) var identified = false
  @Flag(help: Help.of("help.json")) var json = false
  @Argument(help: Help.of("help.lake.folder")) var folder: String

  private struct Report: Encodable {
    let schema = "acogida.lake.run/1"
    let submissions: Int
    let erased: Int
    let files: Int
    let bytes: Int
  }

  func run() throws {
    // An empty variable in a script is no folder.
    if folder.isEmpty { throw ValidationError(Help.text("help.lake.noFolder")) }
    let context = try StoreContext(common)
    let data = try context.open(.reading)
    if identified {
      try data.noteIdentifiedReading(at: Clock.now, by: context.actor("lake"))
    }
    let source = AnalyticsSource(
      data.submissions, form: try context.form(form), isIdentified: identified)
    let lake = LakeFolder(
      URL(fileURLWithPath: folder).path, source: source, key: data.keyID,
      formats: format.isEmpty ? nil : format)
    let total = isatty(2) == 1 ? try data.submissions.count() : 0
    let progress = Progress(total: total, label: "lake", context.catalogue)
    defer { progress.clear() }
    do {
      let report = try lake.update { progress.show($0) }
      if json {
        try Output.json(
          Report(
            submissions: report.submissions, erased: report.erased, files: report.files,
            bytes: report.bytes))
      } else {
        try Output.line(
          context.catalogue.plural(
            "lake.done", report.submissions,
            ["files": String(report.files), "bytes": String(report.bytes), "path": folder]))
        if report.erased > 0 {
          StandardError.write(context.catalogue.plural("lake.erased", report.erased) + "\n")
        }
      }
    } catch let refusal as LakeRefusal {
      throw Failure(refusal)
    } catch let error as ExportError {
      throw Failure(error, path: folder)
    } catch let error as SystemError {
      throw Failure(writing: error.path, error.code)
    }
    try context.requireAllRead(in: data)
  }
}

extension LakeFormat: ExpressibleByArgument {}

extension Failure {
  init(_ refusal: LakeRefusal) {
    switch refusal {
    case .foreign(let path): self.init(key: "error.lakeForeign", ["path": path])
    case .otherIdentity: self.init(key: "error.lakeIdentity", exitCode: 2)
    case .otherFormats(let formats):
      self.init(
        key: "error.lakeFormats",
        ["formats": formats.map { "--format \($0.rawValue)" }.joined(separator: " ")], exitCode: 2)
    case .inUse: self.init(key: "error.lakeInUse", exitCode: 2)
    }
  }
}
