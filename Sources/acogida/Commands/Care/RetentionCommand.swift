import ArgumentParser
import Foundation
import Messages
import Store

/// `acogida retention`: removes what the rules of the stage say is to go.
struct RetentionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: Help.text("help.retention"),
    discussion: Help.text("help.retention.about"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.retention.dryRun")) var dryRun = false
  @Flag(help: Help.of("help.json")) var json = false

  private struct Report: Encodable {
    let schema = "acogida.retention/1"
    let stage: String
    let removed: Bool
    let audio: [String]
    let words: [String]
    let drafts: [String]
    let submissions: [String]
  }

  func run() throws {
    let context = try StoreContext(common)
    let data = try context.openExisting()
    let plan = try data.retentionPlan(context.configuration.retention, at: Clock.now)
    if !dryRun {
      try data.apply(plan, at: Clock.now, by: context.actor("retention"))
      try data.noteTime(Clock.now)
    }
    if json {
      return try Output.json(
        Report(
          stage: context.configuration.stage, removed: !dryRun, audio: plan.audio,
          words: plan.words, drafts: plan.drafts, submissions: plan.submissions))
    }
    let parts = [
      ("audio", plan.audio), ("words", plan.words), ("draft", plan.drafts),
      ("submission", plan.submissions),
    ]
    for (kind, ids) in parts {
      let word = context.catalogue.text("retention.\(kind)")
      for id in ids { try Output.line("\(id)  \(word)") }
    }
    let key = plan.isEmpty ? "retention.nothing" : dryRun ? "retention.would" : "retention.done"
    StandardError.write(context.catalogue.text(key) + "\n")
  }
}

/// `acogida withdraw ID`: the person takes back a consent.
struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: Help.text("help.withdraw"),
    discussion: Help.text("help.withdraw.about"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.withdraw.id")) var id: String
  @Option(help: Help.of("help.withdraw.reason", "text")) var reason = ""

  func run() throws {
    let context = try StoreContext(common)
    let id = try context.openExisting()
      .withdrawRecording(id.lowercased(), at: Clock.now, by: context.actor(reason))
    StandardError.write(context.catalogue.text("withdraw.done", ["id": id]) + "\n")
  }
}

/// `acogida duplicates`: submissions that may be of one person.
struct DuplicatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates", abstract: Help.text("help.duplicates"),
    discussion: Help.text("help.duplicates.about"))

  @OptionGroup var common: CommonOptions
  @Flag(help: Help.of("help.jsonLines")) var json = false

  private struct Group: Encodable {
    let match: PossibleDuplicate.Match
    let submissions: [String]
  }

  func run() throws {
    let context = try StoreContext(common)
    for group in try context.open(.reading).duplicateGroups() {
      if json {
        try Output.json(Group(match: group.match, submissions: group.submissions))
      } else {
        let match = context.catalogue.text("duplicates.\(group.match.rawValue)")
        try Output.line("\(match)  \(group.submissions.joined(separator: " "))")
      }
    }
  }
}
