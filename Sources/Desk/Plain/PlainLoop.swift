import Terminal

/// The terminal as the plain desk needs it; ``LineTerminal`` is one.
@MainActor
public protocol PlainConsole: AnyObject {
  /// What the terminal sends. One consumer.
  var events: AsyncStream<InputEvent> { get }
  /// Whether a person sits there.
  var isTerminal: Bool { get }
  /// Appends text.
  func write(_ text: String)
  /// Gives the terminal to the shell, and takes it back when the process is continued.
  func suspend()
  /// Takes the terminal again after others stopped the process.
  func reenter()
}

extension LineTerminal: PlainConsole {
  /// What the terminal sends.
  public var events: AsyncStream<InputEvent> { input.events }
}

/// Runs the plain desk until the technician leaves.
@MainActor
public final class PlainLoop {
  private var desk: PlainDesk
  private let console: any PlainConsole
  private let services: any DeskServices
  private lazy var idle = IdleTimer(clock) { [weak self] in
    guard let self else { return }
    apply(desk.take(.idle))
  }
  private let clock: any Clock<Duration>
  private let (ended, end) = AsyncStream<Void>.makeStream()
  /// The signal that ended the desk; the program's exit code is 128 plus its number.
  public private(set) var signal: Int32?

  /// Makes a loop; nothing is written before ``run()``.
  ///
  /// - Parameter clock: measures how long no key was pressed.
  public init(
    state: DeskState, console: any PlainConsole, services: any DeskServices,
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.clock = clock
    desk = PlainDesk(state: state, echoes: console.isTerminal)
    self.console = console
    self.services = services
  }

  /// Writes and reacts until the technician leaves; the terminal is given back by the caller.
  public func run() async {
    console.write(desk.begin())
    idle.restart(idleLimit)
    let outside = Task { [services] in
      for await input in services.inputs {
        self.apply(self.desk.take(input))
        self.idle.follow(self.idleLimit)
      }
    }
    let inside = Task { [console] in
      for await event in console.events { self.react(event) }
    }
    for await _ in ended { break }
    inside.cancel()
    idle.restart(nil)
    await services.close()
    outside.cancel()
  }

  /// A pipe has nobody who could go away.
  private var idleLimit: Int? { console.isTerminal ? desk.state.idleLimit : nil }

  private func react(_ event: InputEvent) {
    switch event {
    case .resumed: console.reenter()
    // A pipe that is closed is no signal: what was written into it is still worked off.
    case .terminate(1) where !console.isTerminal: return apply(desk.end())
    case .terminate(let number): signal = number
    default: break
    }
    let (text, effects) = desk.take(.terminal(event))
    if !effects.contains(.quit) { signal = nil }
    apply((text, effects))
    idle.restart(idleLimit)
  }

  private func apply(_ result: (text: String, effects: [DeskEffect])) {
    console.write(result.text)
    for effect in result.effects {
      switch effect {
      case .repaint: break
      case .suspend: console.suspend()
      case .quit: end.finish()
      default: services.perform(effect)
      }
    }
  }
}
