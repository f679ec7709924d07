import ArgumentParser

/// `acogida report`: what the organisation learns from what is kept. One file a report.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: Help.text("help.report"),
    subcommands: [ReportFields.self, ReportDemand.self, ReportDashboard.self])
}
