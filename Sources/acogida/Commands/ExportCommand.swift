import ArgumentParser
import Exchange
import Forms
import Foundation
import Messages
import Store

/// `acogida export`: submissions for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: Help.text("help.export"),
    discussion: Help.text("help.export.about"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var period: PeriodOptions
  @Option(help: Help.of("help.export.format")) var format: ExportFormat = .csv
  @Option(help: Help.of("help.export.out", "file")) var out = "-"
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Flag(help: Help.of("help.export.unconfirmed")) var unconfirmed = false
  @Flag(help: Help.of("help.export.states")) var states = false
  @Flag(help: Help.of("help.export.hxl")) var hxl = false
  @Flag(help: Help.of("help.export.bom")) var bom = false
  @Flag(help: Help.of("help.export.redact")) var redact = false
  @Flag(help: Help.of("help.export.resume")) var resume = false
  @Flag(help: Help.of("help.export.noDictionary")) var noDictionary = false
  @Option(help: Help.of("help.export.person", "id")) var person: String?
  @Flag(help: Help.of("help.export.all")) var all = false

  func run() throws {
    if resume, out == "-" { throw Failure(key: "error.resumeNeedsOut", exitCode: 64) }
    let context = try StoreContext(common)
    if let person { return try PersonRecord.export(person, all: all, to: out, context) }
    let definition = try context.form(form)
    let data = try context.open(.reading)
    let options = ExportOptions(
      format: format, filter: period.filter(context.configuration), states: states, hxl: hxl,
      byteOrderMark: bom, withoutIdentity: redact, unconfirmed: unconfirmed)
    do {
      let report = try write(data, definition, options, context)
      if out != "-", !noDictionary {
        let dictionary = ColumnDictionary(
          form: definition, options: options, stage: context.configuration.stage)
        _ = try dictionary.write(beside: out, at: Clock.universal)
      }
      options.noteComplete(report, form: definition, in: data)
      tell(report, context.catalogue)
    } catch .readerGone {
      throw Output.ReaderGone()
    } catch {
      throw Failure(error, path: out)
    }
    try context.requireAllRead(in: data)
  }

  private func write(
    _ data: StageData, _ definition: FormDefinition, _ options: ExportOptions,
    _ context: StoreContext
  ) throws(ExportError) -> ExportReport {
    var filter = options.filter
    filter.form = definition.id
    let total: Int
    do { total = isatty(2) == 1 ? try data.submissions.count(filter) : 0 } catch {
      throw .store(error)
    }
    let progress = Progress(total: total, label: format.rawValue, context.catalogue)
    defer { progress.clear() }
    return try Export(form: definition, options: options).write(
      data.submissions, to: out == "-" ? .standardOutput : .file(out), resumes: resume
    ) { progress.show($0) }
  }

  private func tell(_ report: ExportReport, _ catalogue: Catalogue) {
    if out != "-" {
      StandardError.write(
        catalogue.plural("export.done", report.submissions, ["path": out]) + "\n")
    }
    if report.unconfirmed > 0 {
      StandardError.write(catalogue.plural("export.unconfirmed", report.unconfirmed) + "\n")
    }
    if !report.omittedFields.isEmpty {
      let names = report.omittedFields.map(\.rawValue).joined(separator: ", ")
      StandardError.write(catalogue.text("export.omitted", ["fields": names]) + "\n")
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
