import ArgumentParser
import Audio
import Extraction
import Foundation
import Messages
import Recognizer
import Store
import Transcription

/// `acogida doctor`: what works on this machine and what to do about the rest.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: Help.text("help.doctor"),
    discussion: Help.text("help.doctor.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.microphone", "name")) var device: String?
  @Flag(help: Help.of("help.doctor.microphone")) var microphone = false
  @Flag(help: Help.of("help.jsonLines")) var json = false

  private struct Finding: Encodable {
    let check: String
    let ok: Bool
    let needed: Bool
    let text: String
  }

  func run() throws {
    let context = try StoreContext(common)
    var findings = [microphone(context)]
    if !microphone {
      findings += engine(context)
      findings += [
        model(context), assets(context), data(context), terminal(context), ffmpeg(context),
      ]
    }
    for finding in findings {
      if json {
        try Output.json(finding)
      } else {
        let mark = finding.ok ? "✓" : finding.needed ? "✗" : "–"
        try Output.line(
          "\(mark) \(context.catalogue.text("doctor.\(finding.check)")): \(finding.text)")
      }
    }
    if !json, !microphone { try devices(context) }
    if findings.contains(where: { !$0.ok && $0.needed }) { throw ExitCode(2) }
  }

  private func microphone(_ context: StoreContext) -> Finding {
    let name = device ?? context.configuration.device
    let problem = AudioDevices.problem(capturing: name)
    return Finding(
      check: "microphone", ok: problem == nil, needed: true,
      text: problem.map { Failure.explain($0, context.catalogue) } ?? name)
  }

  private func model(_ context: StoreContext) -> Finding {
    let folder = context.locations.model(context.configuration.model).path
    do throws(EngineFailure) {
      let files = try ModelFiles(folder: folder)
      try ModelIntegrity.check(files, cacheFolder: nil)
      return Finding(
        check: "model", ok: true, needed: true, text: "\(files.family.rawValue), \(folder)")
    } catch {
      return Finding(
        check: "model", ok: false, needed: true, text: Failure.explain(error, context.catalogue))
    }
  }

  /// The server that recognises, where the configuration names one.
  private func engine(_ context: StoreContext) -> [Finding] {
    let configuration = context.configuration
    guard let address = configuration.engineAddress else { return [] }
    var remote = configuration.engine
    remote.address = address
    do throws(RemoteProblem) {
      let models = try RemoteProbe.run(remote, languages: configuration.languages)
      let text = ([address.text] + models.prefix(5)).joined(separator: ", ")
      return [Finding(check: "engine", ok: true, needed: true, text: text)]
    } catch {
      let text = Failure.explain(EngineFailure.remote(error), context.catalogue)
      return [Finding(check: "engine", ok: false, needed: true, text: "\(address.text): \(text)")]
    }
  }

  private func assets(_ context: StoreContext) -> Finding {
    let folder = context.locations.assets
    do {
      // The pack of the declared language, as an interview reads it.
      _ = try context.locations.pack(
        try context.form(nil), languages: context.configuration.languages)
    } catch {
      return Finding(
        check: "assets", ok: false, needed: true, text: Failure.explain(error, context.catalogue))
    }
    let choice = context.locations.packChoice(context.configuration.languages)
    let remark = choice.missing.map {
      "; " + context.catalogue.text("notice.noPack", ["language": $0])
    }
    if let missing = context.locations.missingData(in: context.locations.gazetteers) {
      return Finding(
        check: "assets", ok: false, needed: true,
        text: context.catalogue.text("notice.missingData", missing))
    }
    return Finding(check: "assets", ok: true, needed: true, text: folder.path + (remark ?? ""))
  }

  private func data(_ context: StoreContext) -> Finding {
    do {
      let data = try context.open(.reading)
      try data.check()
      return Finding(check: "data", ok: true, needed: true, text: data.directory.path)
    } catch StoreError.noData(let path) {
      let text = context.catalogue.text("doctor.noData", ["path": path])
      return Finding(check: "data", ok: true, needed: true, text: text)
    } catch {
      return Finding(
        check: "data", ok: false, needed: true, text: Failure.explain(error, context.catalogue))
    }
  }

  private func terminal(_ context: StoreContext) -> Finding {
    do {
      try TerminalCheck.run(context.locations.environment)
      return Finding(
        check: "terminal", ok: true, needed: false,
        text: context.locations.environment["TERM"] ?? "")
    } catch {
      return Finding(
        check: "terminal", ok: false, needed: false, text: Failure.explain(error, context.catalogue)
      )
    }
  }

  private func ffmpeg(_ context: StoreContext) -> Finding {
    let folders = (context.locations.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/ffmpeg" as String }.first { access($0, X_OK) == 0 }
    return Finding(
      check: "ffmpeg", ok: found != nil, needed: false,
      text: found ?? context.catalogue.text("doctor.noFFmpeg"))
  }

  private func devices(_ context: StoreContext) throws {
    let devices = AudioDevices.capture()
    guard !devices.isEmpty else { return }
    try Output.line(context.catalogue.text("doctor.devices"))
    for device in devices {
      try Output.line("  \(device.name)\t\(device.description)")
    }
  }
}
