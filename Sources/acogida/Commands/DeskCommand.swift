import ArgumentParser
import Audio
import Desk
import Forms
import Foundation
import Interview
import Messages
import Speakers
import Store
import Terminal
import Transcription

/// `acogida desk`: the terminal desk; the default command.
struct DeskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk", abstract: Help.text("help.desk"))

  @OptionGroup var common: CommonOptions
  @OptionGroup var input: SourceOptions
  @OptionGroup var screen: ScreenChoices
  @Option(help: Help.of("help.anyForm", "form")) var form: String?
  @Option(help: Help.of("help.desk.resume", "id"))
  var resume: String?
  @Flag(help: Help.of("help.desk.typing")) var typing = false

  @MainActor
  func run() async throws {
    let locations = Locations()
    let configuration = try Configuration.load(common, locations)
    let catalogue = configuration.catalogue(locations)
    let isPlain = screen.plain || configuration.plain
    let script = try ScriptFile.screen(locations.environment)
    if !isPlain, script == nil { try TerminalCheck.run(locations.environment) }
    // Starts the program over once, so that a crash writes a private report instead of freezing the terminal.
    CrashReports.prepare(directory: locations.state.appendingPathComponent("crashes").path)
    let definition = try FormFile.load(locations.form(form ?? configuration.form))
    var engine = try input.recognition.engine(configuration, locations)
    // The interview goes on without a server, and what was recorded waits for it.
    engine.remote?.waitSeconds = 0
    // A recording that can't be read is told before the screen is taken.
    if !typing, input.from != nil { _ = try input.source(configuration) }
    // The interview goes on without names of speakers where their model is not there.
    var missing: EngineFailure?
    if configuration.liveSpeakers {
      do throws(EngineFailure) { engine.voiceModel = try locations.voiceModel() } catch {
        missing = error
      }
      engine.technicianVoice = try EnrolledVoice.read(StoreContext(common))?.values
    }
    let (host, state) = try prepare(
      locations, configuration, catalogue, engine, definition.adding(locations.vocabularies()))
    if let missing { host.tell(missing) }
    let options = screen.options(configuration)
    if let script {
      _ = await DeskLoop(
        state: state, screen: script, services: host
      ).run()
      if let failure = script.failure { throw ScriptFile.failure(failure) }
      return
    }
    let signal =
      isPlain
      ? try await runLines(state, host, options)
      : try await runScreen(state, host, options, locations)
    if let signal { throw ExitCode(128 + signal) }
  }

  /// Opens the data and makes the desk. On its own, so that nothing but the host holds the data and their keys afterwards.
  @MainActor
  private func prepare(
    _ locations: Locations, _ configuration: Configuration, _ catalogue: Catalogue,
    _ engine: EngineConfiguration, _ form: FormDefinition
  ) throws -> (DeskHost, DeskState) {
    let context = try StoreContext(common)
    let microphone = microphone(configuration)
    let languages =
      input.recognition.language ?? configuration.languages.joined(separator: ",")
    let door = StageDoor(
      directory: try context.directory(),
      make: { data in
        InterviewFactory(
          locations: locations, configuration: configuration, catalogue: catalogue, data: data,
          form: form, engine: engine, languages: languages, microphone: microphone)
      }, policy: AfterSubmit(keepsAudio: configuration.keepAudio))
    let interviews = door.make(try context.openForDesk())
    // A draft has to be read before it is shown; a new interview is made when its first question stands there.
    let setting = try resume.map { try draft($0, interviews) }
    let isHome = setting == nil && !typing && input.from == nil
    var state = DeskState(
      form: setting?.form ?? form, catalogue: catalogue, stage: configuration.stage,
      language: interviews.languages, today: Clock.today,
      unsent: try configuration.unsent(in: interviews.data),
      hasSound: !typing, keys: configuration.keys, keepsAudio: configuration.keepAudio,
      interview: InterviewState(events: setting?.events ?? []))
    state.coverRules = configuration.cover
    state.coverRules.hasPassphrase = door.hasPassphrase
    let host = DeskHost(interviews, door: door)
    if let setting {
      host.begin(setting)
    } else if isHome {
      host.perform(.readLists)
    } else {
      let source = source(interviews)
      let isMicrophone = isMicrophone
      host.beginSoon { try interviews.setting(source: source, isMicrophone: isMicrophone) }
    }
    return (host, isHome ? state.atHome() : state)
  }

  /// The desk on a screen; the signal that ended it.
  @MainActor
  private func runScreen(
    _ state: DeskState, _ host: DeskHost, _ options: ScreenOptions, _ locations: Locations
  ) async throws -> Int32? {
    let curses: CursesScreen
    do {
      curses = try CursesScreen(options: options)
    } catch {
      throw Failure(error, term: locations.environment["TERM"] ?? "")
    }
    defer { curses.close() }
    let loop = DeskLoop(state: state, screen: curses, services: host)
    _ = await loop.run()
    return loop.signal
  }

  /// The desk line by line; the signal that ended it.
  @MainActor
  private func runLines(
    _ state: DeskState, _ host: DeskHost, _ options: ScreenOptions
  ) async throws -> Int32? {
    let console: LineTerminal
    do {
      console = try LineTerminal(ascii: options.ascii)
    } catch {
      throw Failure(error, term: "")
    }
    defer { console.close() }
    let loop = PlainLoop(state: state, console: console, services: host)
    await loop.run()
    return loop.signal
  }

  /// Opens the microphone; nil where the technician only types.
  private func microphone(
    _ configuration: Configuration
  ) -> (@Sendable () throws -> any AudioSource)? {
    guard !typing else { return nil }
    let device = input.device ?? configuration.device
    return { ALSACapture(device: device) }
  }

  /// Opens the sound that the command line asks for; nil means typing only.
  private func source(
    _ interviews: InterviewFactory
  ) -> (@Sendable () throws -> any AudioSource)? {
    guard !typing else { return nil }
    guard let path = input.from else { return interviews.microphone }
    let pace = input.pace
    return { try FileSource(path: path, pace: pace) }
  }

  private var isMicrophone: Bool { !typing && input.from == nil }

  /// The draft that the command line asks for.
  private func draft(
    _ resume: String, _ interviews: InterviewFactory
  ) throws -> DeskSession.Setting {
    let matching = try interviews.data.drafts.list().filter {
      $0.id.hasPrefix(resume.lowercased())
    }
    guard let draft = matching.first else { throw Failure(key: "error.notFound", ["id": resume]) }
    guard matching.count == 1 else { throw Failure(key: "error.ambiguous", ["id": resume]) }
    return try interviews.resume(
      draft.id, try interviews.data.drafts.events(of: draft.id), source: source(interviews),
      isMicrophone: isMicrophone)
  }
}

/// Options of the screen; what is left out is the configuration's.
struct ScreenChoices: ParsableArguments {
  @Option(
    help: Help.of("help.screenChoices.color", "when"),
    completion: .list(ScreenOptions.ColorUse.allCases.map(\.rawValue)))
  var color: ScreenOptions.ColorUse?
  @Option(
    help: Help.of("help.screenChoices.theme", "name", ["themes": ScreenChoices.themes]),
    completion: .list(Theme.table.map(\.name)))
  var theme: String?
  @Flag(help: Help.of("help.screenChoices.ascii")) var ascii = false
  @Flag(help: Help.of("help.screenChoices.noMouse")) var noMouse = false
  @Flag(help: Help.of("help.screenChoices.plain"))
  var plain = false

  private static var themes: String { Theme.table.map(\.name).joined(separator: ", ") }

  func validate() throws {
    if let theme, Theme(named: theme) == nil {
      throw ValidationError(
        Help.text(
          "help.screenChoices.unknownTheme", ["name": theme, "themes": ScreenChoices.themes]))
    }
  }

  /// What the command line and the configuration say together.
  func options(_ configuration: Configuration) -> ScreenOptions {
    ScreenOptions(
      color: color ?? ScreenOptions.ColorUse(rawValue: configuration.color) ?? .auto,
      ascii: ascii || configuration.ascii, mouse: configuration.mouse && !noMouse,
      theme: Theme(named: theme ?? configuration.theme) ?? Theme.table[0])
  }
}

extension ScreenOptions.ColorUse: ExpressibleByArgument {}

/// Says politely, before anything is opened, that this is no place for the desk.
enum TerminalCheck {
  static func run(_ environment: [String: String]) throws {
    guard isatty(0) == 1, isatty(1) == 1 else {
      throw Failure(key: "error.noTerminal", exitCode: 2)
    }
    let term = environment["TERM"] ?? ""
    guard !term.isEmpty, term != "dumb" else {
      throw Failure(key: "error.dumbTerminal", ["term": term], exitCode: 2)
    }
  }
}
