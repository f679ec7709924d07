import CALSA
import Foundation

/// A device that ALSA knows.
public struct AudioDevice: Hashable, Sendable, Codable {
  /// The name to open it by.
  public let name: String
  /// ALSA's description in one line.
  public let description: String
}

/// The devices of this machine.
public enum AudioDevices {
  /// Devices that can record.
  public static func capture() -> [AudioDevice] { list("Input") }

  /// Devices that can play.
  public static func playback() -> [AudioDevice] { list("Output") }

  /// Whether a device can be opened for recording now; nil is yes.
  public static func problem(capturing name: String) -> AudioError? {
    do throws(AudioError) {
      try ALSACaptureDevice(name: name).close()
      return nil
    } catch {
      return error
    }
  }

  private static func list(_ direction: String) -> [AudioDevice] {
    ca_quiet()
    var hints: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    guard snd_device_name_hint(-1, "pcm", &hints) == 0, let hints else { return [] }
    defer { snd_device_name_free_hint(hints) }
    var devices: [AudioDevice] = []
    var index = 0
    while let hint = hints[index] {
      index += 1
      // No direction means both.
      let way = text(hint, "IOID")
      guard way == nil || way == direction, let name = text(hint, "NAME"), !isConverter(name)
      else { continue }
      let lines = text(hint, "DESC") ?? ""
      devices.append(
        AudioDevice(
          name: name, description: lines.split(separator: "\n").joined(separator: ", ")))
    }
    return devices
  }

  /// Whether it is one of ALSA's own plugins that convert or discard sound: no place where sound comes from.
  static func isConverter(_ name: String) -> Bool {
    let kind = name.prefix { $0 != ":" && $0 != "_" }
    return [
      "null", "lavrate", "samplerate", "speexrate", "speex", "upmix", "vdownmix", "a52", "arcam-av",
      "jack", "oss", "usbstream",
    ].contains(kind)
  }

  private static func text(_ hint: UnsafeMutableRawPointer, _ id: String) -> String? {
    guard let value = snd_device_name_get_hint(hint, id) else { return nil }
    defer { free(value) }
    return String(cString: value)
  }
}
