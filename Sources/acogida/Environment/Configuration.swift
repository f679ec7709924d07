import Desk
import Forms
import Foundation
import Messages
import Store
import Transcription

/// What `config.toml` says; flags weigh more, then the environment, then the file, then these defaults.
struct Configuration: Hashable, Sendable {
  /// The stage.
  var stage = "dev"
  /// The technician's name or code, kept with every interview.
  var technician = ""
  /// The form's name or path.
  var form = "acogida"
  /// ALSA name of the microphone.
  var device = "default"
  /// ALSA name of the loudspeaker or headphones for listening again.
  var playbackDevice = "default"
  /// Name or folder of the recognition model; empty means the one that comes with the program.
  var model = ""
  /// Languages spoken, ISO 639-1; one, a set, or none for automatic detection.
  var languages = ["es"]
  /// The language whose pack reads the talk: the first one that is declared.
  var language: String { languages.first ?? "es" }
  /// Threads for decoding.
  var threads = 1
  /// Where a server recognises instead of the model on this machine; nil unless the file says so.
  var engineAddress: RemoteAddress?
  /// What else holds for such a server.
  var engine = RemoteEngine(
    address: .wyoming(host: "localhost", port: RemoteAddress.wyomingPort), waitSeconds: 120)
  /// Whether voices are told apart while the talk goes on.
  var liveSpeakers = false
  /// Whether recordings in bulk note how high the voices lie.
  var keepsPitch = false
  /// Whether a submission keeps how its transcript sounds.
  var keepsTone = true
  /// Whether the sound is kept after the interview was submitted.
  var keepAudio = false
  /// For how long what is kept.
  var retention = RetentionRules()
  /// `[retention.STAGE]`: the rules of single stages, where they differ.
  private var stageRules: [String: StageRules] = [:]

  /// What a stage keeps.
  private struct StageRules: Hashable, Sendable {
    let keepAudio: Bool
    let retention: RetentionRules
  }
  /// The office's code, kept with every interview and part of every path in the lake; empty for none.
  var office = ""
  /// Where submissions are sent to; nothing unless the file says so.
  var sync = SyncConfiguration()
  /// What forecasts go by.
  var forecast = ForecastConfiguration()
  /// Who is told of what was done.
  var notify = NotifyConfiguration()

  /// Language of the screen, ISO 639-1; empty for the environment's.
  var screenLanguage = ""
  /// Name of the screen's theme.
  var theme = "default"
  /// Colours: auto, always or never.
  var color = "auto"
  /// Whether lines and signs are drawn in ASCII.
  var ascii = false
  /// Whether clicks are asked for.
  var mouse = true
  /// Whether the desk works line by line.
  var plain = false
  /// When the desk covers its screen.
  var cover = CoverRules(idle: 600, idleWhileRecording: 1_800)
  /// The keys of the desk.
  var keys = KeyMap.standard

  /// Reads a file's text.
  init(toml: String) throws(DefinitionError) {
    let top = try TOMLNode(toml: toml)
    let sections = ConfigurationKey.sections
    let names = { (section: String) in
      Set(ConfigurationKey.table.filter { $0.section == section }.map(\.name))
    }
    try top.allow(names("").union(sections).union(["keys"]))
    for section in sections {
      guard let node = section.isEmpty ? top : try top.section(section) else { continue }
      // The targets are tables of their own.
      let tables: Set<String> =
        switch section {
        case "sync": ["target"]
        case "forecast": ["staff"]
        case "retention": Set(node.keys.filter(Self.isStageName))
        default: []
        }
      if !section.isEmpty { try node.allow(names(section).union(tables)) }
      for key in ConfigurationKey.table where key.section == section { try key.read(&self, node) }
    }
    if let node = try top.section("retention") { try readStageRules(node) }
    if let node = try top.section("sync") { try sync.readTargets(node) }
    if let node = try top.section("forecast") { try forecast.readStaff(node) }
    if let node = try top.section("keys") { keys = try KeyMap(node) }
  }

  /// The defaults.
  init() {}

  /// Reads `[retention.STAGE]`; what a stage leaves unsaid is as `[retention]` says.
  private mutating func readStageRules(_ node: TOMLNode) throws(DefinitionError) {
    let keys = ConfigurationKey.table.filter { $0.section == "retention" }
    for stage in node.keys where !keys.contains(where: { $0.name == stage }) {
      guard let inner = try node.section(stage) else { continue }
      try inner.allow(Set(keys.map(\.name)))
      var own = self
      for key in keys { try key.read(&own, inner) }
      stageRules[stage] = StageRules(keepAudio: own.keepAudio, retention: own.retention)
    }
  }

  /// Refuses a file that names a form or a model which is not there; both are wanted only later.
  static func checkNames(
    toml: String, _ locations: Locations
  ) throws(DefinitionError) {
    let top = try TOMLNode(toml: toml)
    let exists = { (file: URL) in FileManager.default.fileExists(atPath: file.path) }
    if let form = try top.optionalString("form"), !exists(locations.form(form)) {
      throw top.error("form", .unknownValue("form", form))
    }
    guard let recognition = try top.section("recognition"),
      let model = try recognition.optionalString("model"), !exists(locations.model(model))
    else { return }
    throw recognition.error("model", .unknownValue("model", model))
  }

  /// The configuration as the program runs with it.
  ///
  /// - Parameters:
  ///   - options: what the command line says.
  ///   - locations: where the file is.
  /// - Throws: ``Failure`` for a file that can't be read or has a mistake.
  static func load(_ options: CommonOptions, _ locations: Locations) throws -> Configuration {
    let file = configurationFile(options, locations)
    var result = Configuration()
    if FileManager.default.fileExists(atPath: file.path) {
      result = try reading(file) { text throws(DefinitionError) in try Configuration(toml: text) }
    } else if options.config != nil {
      throw Failure(key: "error.file", ["path": file.path, "reason": "ENOENT"])
    }
    if let stage = locations.environment["ACOGIDA_STAGE"], !stage.isEmpty { result.stage = stage }
    if let stage = options.stage { result.stage = stage }
    guard isStageName(result.stage) else {
      throw Failure(key: "error.stageName", ["stage": result.stage], exitCode: 64)
    }
    if let rules = result.stageRules[result.stage] {
      result.keepAudio = rules.keepAudio
      result.retention = rules.retention
    }
    return result
  }

  /// Reads the file and names it in what is wrong with its text.
  static func reading<Result>(
    _ file: URL, _ body: (String) throws(DefinitionError) -> Result
  ) throws -> Result {
    let text = try Failure.reading(file.path) { try String(contentsOf: file, encoding: .utf8) }
    do {
      return try body(text)
    } catch {
      throw Failure(error, path: file.path)
    }
  }

  /// The file that is read.
  static func configurationFile(_ options: CommonOptions, _ locations: Locations) -> URL {
    options.config.map { URL(fileURLWithPath: $0) }
      ?? locations.configuration.appendingPathComponent("config.toml")
  }

  /// Lower-case letters, digits and hyphens, 1 to 32: safe as a folder's name.
  static func isStageName(_ name: String) -> Bool {
    (1...32).contains(name.utf8.count)
      && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// The texts of the screen: the environment's own variable first, then the file, then the locale.
  func catalogue(_ locations: Locations) -> Catalogue {
    Catalogue(environment: locations.environment, configured: screenLanguage)
  }
}
