import Interview
import Messages
import Terminal
import Testing

@testable import Desk

/// The loop against a screen in memory and services that note what they are asked.
@MainActor
@Suite struct LoopTests {
  private final class MemoryScreen: DeskScreen {
    let events: AsyncStream<InputEvent>
    let keys: AsyncStream<InputEvent>.Continuation
    let pictures: AsyncStream<Surface>
    private let shown: AsyncStream<Surface>.Continuation
    var size = Size(rows: 24, columns: 80)
    var calls: [String] = []

    init() {
      (events, keys) = AsyncStream.makeStream()
      (pictures, shown) = AsyncStream.makeStream()
    }

    func draw(_ surface: Surface) { shown.yield(surface) }
    func repaint() { calls.append("repaint") }
    func resize(to newSize: Size) { size = newSize }
    func suspend() { calls.append("suspend") }
    func reenter() { calls.append("reenter") }
  }

  private final class MemoryServices: DeskServices {
    let inputs: AsyncStream<DeskInput>
    let news: AsyncStream<DeskInput>.Continuation
    var effects: [DeskEffect] = []
    var isClosed = false
    private var sequence = 100

    init() { (inputs, news) = AsyncStream.makeStream() }

    func perform(_ effect: DeskEffect) {
      effects.append(effect)
      guard case .record(let event) = effect else { return }
      sequence += 1
      news.yield(
        .happened(StampedEvent(sequence: sequence, time: 0, elapsed: 0, event: event)))
    }

    func close() async { isClosed = true }
  }

  /// Takes pictures until one satisfies the condition.
  private func wait(
    _ pictures: inout AsyncStream<Surface>.Iterator, _ condition: (Surface) -> Bool
  ) async -> Bool {
    while let picture = await pictures.next(isolation: MainActor.shared) {
      if condition(picture) { return true }
    }
    return false
  }

  @Test(.timeLimit(.minutes(15)))
  func keysAndNewsReachTheScreenInOrder() async throws {
    let screen = MemoryScreen()
    let services = MemoryServices()
    let loop = DeskLoop(state: try Scene.talk().state, screen: screen, services: services)
    let running = Task { await loop.run() }
    var pictures = screen.pictures.makeAsyncIterator()
    screen.keys.yield(.key(Key(.tab)))
    screen.keys.yield(.key(Key(.enter)))
    #expect(await wait(&pictures) { $0.dump().contains("✓b") || $0.dump().contains("✓ b") })
    services.news.yield(.notice(DeskState.Notice("aviso nuevo")))
    #expect(await wait(&pictures) { $0.dump().contains("aviso nuevo") })
    screen.keys.yield(.resized(Size(rows: 12, columns: 40)))
    #expect(await wait(&pictures) { $0.size.columns == 40 })
    screen.keys.yield(.key(.control("z")))
    screen.keys.yield(.resumed)
    screen.keys.yield(.terminate(15))
    _ = await running.value
    #expect(loop.signal == 15)
    #expect(services.isClosed)
    #expect(services.effects.suffix(2) == [.pauseRecording, .stopRecording])
    #expect(screen.calls.filter { $0 != "repaint" } == ["suspend", "reenter"])
  }

  @Test(.timeLimit(.minutes(15)))
  func manyNewsAreDrawnTogether() async throws {
    let screen = MemoryScreen()
    let services = MemoryServices()
    let loop = DeskLoop(state: try Scene.talk().state, screen: screen, services: services)
    let running = Task { await loop.run() }
    var pictures = screen.pictures.makeAsyncIterator()
    for second in 1...2000 {
      services.news.yield(.level(DeskState.Level(rms: -20), seconds: second))
    }
    var count = 0
    #expect(
      await wait(&pictures) {
        count += 1
        return $0.dump().contains("33:20")
      })
    // How many depends on the machine; one picture for each would be 2000.
    #expect(count < 1500)
    screen.keys.yield(.key(.character("q")))
    screen.keys.yield(.key(.character("q")))
    _ = await running.value
    #expect(loop.signal == nil)
  }
}
