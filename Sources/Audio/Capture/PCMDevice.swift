import CALSA
import Foundation

/// What a device answered to a read or write.
enum PCMAnswer: Hashable, Sendable {
  /// That many samples were moved.
  case samples(Int)
  /// Nothing yet; the wait timed out.
  case nothing
  /// An ALSA error, a negative errno.
  case error(Int32)
}

/// A device that delivers 16 kHz mono samples; a protocol so that tests can pull the plug.
protocol CaptureDevice: AnyObject {
  /// Waits a tenth of a second at most for samples.
  func read(into buffer: inout [Int16]) -> PCMAnswer
  /// Makes the device ready again after an overrun or a suspend; false when it is beyond that.
  func recover(from error: Int32) -> Bool
  /// Closes it.
  func close()
}

/// An ALSA device opened at 16 kHz, mono, signed 16-bit.
final class ALSADevice {
  let handle: OpaquePointer
  /// Samples a period has.
  let period: Int

  /// Opens a device; a hardware device that can't do the format itself is opened through ALSA's conversion.
  ///
  /// - Parameters:
  ///   - name: ALSA name, for example `default`.
  ///   - direction: capture or playback.
  /// - Throws: ``AudioError``.
  init(name: String, direction: snd_pcm_stream_t) throws(AudioError) {
    ca_quiet()
    do throws(AudioError) {
      (handle, period) = try ALSADevice.open(name, direction)
    } catch {
      guard case .unsupportedFormat = error, !name.hasPrefix("plug:") else { throw error }
      (handle, period) = try ALSADevice.open("plug:'\(name)'", direction)
    }
  }

  private static func open(
    _ name: String, _ direction: snd_pcm_stream_t
  ) throws(AudioError) -> (OpaquePointer, Int) {
    var handle: OpaquePointer?
    // Non-blocking: a device that somebody else holds says so instead of waiting for ever.
    let code = snd_pcm_open(&handle, name, direction, Int32(SND_PCM_NONBLOCK))
    guard code == 0, let handle else {
      throw .cannotOpenDevice(name: name, reason: text(code))
    }
    do throws(AudioError) {
      return (handle, try setUp(handle, name))
    } catch {
      snd_pcm_close(handle)
      throw error
    }
  }

  /// Sets format, a period of 40 ms and a buffer of a second.
  private static func setUp(_ handle: OpaquePointer, _ name: String) throws(AudioError) -> Int {
    var parameters: OpaquePointer?
    guard snd_pcm_hw_params_malloc(&parameters) == 0 else {
      throw .cannotOpenDevice(name: name, reason: text(-ENOMEM))
    }
    defer { snd_pcm_hw_params_free(parameters) }
    var rate = UInt32(AudioFormat.sampleRate)
    var periodTime: UInt32 = 40_000
    var bufferTime: UInt32 = 1_000_000
    let steps: [() -> Int32] = [
      { snd_pcm_hw_params_any(handle, parameters) },
      { snd_pcm_hw_params_set_rate_resample(handle, parameters, 1) },
      { snd_pcm_hw_params_set_access(handle, parameters, SND_PCM_ACCESS_RW_INTERLEAVED) },
      { snd_pcm_hw_params_set_format(handle, parameters, SND_PCM_FORMAT_S16_LE) },
      { snd_pcm_hw_params_set_channels(handle, parameters, 1) },
      { snd_pcm_hw_params_set_rate_near(handle, parameters, &rate, nil) },
      { rate == UInt32(AudioFormat.sampleRate) ? 0 : -EINVAL },
      { snd_pcm_hw_params_set_buffer_time_near(handle, parameters, &bufferTime, nil) },
      { snd_pcm_hw_params_set_period_time_near(handle, parameters, &periodTime, nil) },
      { snd_pcm_hw_params(handle, parameters) },
      { snd_pcm_prepare(handle) },
    ]
    for step in steps {
      let code = step()
      if code < 0 { throw .unsupportedFormat(device: name, reason: text(code)) }
    }
    var period: snd_pcm_uframes_t = 640
    snd_pcm_hw_params_get_period_size(parameters, &period, nil)
    return min(max(Int(period), 160), 8_000)
  }

  /// ALSA's words for an error.
  static func text(_ code: Int32) -> String { snd_strerror(code).map { String(cString: $0) } ?? "" }

  func close() { snd_pcm_close(handle) }
}

/// A microphone.
final class ALSACaptureDevice: CaptureDevice {
  private let device: ALSADevice

  init(name: String) throws(AudioError) {
    device = try ALSADevice(name: name, direction: SND_PCM_STREAM_CAPTURE)
    let code = snd_pcm_start(device.handle)
    guard code == 0 else {
      device.close()
      throw .cannotOpenDevice(name: name, reason: ALSADevice.text(code))
    }
  }

  func read(into buffer: inout [Int16]) -> PCMAnswer {
    let ready = snd_pcm_wait(device.handle, 100)
    if ready == 0 { return .nothing }
    if ready < 0 { return .error(ready) }
    buffer = [Int16](repeating: 0, count: device.period)
    let count = snd_pcm_readi(device.handle, &buffer, snd_pcm_uframes_t(device.period))
    if count == -Int(EAGAIN) { return .nothing }
    if count < 0 { return .error(Int32(count)) }
    buffer.removeLast(buffer.count - count)
    return count == 0 ? .nothing : .samples(count)
  }

  func recover(from error: Int32) -> Bool {
    if error == -ESTRPIPE {
      // After a suspend the hardware may need a moment; up to a second in tenths.
      for _ in 0..<10 where snd_pcm_resume(device.handle) == -EAGAIN {
        poll(nil, 0, 100)
      }
    }
    guard snd_pcm_prepare(device.handle) == 0 else { return false }
    return snd_pcm_start(device.handle) == 0
  }

  func close() { device.close() }
}
