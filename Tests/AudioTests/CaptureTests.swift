import Foundation
import Synchronization
import Testing

@testable import Audio

/// A microphone that answers from a script.
private final class ScriptedDevice: CaptureDevice {
  private var answers: [PCMAnswer]
  private let recovers: Bool
  private let atEnd: () -> Void

  init(_ answers: [PCMAnswer], recovers: Bool = true, atEnd: @escaping () -> Void) {
    self.answers = answers
    self.recovers = recovers
    self.atEnd = atEnd
  }

  func read(into buffer: inout [Int16]) -> PCMAnswer {
    guard !answers.isEmpty else {
      atEnd()
      return .nothing
    }
    let answer = answers.removeFirst()
    if case .samples(let count) = answer { buffer = [Int16](repeating: 5, count: count) }
    return answer
  }

  func recover(from error: Int32) -> Bool { recovers }
  func close() {}
}

@Suite struct CaptureTests {
  /// Runs a capture over scripted openings; the clock moves 40 ms a reading and as long as each wait.
  private func events(
    _ openings: [[PCMAnswer]?], recovers: Bool = true
  ) throws -> [AudioEvent] {
    let left = Mutex(openings)
    let time = Mutex(0.0)
    let stopped = Mutex<(@Sendable () -> Void)?>(nil)
    let capture = ALSACapture(
      device: "test",
      open: { name in
        let next = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let answers = next else {
          throw AudioError.cannotOpenDevice(name: name, reason: "gone")
        }
        let isLast = left.withLock(\.isEmpty)
        return ScriptedDevice(
          answers, recovers: recovers,
          atEnd: { if isLast { stopped.withLock { $0 }?() } })
      },
      clock: {
        time.withLock {
          $0 += 0.04
          return $0
        }
      }, wait: { seconds in time.withLock { $0 += seconds } })
    stopped.withLock { $0 = { capture.stop() } }
    var events: [AudioEvent] = []
    try capture.run { events.append($0) }
    return events
  }

  private func frames(_ events: [AudioEvent]) -> [AudioFrame] {
    events.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
  }

  @Test func positionsFollowEachOther() throws {
    let found = frames(try events([[.samples(640), .nothing, .samples(100), .samples(640)]]))
    #expect(found.map(\.position) == [0, 640, 740])
  }

  @Test(arguments: [-EPIPE, -ESTRPIPE]) func anOverrunCountsTheLostTime(code: Int32) throws {
    let all = try events([[.samples(640), .error(code), .samples(640)]])
    guard case .gap(let lost) = all[1] else {
      Issue.record("no gap in \(all)")
      return
    }
    #expect(lost > 0)
    #expect(frames(all)[1].position == 640 + lost)
  }

  @Test func anUnpluggedMicrophoneComesBack() throws {
    let all = try events([[.samples(640), .error(-ENODEV)], nil, nil, [.samples(640)]])
    #expect(all.count == 4)
    guard case .lost = all[1], case .reopened = all[2] else {
      Issue.record("\(all)")
      return
    }
    let second = frames(all)[1]
    #expect(second.position > 640 + 1_600)
  }

  @Test func aMicrophoneThatFallsSilentIsLost() throws {
    let all = try events([
      [.samples(640)] + [PCMAnswer](repeating: .nothing, count: 60), [.samples(10)],
    ])
    #expect(all.contains(.reopened))
  }

  @Test func whatCannotBeRecoveredIsReopened() throws {
    let all = try events([[.samples(1), .error(-EPIPE)], [.samples(1)]], recovers: false)
    #expect(all.contains(.reopened))
  }

  /// ALSA's `null` answers at once; what it gives must not pile up faster than time passes.
  @Test func aDeviceWithoutAClockIsReadInRealTime() throws {
    let time = Mutex(0.0)
    let stopped = Mutex<(@Sendable () -> Void)?>(nil)
    let capture = ALSACapture(
      device: "test",
      open: { _ in
        ScriptedDevice(
          [PCMAnswer](repeating: .samples(640), count: 1_000),
          atEnd: { stopped.withLock { $0 }?() })
      },
      clock: { time.withLock { $0 } }, wait: { seconds in time.withLock { $0 += seconds } })
    stopped.withLock { $0 = { capture.stop() } }
    var furthest = 0.0
    try capture.run { event in
      guard case .frame(let frame) = event else { return }
      furthest = max(furthest, frame.end - time.withLock { $0 })
    }
    #expect(furthest < 1.5)
    // Forty seconds of sound.
    #expect(time.withLock { $0 } > 38)
  }

  @Test func aDeviceThatNeverOpensIsAnError() {
    #expect(throws: AudioError.cannotOpenDevice(name: "test", reason: "gone")) { try events([nil]) }
  }

  @Test func aMissingDeviceIsNamed() {
    guard case .cannotOpenDevice(let name, _) = AudioDevices.problem(capturing: "no_such_device")
    else {
      Issue.record("opened")
      return
    }
    #expect(name == "no_such_device")
  }
}
