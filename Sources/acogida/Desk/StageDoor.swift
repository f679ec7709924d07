import Desk
import Store
import Vault

/// What works on a stage's data while it is open; when the last reference goes, the keys are wiped.
@MainActor
struct OpenStage {
  let interviews: InterviewFactory
  let home: HomeReader
  let dashboard: DashboardReader
  let worker: LongWorker

  init(_ interviews: InterviewFactory, report: @escaping @Sendable (DeskInput) -> Void) {
    self.interviews = interviews
    home = HomeReader(
      data: interviews.data, form: interviews.form, configuration: interviews.configuration)
    dashboard = DashboardReader(
      data: interviews.data, form: interviews.form, configuration: interviews.configuration,
      locations: interviews.locations)
    worker = LongWorker(interviews, report: report)
  }
}

/// Tries passphrases on a stage that was covered. Blocks while the passphrase is worked on.
struct StageDoor: Sendable {
  let directory: DataDirectory
  /// Makes what interviews need from opened data.
  let make: @Sendable (StageData) -> InterviewFactory
  let policy: AfterSubmit

  /// Whether a passphrase wraps the key.
  var hasPassphrase: Bool {
    (try? KeyFile.describe(directory.key))?.protection == .passphrase
  }

  /// Throws when it is not the passphrase; the key itself is forgotten at once.
  func check(_ passphrase: Passphrase) throws {
    _ = try KeyFile.load(directory.key) { passphrase }
  }

  /// Opens the data anew.
  func open(_ passphrase: Passphrase) throws -> InterviewFactory {
    make(try StageData.open(directory, policy: policy, unlock: KeyUnlock { passphrase }))
  }
}
