import ArgumentParser
import Foundation
import Messages
import Vault

/// Where the program begins: parses the command line, runs the command, and turns errors into words and exit codes.
@main
enum Entry {
  static func main() async {
    // A reader that goes away (a closed pipe) is an error of the write, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    ProcessMemory.protect()
    do {
      var command = try Acogida.parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      if let code = Signals.exitCode { exit(code) }
    } catch {
      exit(report(error))
    }
  }

  /// Says what went wrong on standard error (help goes to standard output) and returns the exit code.
  private static func report(_ error: any Error) -> Int32 {
    if error is Output.ReaderGone { return 0 }
    let catalogue = Catalogue.current()
    if let failure = Failure(error) {
      StandardError.write(catalogue.text("error.prefix") + failure.text(catalogue) + "\n")
      return failure.exitCode
    }
    let code = Acogida.exitCode(for: error)
    let text = Help.translated(Acogida.fullMessage(for: error))
    if code == .success {
      do { try Output.write(text + "\n") } catch { return report(error) }
    } else if !text.isEmpty {
      StandardError.write(text + "\n")
    }
    return code.rawValue
  }
}
