import ArgumentParser
import Foundation
import Messages
import Recognizer
import Transcription

/// `acogida engine serve`: lets other desks use the recogniser of this machine.
struct EngineServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: Help.text("help.engine.serve"),
    discussion: Help.text("help.engine.serve.about"))

  @OptionGroup var common: CommonOptions
  @Option(help: Help.of("help.recognitionOptions.model", "model")) var model: String?
  @Option(help: Help.of("help.recognitionOptions.threads", "n")) var threads: Int?
  @Option(help: Help.of("help.engine.serve.listen", "address"))
  var listen = "127.0.0.1:\(RemoteAddress.wyomingPort)"
  @Option(help: Help.of("help.engine.serve.connections", "n")) var connections = 4
  @Flag(help: Help.of("help.engine.serve.allowUnencrypted")) var allowUnencrypted = false

  func validate() throws {
    if !(1...64).contains(connections) {
      throw ValidationError(Help.text("help.engine.serve.connectionsRange"))
    }
    if place == nil { throw ValidationError(Help.text("help.engine.serve.badAddress")) }
  }

  func run() throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let catalogue = configuration.catalogue(locations)
    guard let place else { throw ExitCode(64) }
    guard RemoteAddress.isLoopback(place.host) || allowUnencrypted else {
      throw Failure(key: "error.serveUnencrypted", ["host": place.host], exitCode: 64)
    }
    let server = try WyomingServer(
      host: place.host, port: place.port, settings: try settings(configuration, locations))
    // What a client's configuration needs, and the sign that it may come.
    let address = RemoteAddress.wyoming(host: place.host, port: server.port)
    try Output.line(address.text)
    say(
      RemoteAddress.isLoopback(place.host) ? "serve.here" : "serve.unencrypted",
      ["connections": String(connections)], catalogue)
    Signals.onEnd { server.stop() }
    server.run { event in
      switch event {
      case .opened(let count), .closed(let count):
        say("serve.desks", ["count": String(count)], catalogue)
      case .refused: say("serve.full", ["count": String(connections)], catalogue)
      }
    }
  }

  /// Host and port of `--listen`; an IPv6 address stands in brackets.
  private var place: (host: String, port: Int)? {
    guard let colon = listen.lastIndex(of: ":"),
      let port = Int(listen[listen.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    let host = listen[..<colon].trimmingCharacters(in: ["[", "]"])
    return host.isEmpty ? nil : (host, port)
  }

  /// The model on this machine, checked; never another server's.
  private func settings(
    _ configuration: Configuration, _ locations: Locations
  ) throws -> WyomingServer.Settings {
    var options = RecognitionOptions()
    options.model = model
    options.language = nil
    options.threads = threads
    options.server = "local"
    let engine = try options.engine(configuration, locations)
    let files = try ModelFiles(folder: engine.modelFolder)
    try ModelIntegrity.check(files, cacheFolder: engine.cacheFolder)
    return WyomingServer.Settings(
      engine: engine, model: URL(fileURLWithPath: engine.modelFolder).lastPathComponent,
      languages: SpokenLanguage.codes, version: Acogida.version, connections: connections)
  }
}

private func say(_ key: String, _ values: [String: String], _ catalogue: Catalogue) {
  StandardError.write(catalogue.text(key, values) + "\n")
}
