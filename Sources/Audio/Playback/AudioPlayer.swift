import CALSA
import Foundation
import Synchronization

/// A device that plays 16 kHz mono samples; a protocol so that tests need no loudspeaker.
protocol PlaybackDevice: AnyObject {
  /// Hands over samples, waiting a tenth of a second at most.
  func write(_ samples: ArraySlice<Int16>) -> PCMAnswer
  /// Makes the device ready again after an underrun or a suspend.
  func recover(from error: Int32) -> Bool
  /// Waits until everything has sounded, or drops what has not.
  func finish(dropping: Bool)
}

/// Plays stretches of a recording: one at a time, a new one ends the one before.
public final class AudioPlayer: Sendable {
  private let name: String
  private let open: @Sendable (String) throws -> any PlaybackDevice
  private let current = Atomic(0)

  /// A loudspeaker by its ALSA name.
  public convenience init(device name: String) {
    self.init(device: name, open: { try ALSAPlaybackDevice(name: $0) })
  }

  init(device name: String, open: @escaping @Sendable (String) throws -> any PlaybackDevice) {
    self.name = name
    self.open = open
  }

  /// Plays samples; returns when they have sounded, or when something else is played or ``stop()`` is called.
  ///
  /// - Throws: ``AudioError`` when the device can't be opened.
  public func play(_ samples: [Int16]) async throws {
    let number = current.add(1, ordering: .relaxed).newValue
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { [self] in
        continuation.resume(with: Result { try run(samples, number) })
      }
      thread.name = "acogida.playback"
      thread.start()
    }
  }

  /// Ends what is being played.
  public func stop() { current.add(1, ordering: .relaxed) }

  private func run(_ samples: [Int16], _ number: Int) throws {
    let device = try open(name)
    var rest = samples[...]
    while !rest.isEmpty, current.load(ordering: .relaxed) == number {
      switch device.write(rest) {
      case .samples(let count): rest = rest.dropFirst(count)
      case .nothing: break
      case .error(let code):
        if !device.recover(from: code) {
          device.finish(dropping: true)
          throw AudioError.cannotOpenDevice(name: name, reason: ALSADevice.text(code))
        }
      }
    }
    device.finish(dropping: !rest.isEmpty)
  }
}

/// A loudspeaker through ALSA.
final class ALSAPlaybackDevice: PlaybackDevice {
  private let device: ALSADevice

  init(name: String) throws(AudioError) {
    device = try ALSADevice(name: name, direction: SND_PCM_STREAM_PLAYBACK)
  }

  func write(_ samples: ArraySlice<Int16>) -> PCMAnswer {
    let ready = snd_pcm_wait(device.handle, 100)
    if ready == 0 { return .nothing }
    if ready < 0 { return .error(ready) }
    let count = samples.withUnsafeBufferPointer {
      snd_pcm_writei(device.handle, $0.baseAddress, snd_pcm_uframes_t($0.count))
    }
    if count == -Int(EAGAIN) { return .nothing }
    return count < 0 ? .error(Int32(count)) : .samples(count)
  }

  func recover(from error: Int32) -> Bool { snd_pcm_recover(device.handle, error, 1) == 0 }

  func finish(dropping: Bool) {
    if dropping {
      snd_pcm_drop(device.handle)
    } else {
      // A sound shorter than the buffer is only started by this.
      snd_pcm_nonblock(device.handle, 0)
      snd_pcm_drain(device.handle)
    }
    device.close()
  }
}
