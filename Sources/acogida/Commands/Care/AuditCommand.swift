import ArgumentParser
import Forms
import Foundation
import Interview
import Messages
import Store

/// `acogida audit ID`: who did what, from what to what, why and when.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: Help.text("help.audit"),
    discussion: Help.text("help.audit.about"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.audit.id")) var id: String
  @Flag(help: Help.of("help.audit.verify")) var verify = false
  @Flag(help: Help.of("help.jsonLines")) var json = false

  private struct Verdict: Encodable {
    let schema = "acogida.audit.verdict/1"
    let interview: String
    let whole: Bool
    let findings: [String]
  }

  func run() throws {
    let context = try StoreContext(common)
    let report = try context.open(.reading).audit(id.lowercased())
    if json {
      for entry in report.entries { try Output.json(entry) }
      for note in report.notes { try Output.json(note) }
    } else {
      for entry in report.entries { try Output.line(line(entry, context.catalogue)) }
      for note in report.notes { try Output.line(line(note, context.catalogue)) }
      if !report.hasJournal {
        StandardError.write(context.catalogue.text("audit.noJournal") + "\n")
      }
    }
    guard verify else { return }
    try tell(report, context.catalogue)
  }

  private func tell(_ report: AuditReport, _ catalogue: Catalogue) throws {
    let findings = report.findings.map { finding in
      switch finding {
      case .journalBroken(let record):
        catalogue.text("audit.finding.journalBroken", ["number": String(record + 1)])
      case .journalDamaged: catalogue.text("audit.finding.journalDamaged")
      case .journalDiffers: catalogue.text("audit.finding.journalDiffers")
      case .notesBroken(let number):
        catalogue.text("audit.finding.notesBroken", ["number": String(number)])
      }
    }
    if json {
      try Output.json(
        Verdict(
          interview: report.interview, whole: findings.isEmpty,
          findings: report.findings.map { "\($0)" }))
    } else if findings.isEmpty {
      StandardError.write(catalogue.text("audit.whole", ["id": report.interview]) + "\n")
    }
    guard !findings.isEmpty else { return }
    throw Failure(
      key: "error.auditBroken",
      ["id": report.interview, "findings": findings.joined(separator: "; ")])
  }

  private func line(_ entry: AuditEntry, _ catalogue: Catalogue) -> String {
    let who = entry.technician.isEmpty ? "—" : entry.technician
    var parts = [
      Clock.minute(entry.time), String(format: "+%.1f s", Double(entry.elapsed) / 1_000), who,
      catalogue.text("audit.action.\(entry.action.rawValue)"),
    ]
    if let field = entry.field {
      let text = { (value: FieldValue?) in value.map(\.displayText) ?? "—" }
      parts.append("\(field.rawValue): \(text(entry.old)) → \(text(entry.new))")
    }
    if let detail = entry.detail { parts.append(detail) }
    if let reason = entry.reason { parts.append("(\(reason))") }
    return parts.joined(separator: "  ")
  }

  private func line(_ note: AuditNote, _ catalogue: Catalogue) -> String {
    let who = note.contents.map { $0.technician.isEmpty ? "—" : $0.technician } ?? "—"
    let reason = note.contents.map { $0.reason.isEmpty ? "" : "  (\($0.reason))" } ?? ""
    return "\(Clock.minute(note.time))  #\(note.number)  \(who)  "
      + catalogue.text("audit.note.\(note.action.rawValue)") + reason
  }
}
