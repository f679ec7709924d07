import Foundation
import Synchronization

/// A microphone through ALSA.
///
/// It survives overruns, suspends and being unplugged: lost time is counted in the positions, and the
/// device is opened again as soon as it is back.
public final class ALSACapture: AudioSource {
  private let name: String
  private let open: @Sendable (String) throws -> any CaptureDevice
  private let clock: @Sendable () -> Double
  private let wait: @Sendable (Double) -> Void
  private let isStopped = Atomic(false)

  /// A microphone by its ALSA name.
  public convenience init(device name: String) {
    self.init(
      device: name, open: { try ALSACaptureDevice(name: $0) },
      clock: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
      // poll with no descriptors: a wait on a thread that has nothing else to do.
      wait: { _ = poll(nil, 0, Int32($0 * 1000)) })
  }

  init(
    device name: String, open: @escaping @Sendable (String) throws -> any CaptureDevice,
    clock: @escaping @Sendable () -> Double, wait: @escaping @Sendable (Double) -> Void
  ) {
    self.name = name
    self.open = open
    self.clock = clock
    self.wait = wait
  }

  /// Starts a thread of its own that reads the device; throws when it can't be opened the first time.
  public func start() -> AsyncThrowingStream<AudioEvent, any Error> {
    let (stream, continuation) = AsyncThrowingStream<AudioEvent, any Error>.makeStream()
    continuation.onTermination = { [weak self] _ in self?.stop() }
    let thread = Thread { [self] in
      do {
        try run { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    thread.name = "acogida.capture"
    thread.qualityOfService = .userInteractive
    thread.start()
    return stream
  }

  /// Ends the stream within a tenth of a second.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  private var stopped: Bool { isStopped.load(ordering: .relaxed) }

  /// Reads until stopped.
  func run(_ report: (AudioEvent) -> Void) throws {
    var device = try open(name)
    let began = clock()
    var machine = CaptureMachine(time: began)
    var buffer: [Int16] = []
    while !stopped {
      let answer = device.read(into: &buffer)
      var (events, step) = machine.take(answer, samples: buffer, at: clock())
      events.forEach(report)
      if case .recover(let code) = step {
        (events, step) = machine.recovered(device.recover(from: code), at: clock())
        events.forEach(report)
      }
      guard case .reopen = step else {
        let early = machine.lead(over: clock() - began)
        if early > 0 { wait(min(0.1, early)) }
        continue
      }
      device.close()
      guard let fresh = reopen(&machine, step, report) else { return }
      device = fresh
    }
    device.close()
  }

  /// Opens the device again, however long it takes; nil when stopped meanwhile.
  private func reopen(
    _ machine: inout CaptureMachine, _ step: CaptureMachine.Step, _ report: (AudioEvent) -> Void
  ) -> (any CaptureDevice)? {
    var step = step
    while case .reopen(let delay) = step {
      var left = delay
      while left > 0, !stopped {
        wait(min(0.1, left))
        left -= 0.1
      }
      if stopped { return nil }
      if let device = try? open(name) {
        machine.reopened(at: clock()).forEach(report)
        return device
      }
      step = machine.failedToReopen()
    }
    return nil
  }
}
