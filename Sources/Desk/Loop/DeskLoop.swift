import Terminal

/// What the desk needs from the outside: devices, journal, store. Nothing here may block.
@MainActor
public protocol DeskServices: AnyObject {
  /// Everything that happens outside: journalled events, text, levels, notices.
  var inputs: AsyncStream<DeskInput> { get }

  /// Carries out an effect; what comes of it arrives through ``inputs``.
  func perform(_ effect: DeskEffect)

  /// Ends everything in order: recording stopped, journal closed; returns when it is safe to leave.
  func close() async
}

/// Runs the desk on a terminal until the technician leaves.
@MainActor
public final class DeskLoop {
  private var state: DeskState
  /// The signal that ended the desk; the program's exit code is 128 plus its number.
  public private(set) var signal: Int32?
  private let screen: any DeskScreen
  private let services: any DeskServices
  private var isDone = false
  /// When the next picture is due that nobody's key asked for.
  private var due: ContinuousClock.Instant?
  private var lastDrawn = ContinuousClock.now
  private lazy var idle = IdleTimer(clock) { [weak self] in self?.take(.idle) }
  private let clock: any Clock<Duration>

  /// Changes that come by themselves are drawn 30 times a second at most; the level, which never rests, 4 times.
  private static func interval(_ input: DeskInput) -> Duration {
    if case .level = input { return .milliseconds(250) }
    return .milliseconds(33)
  }

  /// Makes a loop; nothing is drawn before ``run()``.
  ///
  /// - Parameter clock: measures how long no key was pressed.
  public init(
    state: DeskState, screen: any DeskScreen, services: any DeskServices,
    clock: any Clock<Duration> = ContinuousClock()
  ) {
    self.clock = clock
    self.state = state
    self.screen = screen
    self.services = services
  }

  /// Draws and reacts until the technician leaves; the terminal is given back by the caller.
  ///
  /// - Returns: the state at the end.
  public func run() async -> DeskState {
    draw()
    idle.restart(state.idleLimit)
    let outside = Task { [services] in
      for await input in services.inputs { self.take(input) }
    }
    for await event in screen.events {
      react(event)
      if isDone { break }
    }
    idle.restart(nil)
    await services.close()
    outside.cancel()
    return state
  }

  /// A key changes the screen at once: the person waits for it.
  private func react(_ event: InputEvent) {
    if case .resized(let size) = event { screen.resize(to: size) }
    if case .resumed = event { screen.reenter() }
    if case .terminate(let number) = event { signal = number }
    apply(.terminal(event))
    idle.restart(state.idleLimit)
    // An interrupt that was answered with a question is none.
    if !isDone { signal = nil }
    draw()
  }

  /// What happens outside is drawn soon, several changes at a time.
  private func take(_ input: DeskInput) {
    apply(input)
    idle.follow(state.idleLimit)
    let next = lastDrawn + DeskLoop.interval(input)
    guard !isDone, due.map({ next < $0 }) ?? true else { return }
    // After a quiet moment the first change is shown at once; only a rush of them waits.
    guard next > .now else { return draw() }
    due = next
    Task {
      try? await Task.sleep(until: next, clock: .continuous)
      if !self.isDone, self.due == next { self.draw() }
    }
  }

  private func apply(_ input: DeskInput) {
    for effect in state.update(input, size: screen.size) {
      switch effect {
      case .repaint: screen.repaint()
      case .suspend:
        draw()
        screen.suspend()
      case .quit: isDone = true
      default: services.perform(effect)
      }
    }
  }

  private func draw() {
    screen.draw(render(state, screen.size))
    lastDrawn = .now
    due = nil
  }
}
