import Extraction
import Forms
import Interview
import Messages
import Synchronization
import Terminal
import Testing

@testable import Desk

/// The covered screen: hides who was there, lets the recording go on, and wants the passphrase where there is one.
@Suite struct CoverTests {
  private let size = Size(rows: 24, columns: 80)

  private func covered(_ scene: Scene, _ rules: CoverRules) -> Scene {
    var scene = scene
    scene.state.coverRules = rules
    _ = scene.press(.function(8))
    return scene
  }

  @Test(arguments: SnapshotTests.sizes + [Size(rows: 5, columns: 20)])
  func namesNobodyAndSaysThatItRecords(size: Size) throws {
    for rules in [CoverRules(), CoverRules(hasPassphrase: true), CoverRules(anyKey: true)] {
      var scene = covered(try Scene.talk(), rules)
      scene.happen(
        .settled(TranscriptSegment(id: 9, start: 60, end: 62, text: "Fatima otra vez")))
      let picture = render(scene.state, size).dump()
      for secret in ["Fatima", "Tetuán", "X0000123L", "612"] { #expect(!picture.contains(secret)) }
      #expect(picture.contains("00:42") || size.columns < 40)
      #expect(scene.state.phase == .recording)
    }
  }

  @Test func aCurtainIsCalledOne() throws {
    var scene = covered(try Scene.talk(), CoverRules())
    #expect(render(scene.state, size).dump().contains("solo esconde la pantalla"))
    _ = scene.press(.character("x"))
    #expect(scene.state.cover != nil)
    _ = scene.press(Key(.enter))
    #expect(scene.state.cover == nil && scene.state.view == .interview)
    var any = covered(try Scene.talk(), CoverRules(anyKey: true))
    #expect(any.press(.character("x")) == [.repaint])
    #expect(any.state.interview.entry("full_name").value != nil)
  }

  @Test func thePassphraseIsNeitherShownNorKept() throws {
    var scene = covered(try Scene.talk(), CoverRules(hasPassphrase: true))
    scene.type("caballó")
    _ = scene.state.update(.terminal(.paste("9\n")), size: size)
    _ = scene.press(.character("z"), Key(.backspace))
    let picture = render(scene.state, size).dump()
    #expect(picture.contains("> ••••••••\n") || picture.contains("> •••••••• "))
    #expect(!picture.contains("caball"))
    let effects = scene.press(Key(.enter))
    guard case .uncover(let secret) = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(secret.take() == Array("caballó9".utf8))
    #expect(secret.count == 0)
    #expect(scene.press(.character("a"), Key(.enter)).isEmpty)
    _ = scene.state.update(.stillCovered("no"), size: size)
    #expect(scene.state.cover?.problem == "no")
    _ = scene.state.update(.uncovered, size: size)
    #expect(scene.state.cover == nil && scene.state.view == .interview)
  }

  /// Neither keys, nor clicks, nor signals that ask something lead around it; an order to end is obeyed.
  @Test func nothingLeadsAroundIt() throws {
    var scene = covered(try Scene.talk(), CoverRules(hasPassphrase: true))
    let before = scene.state.interview
    for event: InputEvent in [
      .key(.control("c")), .key(.control("z")), .key(.function(1)),
      .click(Point(row: 23, column: 2)), .wheel(1, Point(row: 3, column: 3)), .suspendRequested,
      .terminate(2),
    ] {
      #expect(scene.state.update(.terminal(event), size: size).isEmpty)
    }
    #expect(scene.state.cover != nil && scene.state.view == .interview)
    #expect(scene.state.interview.entries == before.entries)
    #expect(scene.state.update(.terminal(.terminate(15)), size: size).contains(.quit))
  }

  /// Off the record works there too; what is off stays off until somebody uncovers.
  @Test func offTheRecordWorksBehindIt() throws {
    for rules in [CoverRules(hasPassphrase: true), CoverRules(), CoverRules(anyKey: true)] {
      var scene = covered(try Scene.talk(), rules)
      #expect(scene.press(.function(4)) == [.pauseRecording])
      #expect(scene.press(.function(4)).isEmpty)
      #expect(scene.state.cover != nil && scene.state.phase == .paused)
    }
  }

  @Test func atTheFirstScreenTheKeysGo() throws {
    var home = try Scene.home()
    home.state.coverRules = CoverRules(hasPassphrase: true)
    #expect(home.press(.function(8)) == [.wipeKeys])
    #expect(home.state.home.lists == nil)
    #expect(home.state.update(.uncovered, size: size) == [.readLists, .repaint])
    var talk = try Scene.talk()
    talk.state.coverRules = CoverRules(hasPassphrase: true)
    #expect(talk.press(.function(8)).isEmpty)
  }

  /// What still needs the keys keeps them; the lists that follow its end are not shown to an empty room.
  @Test func theKeysGoWhenTheWorkBehindTheCoverEnds() throws {
    var home = try Scene.home()
    home.state.coverRules = CoverRules(hasPassphrase: true)
    let lists = try #require(home.state.home.lists)
    home.state.work = DeskState.LongWork(.export)
    #expect(home.press(.function(8)).isEmpty)
    #expect(home.state.update(.working(DeskState.LongWork(.export, total: 9)), size: size).isEmpty)
    #expect(home.state.update(.worked(DeskState.Notice("done")), size: size).isEmpty)
    #expect(home.state.update(.lists(lists), size: size) == [.wipeKeys])
    #expect(home.state.home.lists == nil && home.state.cover != nil)
  }

  @Test func whoListensIsGivenMoreTime() throws {
    var scene = try Scene.talk()
    scene.state.coverRules = CoverRules(idle: 600, idleWhileRecording: 1_800)
    #expect(scene.state.idleLimit == 1_800)
    scene.happen(.recording(.stopped(position: 16_000 * 60)))
    #expect(scene.state.idleLimit == 600)
    scene.state.coverRules.idle = 0
    #expect(scene.state.idleLimit == nil)
  }

  @Test func lineByLineThePassphraseIsNotEchoed() throws {
    var state = try Scene.talk().state
    state.coverRules = CoverRules(hasPassphrase: true)
    var desk = PlainDesk(state: state, echoes: true)
    let told = desk.take(.idle).text
    #expect(told.contains("Pantalla tapada") && told.contains("La grabación sigue"))
    var echoed = ""
    for character in "caballo9" { echoed += desk.take(.terminal(.key(.character(character)))).text }
    let stamped = StampedEvent(
      sequence: 99, time: 0, elapsed: 0,
      event: .settled(TranscriptSegment(id: 9, start: 60, end: 62, text: "Fatima otra vez")))
    echoed += desk.take(.happened(stamped)).text
    #expect(echoed.isEmpty)
    let tried = desk.take(.terminal(.key(Key(.enter))))
    #expect(tried.effects.count == 1 && tried.text.contains("Un momento"))
    #expect(desk.take(.stillCovered("Esa no es")).text.contains("Esa no es"))
    #expect(desk.take(.uncovered).text.contains("de 19 campos"))
  }

  /// A clock that a test moves.
  private final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
      var offset: Duration
      func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
      func duration(to other: Instant) -> Duration { other.offset - offset }
      static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }
    private struct Sleeper: Sendable {
      let until: Instant
      let wake: CheckedContinuation<Void, Never>
    }
    private struct State: Sendable {
      var now = Instant(offset: .zero)
      var sleepers: [Sleeper] = []
      var waiting: CheckedContinuation<Void, Never>?
    }
    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      await withCheckedContinuation { continuation in
        let waiting = state.withLock { state in
          state.sleepers.append(Sleeper(until: deadline, wake: continuation))
          defer { state.waiting = nil }
          return state.waiting
        }
        waiting?.resume()
      }
      try Task.checkCancellation()
    }

    /// Waits until somebody sleeps.
    func someoneSleeps() async {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.sleepers.isEmpty { state.waiting = continuation }
          return !state.sleepers.isEmpty
        }
        if isReady { continuation.resume() }
      }
    }

    func advance(by duration: Duration) {
      let due = state.withLock { state in
        state.now = state.now.advanced(by: duration)
        let due = state.sleepers.filter { $0.until <= state.now }
        state.sleepers.removeAll { $0.until <= state.now }
        return due
      }
      for sleeper in due { sleeper.wake.resume() }
    }
  }

  @MainActor @Test func theTimerWaitsForTheLastKey() async {
    let clock = ManualClock()
    let (calls, call) = AsyncStream<Int>.makeStream()
    var count = 0
    let timer = IdleTimer(clock) {
      count += 1
      call.yield(count)
    }
    timer.restart(60)
    await clock.someoneSleeps()
    clock.advance(by: .seconds(59))
    #expect(count == 0)
    timer.follow(60)
    clock.advance(by: .seconds(1))
    for await first in calls {
      #expect(first == 1)
      break
    }
    timer.restart(60)
    await clock.someoneSleeps()
    timer.restart(nil)
    clock.advance(by: .seconds(600))
    #expect(count == 1)
  }
}
