import Analytics
import ArgumentParser
import Foundation
import Store

/// Which submissions analytics reads.
struct AnalyticsOptions: ParsableArguments {
  @Option(help: Help.of("help.periodOptions.since", "yyyy-mm-dd")) var since: Day?
  @Option(help: Help.of("help.periodOptions.before", "yyyy-mm-dd")) var before: Day?
  @Option(help: Help.of("help.periodOptions.office", "code")) var office: String?
  @Option(help: Help.of("help.anyForm", "form")) var form: String?

  /// What is read; `identified` is noted in the audit trail before anything is shown.
  func source(
    _ context: StoreContext, _ data: StageData, identified: String? = nil
  ) throws -> AnalyticsSource {
    let filter = SubmissionFilter(office: office, since: since?.start, before: before?.start)
    if let identified {
      try data.noteIdentifiedReading(at: Clock.now, by: context.actor(identified))
    }
    return AnalyticsSource(
      data.submissions, form: try context.form(form), filter: filter,
      isIdentified: identified != nil)
  }
}

extension AnswerFormat: ExpressibleByArgument {}
