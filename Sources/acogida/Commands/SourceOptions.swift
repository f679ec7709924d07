import ArgumentParser
import Audio
import Foundation
import Recognizer
import Transcription

/// Options that say where sound comes from and which model hears it.
struct SourceOptions: ParsableArguments {
  @Option(help: Help.of("help.microphone", "name"))
  var device: String?

  @Option(help: Help.of("help.sourceOptions.from", "file"))
  var from: String?

  @Option(help: Help.of("help.sourceOptions.pace"))
  var pace: FileSource.Pace = .realtime

  @OptionGroup var recognition: RecognitionOptions

  func validate() throws {
    if device != nil, from != nil {
      throw ValidationError(Help.text("help.sourceOptions.either"))
    }
  }

  /// The source that the options ask for.
  func source(_ configuration: Configuration) throws -> any AudioSource {
    if let from { return try FileSource(path: from, pace: pace) }
    return ALSACapture(device: device ?? configuration.device)
  }
}

/// Options that choose model and languages.
struct RecognitionOptions: ParsableArguments {
  @Option(help: Help.of("help.recognitionOptions.model", "model"))
  var model: String?

  @Option(
    help: Help.of("help.recognitionOptions.language", "codes"))
  var language: String?

  @Option(help: Help.of("help.recognitionOptions.threads", "n"))
  var threads: Int?

  @Option(name: .customLong("engine"), help: Help.of("help.recognitionOptions.engine", "url"))
  var server: String?

  /// What the engine is told.
  ///
  /// - Throws: ``Failure`` for a language, a number of threads or an address that makes no sense here.
  func engine(
    _ configuration: Configuration, _ locations: Locations
  ) throws -> EngineConfiguration {
    // More threads than cores only get into each other's way, up to a standstill.
    let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)
    if let threads, !(1...cores).contains(threads) {
      throw Failure(
        key: "error.range", ["option": "--threads", "range": "1...\(cores)"], exitCode: 64)
    }
    return EngineConfiguration(
      modelFolder: locations.model(model ?? configuration.model).path,
      languages: try language.map(SpokenLanguage.list) ?? configuration.languages,
      threads: threads ?? min(configuration.threads, cores), cacheFolder: locations.cache.path,
      remote: try remote(configuration))
  }

  /// The server that the command line or the configuration names.
  private func remote(_ configuration: Configuration) throws -> RemoteEngine? {
    guard server != "local",
      let address = try server.map(Self.address) ?? configuration.engineAddress
    else { return nil }
    var remote = configuration.engine
    remote.address = address
    do throws(RemoteProblem) { try remote.checkPrivacy() } catch {
      throw Failure(EngineFailure.remote(error))
    }
    return remote
  }

  private static func address(_ text: String) throws -> RemoteAddress {
    guard let address = RemoteAddress(text) else {
      throw Failure(key: "error.engineAddress", exitCode: 64)
    }
    return address
  }
}

extension FileSource.Pace: ExpressibleByArgument {}

extension Locations {
  /// The folder of a model by name or path; an empty name is the one that comes with the program.
  func model(_ nameOrPath: String) -> URL {
    if nameOrPath.isEmpty || nameOrPath == "whisper-base" { return bundledModel }
    if nameOrPath.contains("/") { return URL(fileURLWithPath: nameOrPath) }
    return models.appendingPathComponent(nameOrPath)
  }
}
