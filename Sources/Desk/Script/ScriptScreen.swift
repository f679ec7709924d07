import Terminal

/// A screen in memory that a script sits at: no terminal is needed, and what was shown can be kept.
///
/// A key is pressed when everything before it has been shown; nothing sleeps, a wait ends with the picture it waits for.
@MainActor
public final class ScriptScreen: DeskScreen {
  /// Why a script ended before its last line.
  public enum Failure: Error, Hashable, Sendable {
    /// A wait of that line came to nothing.
    case neverShown(line: Int, text: String)
    /// The screen of that line can't be kept.
    case notSaved(line: Int, path: String)
  }

  /// Rows and columns now.
  public private(set) var size: Size
  /// Why the script ended early; nil when it did not.
  public private(set) var failure: Failure?
  private let steps: [DeskScript.Line]
  private let save: (String, String) throws -> Void
  private var next = 0
  private var limit = 30
  private var shown: Surface?
  private var waiting: CheckedContinuation<Void, Never>?

  /// A screen for a script.
  ///
  /// - Parameter save: keeps a picture (its text comes second) in a file.
  public init(
    _ script: DeskScript, size: Size = Size(rows: 24, columns: 80),
    save: @escaping (_ path: String, _ picture: String) throws -> Void
  ) {
    steps = script.steps
    self.size = size
    self.save = save
  }

  /// What the script does; it ends with the script.
  public var events: AsyncStream<InputEvent> {
    AsyncStream { [weak self] in await self?.nextEvent() }
  }

  /// Keeps the picture and lets a wait look at it.
  public func draw(_ surface: Surface) {
    shown = surface
    waiting?.resume()
    waiting = nil
  }

  /// Nothing to do: every picture is whole.
  public func repaint() {}

  /// Takes a new size.
  public func resize(to newSize: Size) { size = newSize }

  /// There is no shell to go to.
  public func suspend() {}

  /// There is no terminal to take.
  public func reenter() {}

  private func nextEvent() async -> InputEvent? {
    while failure == nil, next < steps.count {
      let line = steps[next]
      next += 1
      switch line.step {
      case .event(let event): return event
      case .limit(let seconds): limit = seconds
      case .wait(let text, let isThere): await wait(for: text, isThere, line.number)
      case .save(let path):
        do { try save(path, shown?.dump() ?? "") } catch {
          failure = .notSaved(line: line.number, path: path)
        }
      }
    }
    return nil
  }

  private func wait(for text: String, _ isThere: Bool, _ line: Int) async {
    let end = ContinuousClock.now + .seconds(limit)
    let alarm = Task {
      try? await Task.sleep(until: end)
      waiting?.resume()
      waiting = nil
    }
    defer { alarm.cancel() }
    while shows(text) != isThere {
      guard ContinuousClock.now < end else {
        failure = .neverShown(line: line, text: text)
        return
      }
      await withCheckedContinuation { waiting = $0 }
    }
  }

  private func shows(_ text: String) -> Bool {
    shown?.lines.contains { $0.contains(text) } ?? false
  }
}
