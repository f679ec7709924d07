import ArgumentParser
import Audio
import Desk
import Forms
import Foundation
import Interview
import Messages
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
    if !isPlain { try TerminalCheck.run(locations.environment) }
    // Starts the program over once, so that a crash writes a private report instead of freezing the terminal.
    CrashReports.prepare(directory: locations.state.appendingPathComponent("crashes").path)
    let definition = try FormFile.load(locations.form(form ?? configuration.form))
    _ = try input.recognition.engine(configuration, locations)
    // A recording that can't be read is told before the screen is taken.
    if !typing, input.from != nil { _ = try input.source(configuration) }
    let data = try StoreContext(common).open(.working)
    let draft = try resumed(data)
    let session = DeskSession(
      try setting(locations, configuration, definition, data, catalogue, draft))
    let events = draft?.reading.records ?? []
    let state = DeskState(
      form: definition, catalogue: catalogue, stage: configuration.stage,
      language: input.recognition.language ?? configuration.languages.joined(separator: ","),
      today: Clock.today, unsent: try configuration.unsent(in: data), hasSound: !typing,
      keys: configuration.keys,
      interview: InterviewState(events: events))
    let options = screen.options(configuration)
    let signal =
      isPlain
      ? try await runLines(state, session, options)
      : try await runScreen(state, session, options, locations)
    if let signal { throw ExitCode(128 + signal) }
  }

  /// The desk on a screen; the signal that ended it.
  @MainActor
  private func runScreen(
    _ state: DeskState, _ session: DeskSession, _ options: ScreenOptions, _ locations: Locations
  ) async throws -> Int32? {
    let curses: CursesScreen
    do {
      curses = try CursesScreen(options: options)
    } catch {
      throw Failure(error, term: locations.environment["TERM"] ?? "")
    }
    defer { curses.close() }
    session.prepare()
    let loop = DeskLoop(state: state, screen: curses, services: session)
    _ = await loop.run()
    return loop.signal
  }

  /// The desk line by line; the signal that ended it.
  @MainActor
  private func runLines(
    _ state: DeskState, _ session: DeskSession, _ options: ScreenOptions
  ) async throws -> Int32? {
    let console: LineTerminal
    do {
      console = try LineTerminal(ascii: options.ascii)
    } catch {
      throw Failure(error, term: "")
    }
    defer { console.close() }
    session.prepare()
    let loop = PlainLoop(state: state, console: console, services: session)
    await loop.run()
    return loop.signal
  }

  /// The draft to go on with; its header is nil when that part of its journal is damaged.
  private func resumed(_ data: StageData) throws -> (
    draft: Draft, reading: JournalReading<StampedEvent>
  )? {
    guard let resume else { return nil }
    let matching = try data.drafts.list().filter { $0.id.hasPrefix(resume.lowercased()) }
    guard let draft = matching.first else { throw Failure(key: "error.notFound", ["id": resume]) }
    guard matching.count == 1 else { throw Failure(key: "error.ambiguous", ["id": resume]) }
    return (draft, try data.drafts.events(of: draft.id))
  }

  @MainActor
  private func setting(
    _ locations: Locations, _ configuration: Configuration, _ definition: FormDefinition,
    _ data: StageData, _ catalogue: Catalogue,
    _ resumed: (draft: Draft, reading: JournalReading<StampedEvent>)?
  ) throws -> DeskSession.Setting {
    let engine = try input.recognition.engine(configuration, locations)
    let input = input
    let source = { try input.source(configuration) }
    let header =
      resumed?.draft.header
      ?? InterviewHeader(
        id: resumed?.draft.id ?? UUID().uuidString.lowercased(), form: definition.id,
        formVersion: definition.version, stage: configuration.stage,
        language: engine.languages.count == 1 ? engine.languages[0] : "",
        technician: configuration.technician,
        source: typing ? .typed : input.from == nil ? .microphone : .recording,
        office: configuration.office.isEmpty ? nil : configuration.office)
    return DeskSession.Setting(
      data: data, form: definition, header: header, events: resumed?.reading.records ?? [],
      loss: resumed?.reading.loss,
      extractor: try locations.extractor(definition, language: configuration.language),
      engine: engine, catalogue: catalogue,
      playbackDevice: configuration.playbackDevice, source: typing ? nil : source,
      unsent: { (try? configuration.unsent(in: data)) ?? 0 })
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
