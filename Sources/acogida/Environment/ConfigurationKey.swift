import Desk
import Forecast
import Forms
import Store
import Terminal
import Transcription

/// One key of `config.toml`. The table of them reads the file, writes it, checks it and makes its manual.
struct ConfigurationKey: Sendable {
  /// The kind of value, named as in the manual.
  enum Kind: String, Encodable, Sendable { case text, number, flag, list, choice }

  /// Name of its table in the file; empty for the top.
  let section: String
  /// Its name.
  let name: String
  /// What it takes.
  let kind: Kind
  /// The values it takes, where they are few.
  let choices: [String]
  /// Takes the value of the file, if it is there.
  let read: @Sendable (inout Configuration, TOMLNode) throws(DefinitionError) -> Void
  /// The value as TOML.
  let show: @Sendable (Configuration) -> String

  /// The catalogue key of what it means.
  var meaning: String { "configuration." + (section.isEmpty ? "" : section + ".") + name }

  /// Every key, in the order of the file.
  static let table: [ConfigurationKey] = [
    .text("", "stage", \.stage), .text("", "technician", \.technician), .office,
    .text("", "form", \.form),
    .text("audio", "device", \.device), .text("audio", "playback_device", \.playbackDevice),
    .text("recognition", "model", \.model), .languages,
    .number("recognition", "threads", \.threads, 1...64),
    .flag("recognition", "speakers", \.liveSpeakers),
    .flag("recognition", "tone", \.keepsTone), .flag("recognition", "pitch", \.keepsPitch),
    .engineURL, .text("engine", "model", \.engine.model),
    .text("engine", "key_variable", \.engine.keyVariable),
    .text("engine", "key_file", \.engine.keyFile),
    .text("engine", "ca_file", \.engine.authorityFile),
    .flag("engine", "allow_unencrypted", \.engine.allowsUnencrypted),
    .flag("engine", "revisable", \.engine.isRevisable),
    .number("engine", "answer_seconds", \.engine.answerSeconds, 1...600),
    .number("engine", "wait_seconds", \.engine.waitSeconds, 0...86_400),
    .flag("retention", "keep_audio", \.keepAudio), .days("audio_days", \.audioDays),
    .days("words_days", \.wordsDays), .days("draft_days", \.draftDays),
    .days("submission_days", \.submissionDays),
    .text("sync", "organisation_key", \.sync.organisationKey),
    .text("sync", "proxy", \.sync.proxy), .text("sync", "ca_file", \.sync.authorityFile),
    .number("sync", "bytes_per_second", \.sync.bytesPerSecond, 0...1_000_000_000),
    .number("sync", "batch", \.sync.batch, 1...5_000),
    .number("cover", "idle_seconds", \.cover.idle, 0...86_400),
    .number("cover", "recording_idle_seconds", \.cover.idleWhileRecording, 0...86_400),
    .flag("cover", "any_key", \.cover.anyKey),
    .choice("forecast", "region", \.forecast.region, [""] + SpanishHolidays.regions),
    .text("forecast", "calendar", \.forecast.calendarFile),
    .flag("forecast", "holidays", \.forecast.holidays),
    .number("forecast", "horizon", \.forecast.horizon, 1...366),
    .text("notify", "command", \.notify.command), .text("notify", "mail_to", \.notify.mailTo),
    .text("notify", "sendmail", \.notify.sendmail),
    .choice("screen", "language", \.screenLanguage, ["", "es", "en"]),
    .choice("screen", "theme", \.theme, Theme.table.map(\.name)),
    .choice("screen", "color", \.color, ScreenOptions.ColorUse.allCases.map(\.rawValue)),
    .flag("screen", "ascii", \.ascii), .flag("screen", "mouse", \.mouse),
    .flag("screen", "plain", \.plain),
  ]

  /// The tables of the file, in order; the top has no name.
  static var sections: [String] {
    table.reduce(into: []) { if !$0.contains($1.section) { $0.append($1.section) } }
  }

  private static func text(
    _ section: String, _ name: String,
    _ place: any WritableKeyPath<Configuration, String> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(
      section: section, name: name, kind: .text, choices: [],
      read: { (configuration, node) throws(DefinitionError) in
        configuration[keyPath: place] =
          try node.optionalString(name) ?? configuration[keyPath: place]
      }, show: { TOMLText.quote($0[keyPath: place]) })
  }

  private static func number(
    _ section: String, _ name: String, _ place: any WritableKeyPath<Configuration, Int> & Sendable,
    _ range: ClosedRange<Int>
  ) -> ConfigurationKey {
    ConfigurationKey(
      section: section, name: name, kind: .number, choices: [],
      read: { (configuration, node) throws(DefinitionError) in
        configuration[keyPath: place] =
          try node.integer(name, in: range) ?? configuration[keyPath: place]
      }, show: { String($0[keyPath: place]) })
  }

  /// A number of days of `[retention]`; 0 stands for ever.
  private static func days(
    _ name: String, _ place: any WritableKeyPath<RetentionRules, Int?> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(
      section: "retention", name: name, kind: .number, choices: [],
      read: { (configuration, node) throws(DefinitionError) in
        guard let days = try node.integer(name, in: 0...36_500) else { return }
        configuration.retention[keyPath: place] = days == 0 ? nil : days
      }, show: { String($0.retention[keyPath: place] ?? 0) })
  }

  private static func flag(
    _ section: String, _ name: String, _ place: any WritableKeyPath<Configuration, Bool> & Sendable
  ) -> ConfigurationKey {
    ConfigurationKey(
      section: section, name: name, kind: .flag, choices: [],
      read: { (configuration, node) throws(DefinitionError) in
        configuration[keyPath: place] = try node.optionalFlag(name) ?? configuration[keyPath: place]
      }, show: { String($0[keyPath: place]) })
  }

  private static func choice(
    _ section: String, _ name: String,
    _ place: any WritableKeyPath<Configuration, String> & Sendable,
    _ choices: [String]
  ) -> ConfigurationKey {
    ConfigurationKey(
      section: section, name: name, kind: .choice, choices: choices.filter { !$0.isEmpty },
      read: { (configuration, node) throws(DefinitionError) in
        guard let value = try node.optionalString(name) else { return }
        guard choices.contains(value) else { throw node.error(name, .unknownValue(name, value)) }
        configuration[keyPath: place] = value
      }, show: { TOMLText.quote($0[keyPath: place]) })
  }

  private static let office = ConfigurationKey(
    section: "", name: "office", kind: .text, choices: [],
    read: { (configuration, node) throws(DefinitionError) in
      guard let code = try node.optionalString("office") else { return }
      guard code.isEmpty || SyncConfiguration.isCode(code) else {
        throw node.error("office", .badName(code))
      }
      configuration.office = code
    }, show: { TOMLText.quote($0.office) })

  private static let engineURL = ConfigurationKey(
    section: "engine", name: "url", kind: .text, choices: [],
    read: { (configuration, node) throws(DefinitionError) in
      guard let text = try node.optionalString("url") else { return }
      configuration.engineAddress = RemoteAddress(text)
      // The text is not repeated: somebody may have written a key into it.
      guard text.isEmpty || configuration.engineAddress != nil else {
        throw node.error("url", .particular("engineURL", name: "url", value: ""))
      }
    }, show: { TOMLText.quote($0.engineAddress?.text ?? "") })

  private static let languages = ConfigurationKey(
    section: "recognition", name: "languages", kind: .list, choices: [],
    read: { (configuration, node) throws(DefinitionError) in
      guard let codes = try node.texts("languages")?.map({ $0.lowercased() }) else { return }
      if let stranger = codes.first(where: { !SpokenLanguage.isKnown($0) }) {
        throw node.error("languages", .unknownValue("languages", stranger))
      }
      configuration.languages = codes
    }, show: { TOMLText.list($0.languages) })
}

/// Values as TOML writes them.
enum TOMLText {
  /// A text in quotes.
  static func quote(_ text: String) -> String {
    let escaped = text.map { character in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(character)
      }
    }
    return "\"" + escaped.joined() + "\""
  }

  /// A list of texts.
  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quote).joined(separator: ", ") + "]"
  }
}
