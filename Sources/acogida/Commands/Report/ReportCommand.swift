import ArgumentParser
import Foundation
import Messages
import Reports
import Terminal

/// `acogida report`: what many interviews and meetings have in common. One file a report.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Help.text("help.report"),
    discussion: Help.text("help.report.about"),
    subcommands: [
      ReportTalkCommand.self, ReportToneCommand.self, ReportFields.self, ReportDemand.self,
      ReportDashboard.self,
    ])
}

/// Options that every report takes.
struct ReportOptions: ParsableArguments {
  @Option(help: Help.of("help.report.format")) var format: ReportFormat = .table
  @Option(help: Help.of("help.report.out", "file")) var out: String?
  @Flag(help: Help.of("help.report.ascii")) var ascii = false
  @Option(help: Help.of("help.report.least", "n")) var least = 5

  func validate() throws {
    if !(1...10_000).contains(least) {
      throw ValidationError(Help.text("help.report.leastRange"))
    }
  }

  /// Writes a report where it was asked for.
  func write(_ report: Report, _ catalogue: Catalogue) throws {
    let text =
      switch format {
      case .table: report.text(ascii: drawsASCII)
      case .csv: report.table?.csv ?? ""
      case .json: report.table?.jsonLines ?? ""
      case .html: report.html(language: catalogue.language)
      }
    guard let out else {
      // On a terminal what was said must not steer it; files keep every character.
      return format == .table
        ? try Output.write(Visible.text(text, keeping: "\n")) : try Output.write(text)
    }
    try BatchRun.write(text, to: out)
  }

  /// Whether signs of ASCII are asked for, or nothing else can be shown.
  private var drawsASCII: Bool {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    let isUTF8 = locale.map { $0.lowercased().contains("utf") } ?? true
    return ascii || isatty(1) == 1 && !isUTF8
  }
}

extension ReportFormat: ExpressibleByArgument {}
