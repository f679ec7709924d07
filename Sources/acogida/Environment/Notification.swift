import Foundation
import Messages

/// The section `[notify]` of the configuration: who is told what was done.
struct NotifyConfiguration: Hashable, Sendable {
  /// A command line for the shell; it gets the notice as JSON. Empty for none.
  var command = ""
  /// Addresses for sendmail; empty for none.
  var mailTo = ""
  /// The program that takes mail; empty: where it usually is.
  var sendmail = ""
}

/// What was done, in numbers alone: nobody and no interview can be told from it.
struct Notice: Encodable, Sendable {
  /// What can be told of.
  enum Event: String, Encodable, Sendable { case sync, retrain, batch }

  let schema = "acogida.notice/1"
  let event: Event
  let stage: String
  let succeeded: Bool
  /// Numbers by name.
  let numbers: [String: Int]

  /// Tells whoever the configuration names; what fails is said on standard error and stops nothing.
  func send(_ configuration: NotifyConfiguration, _ catalogue: Catalogue) {
    guard let json = try? Output.encode(self) else { return }
    if !configuration.command.isEmpty {
      run("/bin/sh", ["-c", configuration.command], input: json + "\n", catalogue)
    }
    if !configuration.mailTo.isEmpty {
      let program = configuration.sendmail.isEmpty ? Self.sendmail : configuration.sendmail
      run(program, ["-t", "-i"], input: mail(to: configuration.mailTo, catalogue), catalogue)
    }
  }

  /// A header that came from the configuration stays one line.
  private func mail(to address: String, _ catalogue: Catalogue) -> String {
    let to = address.filter { !$0.isNewline }
    let outcome = catalogue.text(succeeded ? "notice.done" : "notice.failed")
    let subject = "acogida \(stage): \(event.rawValue) - \(outcome)"
    let lines = numbers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return """
      To: \(to)
      Subject: \(subject)
      MIME-Version: 1.0
      Content-Type: text/plain; charset=UTF-8
      Auto-Submitted: auto-generated

      \(lines.joined(separator: "\n"))

      """
  }

  private static var sendmail: String {
    let places = ["/usr/sbin/sendmail", "/usr/lib/sendmail"]
    return places.first { access($0, X_OK) == 0 } ?? places[0]
  }

  /// Runs a program with this input; after half a minute it is ended.
  private func run(
    _ program: String, _ arguments: [String], input: String, _ catalogue: Catalogue
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do {
      try process.run()
      try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? pipe.fileHandleForWriting.close()
      let isInTime = ended.wait(timeout: .now() + .seconds(30)) == .success
      if !isInTime { process.terminate() }
      guard isInTime, process.terminationStatus == 0 else {
        return tell(isInTime ? "\(process.terminationStatus)" : "30 s", program, catalogue)
      }
    } catch {
      tell(Failure.reason(error), program, catalogue)
    }
  }

  private func tell(_ reason: String, _ program: String, _ catalogue: Catalogue) {
    StandardError.write(
      catalogue.text("notice.unsent", ["program": program, "reason": reason]) + "\n")
  }
}
